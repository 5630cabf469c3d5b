// What a dialog or a listing of the player shows, and how its fields are filled in by keys.
import type { Listing } from '../../source/model/listing.ts';
import type { Field, Question } from '../../source/model/question.ts';
import { type Player, until } from './player.ts';

export const questionOf = (player: Player): Question => {
	const { overlay } = player.state();
	if (overlay?.type !== 'question') throw new Error(`There is no question, but ${overlay?.type}`);
	return overlay.question;
};

export const fieldOf = (player: Player, id: string): Field => {
	const field = questionOf(player).fields.find((one) => one.id === id);
	if (!field) throw new Error(`There is no field ${id}`);
	return field;
};

export const filledIn = (player: Player, id: string): string | boolean => fieldOf(player, id).value;

/** Until something is asked. */
export const asked = (player: Player): Promise<void> =>
	until(() => player.state().overlay?.type === 'question', 'something is asked');

/** Moves to the field, and types into it in the place of what is there. */
export const fill = async (player: Player, id: string, text: string): Promise<void> => {
	for (let step = 0; ; step++) {
		const { overlay } = player.state();
		const field = overlay?.type === 'question' ? overlay.question.fields[overlay.field] : undefined;
		if (field?.id === id) break;
		if (step > 30) throw new Error(`No key leads to the field ${id}`);
		await player.press('down');
	}
	await player.press('ctrl+u', ...text);
};

export const listingOf = (player: Player): Listing => {
	const { overlay } = player.state();
	const listing = overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;
	if (!listing) throw new Error(`There is no listing, but ${overlay?.type}`);
	return listing;
};

/** Until the listing of this kind is there, filled or failed. */
export const answered = (player: Player, kind: Listing['kind']): Promise<void> =>
	until(() => {
		const { overlay } = player.state();
		const listing = overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;
		return listing?.kind === kind && listing.status !== 'loading';
	}, `${kind} is filled`);

/** All that the state holds, as one text. */
export const everything = (player: Player): string =>
	JSON.stringify(player.state(), (_, value) =>
		value instanceof Map || value instanceof Set ? [...value] : value,
	);
