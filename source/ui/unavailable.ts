// The screen without an engine: what was tried, why each failed, and what to do about it.
import type { Attempt } from '../model/connection.ts';
import type { State } from '../model/state.ts';
import { shorten, wrapWords } from '../model/text.ts';
import { plural } from '../model/words.ts';
import { paint } from './paint.ts';

const attemptLines = ({ endpoint, reason, remedy }: Attempt, room: number): string[] => [
	`  ${paint.strong(shorten(endpoint.host, room - 24, 'middle'))}  ${paint.dim(shorten(endpoint.source, 22))}`,
	...wrapWords(reason, room - 2).map((line) => `    ${paint.bad(line)}`),
	...wrapWords(remedy, room - 4).map((line, index) => `    ${index === 0 ? '→ ' : '  '}${line}`),
];

/** As many attempts, each whole, as there is room for; what is left out is counted. */
const attemptsIn = (attempts: readonly Attempt[], room: number, height: number): string[] => {
	const airy = attempts.flatMap((attempt) => ['', ...attemptLines(attempt, room)]);
	if (airy.length <= height) return airy;
	const lines: string[] = [];
	for (const [index, attempt] of attempts.entries()) {
		const more = attemptLines(attempt, room);
		const isLast = index === attempts.length - 1;
		if (lines.length + more.length + (isLast ? 0 : 1) > height) {
			return [
				...lines,
				paint.dim(`  … and ${plural(attempts.length - index, 'place')} more, without an engine too.`),
			];
		}
		lines.push(...more);
	}
	return lines;
};

export const unavailableLines = (state: State): string[] => {
	const { connection, columns, rows, now } = state;
	if (connection.status !== 'unavailable') return [];
	const room = columns - 6;
	const seconds = Math.max(0, Math.ceil((connection.retryAt - now) / 1000));
	const retry = seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…';
	const foot = wrapWords(
		`${retry} Or press d for the embedded demo engine, with containers of its own.`,
		room,
	).map((line) => `  ${line}`);
	const height = rows - 3 - 3 - foot.length;
	return [
		'',
		`  ${paint.strong('No container engine answered.')}`,
		...attemptsIn(connection.attempts, room, height),
		'',
		...foot,
	];
};
