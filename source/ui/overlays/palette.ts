// The command palette as lines: what was typed, and every action it finds with its key and docker line.

import { keyLabel } from '../../actions/key-label.ts';
import { offers } from '../../actions/palette.ts';
import type { State } from '../../model/state.ts';
import { fit } from '../../model/text.ts';
import { paint } from '../paint.ts';
import type { Card } from './card.ts';

export const paletteCard = (state: State, columns: number, most: number): Card | undefined => {
	const { overlay } = state;
	if (overlay?.type !== 'palette') return undefined;
	const found = offers(state, overlay.text);
	const height = Math.max(1, most - 2);
	const first = Math.max(0, Math.min(overlay.selected - height + 1, found.length - height));
	const lines = found.slice(first, first + height).map(({ action, line, reason }, index) => {
		const isChosen = first + index === overlay.selected;
		const title = Math.min(34, Math.floor(columns * 0.45));
		const text = `${isChosen ? '>' : ' '} ${fit(keyLabel(action.keys[0] ?? ''), 7)}${fit(action.title, title)} ${fit(reason ?? line, columns - title - 10)}`;
		if (isChosen) return paint.cursor(text);
		return reason === undefined ? text : paint.dim(text);
	});
	return {
		title: 'Commands',
		lines: [fit(`: ${overlay.text}▏`, columns), '', ...(lines.length ? lines : ['Nothing is called that.'])],
		bottom: ` ${found.length} found · Enter does it · Esc closes `,
		end: Math.max(0, found.length - 1),
	};
};
