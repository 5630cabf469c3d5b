// What lies over the panes: questions with their fields, palette, help, journal, filter line.
import type { OverlayEvent } from '../event.ts';
import { type Listing, selectedListingRow } from '../listing.ts';
import type { Field, Question } from '../question.ts';
import type { Overlay, State } from '../state.ts';

const without = <Key extends keyof State>(state: State, key: Key): State => {
	const { [key]: _, ...rest } = state;
	return rest as State;
};

const changed = (question: Question, index: number, value: string | boolean): Question => {
	const { problem: _, ...rest } = question;
	const fields = question.fields.map((field, at) =>
		at === index ? ({ ...touched(field), value } as Field) : field,
	);
	return { ...rest, fields };
};

const touched = (field: Field): Field => {
	if (field.kind !== 'text' || !field.isOffered) return field;
	const { isOffered: _, ...rest } = field;
	return rest;
};

type Asking = Extract<Overlay, { type: 'question' }>;

/** With the caret behind the text. */
const atEnd = ({ caret: _, ...overlay }: Asking): Asking => overlay;

const clamped = (listing: Listing, selected: number): Listing => ({
	...listing,
	selected: Math.max(0, Math.min(listing.rows.length - 1, selected)),
});

/** The cursor stays on its row, or near it. */
const retold =
	(news: Listing) =>
	(listing: Listing): Listing => {
		if (listing.id !== news.id) return listing;
		const here = selectedListingRow(listing)?.id;
		const same = news.rows.findIndex(({ id }) => id === here);
		return clamped(news, same < 0 ? listing.selected : same);
	};

const walked =
	(by: number) =>
	(listing: Listing, index: number, all: readonly Listing[]): Listing =>
		index === all.length - 1 ? clamped(listing, listing.selected + by) : listing;

export const updateOverlay = (state: State, event: OverlayEvent): State => {
	const { overlay } = state;
	switch (event.type) {
		case 'preparing':
			return { ...state, overlay: event };
		case 'asked': {
			const { actionId, itemIds, question } = event;
			const below = overlay?.type === 'listing' ? { listings: overlay.listings } : {};
			const asking = { actionId, itemIds, question, field: 0, top: 0, ...below };
			return { ...state, overlay: { type: 'question', ...asking } };
		}
		case 'revised': {
			if (overlay?.type !== 'question') return state;
			const { question } = event;
			const here = overlay.question.fields[overlay.field]?.id;
			const same = question.fields.findIndex(({ id }) => id === here);
			const field = same < 0 ? Math.max(0, Math.min(overlay.field, question.fields.length - 1)) : same;
			const isAsItWas = question.fields[field]?.value === overlay.question.fields[overlay.field]?.value;
			const next = { ...overlay, question, field };
			return { ...state, overlay: same >= 0 && isAsItWas ? next : atEnd(next) };
		}
		case 'field-focused':
			return overlay?.type === 'question'
				? { ...state, overlay: { ...atEnd(overlay), field: event.field } }
				: state;
		case 'field-changed': {
			if (overlay?.type !== 'question') return state;
			const question = changed(overlay.question, overlay.field, event.value);
			const { caret } = event;
			return {
				...state,
				overlay: { ...atEnd(overlay), question, ...(caret === undefined ? {} : { caret }) },
			};
		}
		case 'caret-moved': {
			if (overlay?.type !== 'question') return state;
			const { question, field } = overlay;
			const fields = question.fields.map((each, at) => (at === field ? touched(each) : each));
			return { ...state, overlay: { ...overlay, question: { ...question, fields }, caret: event.caret } };
		}
		case 'refused':
			if (overlay?.type !== 'question') return state;
			return { ...state, overlay: { ...overlay, question: { ...overlay.question, problem: event.problem } } };
		case 'opened': {
			if (event.overlay === 'palette')
				return { ...state, overlay: { type: 'palette', text: '', selected: 0 } };
			if (event.overlay === 'filter' || event.overlay === 'search')
				return { ...state, overlay: { type: event.overlay } };
			if (event.overlay === 'log-search' || event.overlay === 'log-filter') {
				const { place } = state.logView;
				return { ...state, overlay: { type: event.overlay, ...(place ? { from: place } : {}) } };
			}
			return { ...state, overlay: { type: event.overlay, top: 0 } };
		}
		case 'listing-opened': {
			const below = overlay?.type === 'listing' ? overlay.listings : [];
			return { ...state, overlay: { type: 'listing', listings: [...below, event.listing] } };
		}
		case 'listing-changed': {
			if (overlay?.type !== 'listing' && overlay?.type !== 'question') return state;
			const listings = overlay.listings?.map(retold(event.listing));
			return listings ? { ...state, overlay: { ...overlay, listings } } : state;
		}
		case 'palette-typed':
			return overlay?.type === 'palette'
				? { ...state, overlay: { ...overlay, text: event.text, selected: 0 } }
				: state;
		case 'overlay-moved': {
			const move = (from: number, by = event.by) => Math.max(0, Math.min(state.ends.card, from + by));
			if (overlay?.type === 'palette')
				return { ...state, overlay: { ...overlay, selected: move(overlay.selected) } };
			// The journal opens at its end, and counts back from there.
			if (overlay?.type === 'journal')
				return { ...state, overlay: { ...overlay, top: move(overlay.top, -event.by) } };
			if (overlay?.type === 'listing')
				return { ...state, overlay: { ...overlay, listings: overlay.listings.map(walked(event.by)) } };
			if (overlay?.type === 'help' || overlay?.type === 'question')
				return { ...state, overlay: { ...overlay, top: move(overlay.top) } };
			return state;
		}
		case 'drawn': {
			// What is shorter now cannot stay scrolled as far.
			const { details, card } = event.ends;
			const { tab, top } = state.details;
			const clamped = top > details ? { tab, top: details } : state.details;
			const isCardPast = overlay !== undefined && 'top' in overlay && overlay.top > card;
			return {
				...state,
				ends: event.ends,
				details: clamped,
				...(isCardPast ? { overlay: { ...overlay, top: card } } : {}),
			};
		}
		case 'closed':
			// Back to the one it was opened from.
			if (overlay?.type === 'listing' && overlay.listings.length > 1)
				return { ...state, overlay: { ...overlay, listings: overlay.listings.slice(0, -1) } };
			if (overlay?.type === 'question' && overlay.listings)
				return { ...state, overlay: { type: 'listing', listings: overlay.listings } };
			return overlay ? without(state, 'overlay') : state;
	}
};
