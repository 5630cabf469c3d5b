// A card lies in the middle of the screen, over the panes.

export type Card = {
	readonly title: string;
	/** Exactly as wide as the card's inside, or shorter and without colour. */
	readonly lines: readonly string[];
	readonly bottom: string;
	readonly isDestructive?: boolean;
	/** Its lines are rows. */
	readonly isTable?: boolean;
	/** How far it can be scrolled. */
	readonly end?: number;
};
