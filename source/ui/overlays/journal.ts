// The journal as lines: every docker line so far, newest last, and how it went.
import type { State } from '../../model/state.ts';
import { fit, wrap, wrapWords } from '../../model/text.ts';
import { paint } from '../paint.ts';
import type { Card } from './card.ts';

const signs = { pending: paint.busy('…'), done: paint.good('✓'), failed: paint.bad('✕') } as const;

const nothing = 'Nothing was done yet. Every docker line will stand here.';

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

export const journalCard = (state: State, columns: number, most: number): Card | undefined => {
	const { overlay, journal } = state;
	if (overlay?.type !== 'journal') return undefined;
	const indent = ' '.repeat(11);
	const lines = journal.flatMap(({ at, line, outcome, message }) => [
		// A docker line is there to be read and typed: to its end.
		...wrap(`$ ${line}`, columns - indent.length).map((row, index) =>
			index === 0
				? `${paint.dim(clock(at))} ${signs[outcome]} ${fit(row, columns - indent.length)}`
				: fit(`${indent}${row}`, columns),
		),
		...wrapWords(message, columns - indent.length).map((row) => paint.dim(fit(`${indent}${row}`, columns))),
	]);
	// It opens at its end, where the news is; `top` counts back from there.
	const end = Math.max(Math.min(lines.length, most), lines.length - overlay.top);
	return {
		title: 'Journal',
		lines: lines.length ? lines.slice(Math.max(0, end - most), end) : wrapWords(nothing, columns),
		bottom: ' s saves it as a shell script · Esc closes ',
		end: Math.max(0, lines.length - most),
	};
};
