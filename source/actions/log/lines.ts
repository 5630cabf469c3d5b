// Lines of a log as text: to be copied, saved, or read in another program.
import type { LogLine } from '../../model/items.ts';
import { lastNumber, nextAfter } from '../../model/log/lenses.ts';
import { type Log, logMembers, logNames } from '../../model/log/log.ts';
import { lineAt } from '../../model/log/ring.ts';
import { shownLens } from '../../model/log/view.ts';
import type { State } from '../../model/state.ts';
import { printed } from '../../model/text.ts';

/** Lines that are written at once. */
const batch = 1000;

/** Whole, as it was printed, but for what a terminal would obey. */
const lineText = (line: LogLine, state: State, names: ReadonlyMap<string, string>): string => {
	if (line.note !== undefined) return `[${line.note}]`;
	const stamp = state.logView.times === 'off' ? '' : `${line.stamp} `;
	const name = names.size > 1 ? `${names.get(line.container ?? '') ?? ''} | ` : '';
	return `${stamp}${name}${printed(line.text)}`;
};

/** The shown lines of these numbers, in pieces that end with a line. */
export function* logText(
	state: State,
	log: Log,
	from = log.ring.dropped,
	to = lastNumber(log.ring),
): Generator<string> {
	const shown = shownLens(state.logView);
	const names = logNames(state, log);
	let lines: string[] = [];
	for (let number = nextAfter(log.ring, shown, from - 1); number !== undefined && number <= to; ) {
		const line = lineAt(log.ring, number);
		if (!line) break;
		lines.push(`${lineText(line, state, names)}\n`);
		if (lines.length >= batch) {
			yield lines.join('');
			lines = [];
		}
		number = nextAfter(log.ring, shown, number);
	}
	yield lines.join('');
}

/** What a file with them is called. */
export const logName = (state: State): string => {
	const scope = state.logScope;
	const [first] = logMembers(state);
	const name =
		scope?.kind === 'project'
			? scope.name
			: scope?.kind === 'marked'
				? `${scope.ids.length}-containers`
				: (first?.name ?? 'log');
	return name.replace(/[^\w.-]+/g, '-').slice(0, 60);
};
