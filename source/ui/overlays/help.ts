// The help as lines: every key of the table, by where it means something.
import type { Scope } from '../../actions/action.ts';
import { keyLabel } from '../../actions/key-label.ts';
import { keyTable } from '../../actions/key-table.ts';
import { isAllowed, scopes } from '../../actions/table.ts';
import type { State } from '../../model/state.ts';
import { fit, width, wrapWords } from '../../model/text.ts';
import { paint } from '../paint.ts';
import type { Card } from './card.ts';

const keysText = ({ keys }: { readonly keys: readonly string[] }) => keys.map(keyLabel).join(' ');

const keyColumns =
	Math.max(...keyTable.flatMap(({ actions }) => actions.map((action) => width(keysText(action))))) + 2;

/** The signs beside the colours, and the short forms of narrow columns. */
const signs = [
	['●', 'running, or a published port'],
	['○', 'stopped, or a port that is exposed but not published'],
	['◌', 'created and never started, or an image without a name'],
	['◐ !', 'health: starting, unhealthy'],
	['‖ ↻ ✕', 'paused, restarting, dead'],
	['> * +', 'the cursor, a mark, selected in a log'],
	['lo:5432', 'published on the loopback address only'],
	[
		'≥ ≤',
		'at least: only what is on screen is followed; at most: layers that images share are counted with each',
	],
] as const;

/** Where they are met. */
const signsIn: Readonly<Partial<Record<Scope, readonly [string, string]>>> = {
	log: [
		'✕ ! ┊ ~ > *',
		'Signs: an error, a warning, printed to stderr, lines are missing here; the cursor, a mark.',
	],
};

const explained = (sign: string, words: string, columns: number): string[] =>
	wrapWords(words, columns - keyColumns).map(
		(row, index) => `${fit(index === 0 ? sign : '', keyColumns)}${row}`,
	);

const signRows = (scope: Scope | undefined, columns: number): string[] => {
	const [sign, words] = (scope && signsIn[scope]) ?? [];
	return sign && words ? explained(sign, words, columns) : [];
};

export const helpCard = (state: State, columns: number, most: number): Card | undefined => {
	const { overlay } = state;
	if (overlay?.type !== 'help') return undefined;
	const { overlay: _, ...behind } = state;
	const here = scopes(behind);
	const isHere = ({ actions }: (typeof keyTable)[number]) =>
		actions.some(({ scope }) => scope !== 'app' && here.includes(scope));
	// What has the focus comes first.
	const sections = [...keyTable.filter(isHere), ...keyTable.filter((section) => !isHere(section))];
	const lines = sections.flatMap(({ title, actions }) => [
		paint.strong(fit(title, columns)),
		...signRows(actions[0]?.scope, columns),
		...actions
			.filter((action) => isAllowed(action, state))
			.flatMap((action) => {
				const keys = fit(keysText(action), keyColumns);
				const [first = '', ...rest] = wrapWords(`${action.title}. ${action.help}`, columns - keyColumns);
				return [`${paint.accent(keys)}${first}`, ...rest.map((row) => `${' '.repeat(keyColumns)}${row}`)];
			}),
		'',
	]);
	lines.push(
		paint.strong(fit('Signs', columns)),
		...signs.flatMap(([sign, words]) => explained(sign, words, columns)),
	);
	const top = Math.min(overlay.top, Math.max(0, lines.length - most));
	return {
		title: 'Keys',
		lines: lines.slice(top, top + most),
		end: Math.max(0, lines.length - most),
		bottom: ` ${Math.min(lines.length, top + most)}/${lines.length} · j k move · Esc closes `,
	};
};
