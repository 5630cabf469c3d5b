// What an action asks before it runs: a preview of what it will do, and the few things only the person can decide.

export type Field =
	| {
			readonly kind: 'text';
			readonly id: string;
			readonly label: string;
			readonly value: string;
			/** What was filled in before, the newest first. */
			readonly history?: readonly string[];
			/** Nobody may read it from the screen. */
			readonly isSecret?: boolean;
			/** A guess that nobody touched yet: what is typed takes its place. */
			readonly isOffered?: boolean;
	  }
	| { readonly kind: 'toggle'; readonly id: string; readonly label: string; readonly value: boolean }
	| {
			readonly kind: 'choice';
			readonly id: string;
			readonly label: string;
			readonly options: readonly { readonly value: string; readonly label: string }[];
			readonly value: string;
	  };

/** What was filled in, by field id. */
export type Answers = Readonly<Record<string, string | boolean>>;

export type Question = {
	readonly title: string;
	/** Exactly which objects, what depends on them, bytes that come back. Unsanitised text from outside is allowed. */
	readonly body: readonly string[];
	readonly fields: readonly Field[];
	/** The verb on the button: `remove`. */
	readonly yes: string;
	/** Something will be lost: drawn so. */
	readonly isDestructive: boolean;
	/** Id of what it is about, where that is no row. */
	readonly about?: string;
	/** A word to the person that stays whatever is filled in. */
	readonly hint?: string;
	/** The docker line it began with, where it is told what becomes different. */
	readonly before?: string;
	/** Why the answers will not do, shown in the dialog. */
	readonly problem?: string;
};

export const answersOf = (question: Question): Answers =>
	Object.fromEntries(question.fields.map((field) => [field.id, field.value]));
