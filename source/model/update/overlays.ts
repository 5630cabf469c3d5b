// What lies over the panes: questions with their fields, palette, help, journal, filter line.
import type { OverlayEvent } from '../event.ts';
import type { Field, Question } from '../question.ts';
import type { State } from '../state.ts';

const without = <Key extends keyof State>(state: State, key: Key): State => {
	const { [key]: _, ...rest } = state;
	return rest as State;
};

const changed = (question: Question, index: number, value: string | boolean): Question => {
	const { problem: _, ...rest } = question;
	const fields = question.fields.map((field, at) => (at === index ? ({ ...field, value } as Field) : field));
	return { ...rest, fields };
};

export const updateOverlay = (state: State, event: OverlayEvent): State => {
	const { overlay } = state;
	switch (event.type) {
		case 'preparing':
			return { ...state, overlay: event };
		case 'asked': {
			const { actionId, itemIds, question } = event;
			return { ...state, overlay: { type: 'question', actionId, itemIds, question, field: 0, top: 0 } };
		}
		case 'revised': {
			if (overlay?.type !== 'question') return state;
			const { question } = event;
			const here = overlay.question.fields[overlay.field]?.id;
			const same = question.fields.findIndex(({ id }) => id === here);
			const field = same < 0 ? Math.max(0, Math.min(overlay.field, question.fields.length - 1)) : same;
			return { ...state, overlay: { ...overlay, question, field } };
		}
		case 'field-focused':
			return overlay?.type === 'question' ? { ...state, overlay: { ...overlay, field: event.field } } : state;
		case 'field-changed':
			if (overlay?.type !== 'question') return state;
			return {
				...state,
				overlay: { ...overlay, question: changed(overlay.question, overlay.field, event.value) },
			};
		case 'refused':
			if (overlay?.type !== 'question') return state;
			return { ...state, overlay: { ...overlay, question: { ...overlay.question, problem: event.problem } } };
		case 'opened': {
			if (event.overlay === 'palette')
				return { ...state, overlay: { type: 'palette', text: '', selected: 0 } };
			if (event.overlay === 'filter' || event.overlay === 'search')
				return { ...state, overlay: { type: event.overlay } };
			return { ...state, overlay: { type: event.overlay, top: 0 } };
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
			if (overlay?.type === 'help' || overlay?.type === 'question')
				return { ...state, overlay: { ...overlay, top: move(overlay.top) } };
			return state;
		}
		case 'drawn': {
			// What is shorter now cannot stay scrolled as far.
			const { details, card } = event.ends;
			const { tab, top, back } = state.details;
			const isPast = top > details || back > details;
			const clamped = isPast
				? { tab, top: Math.min(top, details), back: Math.min(back, details) }
				: state.details;
			const isCardPast = overlay !== undefined && 'top' in overlay && overlay.top > card;
			return {
				...state,
				ends: event.ends,
				details: clamped,
				...(isCardPast ? { overlay: { ...overlay, top: card } } : {}),
			};
		}
		case 'closed':
			return overlay ? without(state, 'overlay') : state;
	}
};
