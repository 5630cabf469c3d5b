// Of the table of verbs: in front of a terminal, and inside it.
import { terminalSize } from '../model/layout.ts';
import type { Field } from '../model/question.ts';
import type { State } from '../model/state.ts';
import { frontTab, isOpen, type Place, type Reading, type TerminalTab } from '../model/terminals.ts';
import { clean, width } from '../model/text.ts';
import { plural } from '../model/words.ts';
import type { Emulator } from '../terminal/emulator.ts';
import { type Extent, markedRange, readingAt } from '../terminal/reading.ts';
import type { Move, MoveContext } from './action.ts';
import { tabMoves } from './tab-moves.ts';

/** What becomes of what runs in a terminal that is left. */
export const runningFate: Field = {
	kind: 'choice',
	id: 'fate',
	label: 'what runs in it',
	value: 'end',
	options: [
		{ value: 'end', label: 'is ended' },
		{ value: 'leave', label: 'goes on, with no way back' },
	],
};

const front = (state: State): TerminalTab | undefined => frontTab(state.terminals);

// ---- Reading what was printed

type Reader = Pick<MoveContext, 'send' | 'terminals'>;

const emulatorOf = ({ terminals }: Reader, state: State): Emulator | undefined => {
	const tab = front(state);
	return tab && terminals.emulator(tab.id);
};

const extentOf = (emulator: Emulator, state: State): Extent => {
	const { columns, rows: height } = terminalSize(state);
	return { first: emulator.first(), end: emulator.end(), height, columns };
};

const read = (
	reader: Reader,
	state: State,
	next: (reading: Reading, extent: Extent, emulator: Emulator) => Place,
): void => {
	const emulator = emulatorOf(reader, state);
	if (!emulator) return;
	const extent = extentOf(emulator, state);
	const past = state.terminals.reading ?? readingAt(emulator.cursor(), extent);
	reader.send({ type: 'terminal-read', reading: readingAt(next(past, extent, emulator), extent, past) });
};

const reading = (
	id: string,
	keys: readonly string[],
	title: string,
	next: (at: Place, extent: Extent, emulator: Emulator) => Place,
	help = 'Walks through what was printed, while the program goes on.',
): Move => ({
	id: `terminal.${id}`,
	scope: 'terminal',
	keys,
	title,
	help,
	run: (context, state) => read(context, state, ({ at }, extent, emulator) => next(at, extent, emulator)),
});

const down =
	(by: number) =>
	({ row, column }: Place) => ({ row: row + by, column });
const pages =
	(by: number) =>
	(at: Place, { height }: Extent) =>
		down(by * Math.max(1, height - 1))(at);

/** To the next hit above (-1) or below (1) the cursor; round the end it goes on at the other. */
export const goToHit = (reader: Reader, state: State, by: 1 | -1): void => {
	const { search } = state.terminals;
	if (search === '') return;
	read(reader, state, ({ at }, _, emulator) => {
		const hits = emulator.find(search);
		const isAfter = (hit: Place) => hit.row > at.row || (hit.row === at.row && hit.column > at.column);
		const isBefore = (hit: Place) => hit.row < at.row || (hit.row === at.row && hit.column < at.column);
		return by > 0 ? (hits.find(isAfter) ?? hits[0] ?? at) : (hits.findLast(isBefore) ?? hits.at(-1) ?? at);
	});
};

const hit = (id: string, key: string, title: string, by: 1 | -1): Move => ({
	id: `terminal.${id}`,
	scope: 'terminal',
	keys: [key],
	title,
	help: 'Of what was searched for with /.',
	when: ({ terminals }) => terminals.search !== '',
	run: (context, state) => goToHit(context, state, by),
});

const mark = (id: string, key: string, title: string, isLines: boolean): Move => ({
	id: `terminal.${id}`,
	scope: 'terminal',
	keys: [key],
	title,
	help: 'Marks from here to wherever the cursor goes; y copies it.',
	run: ({ send, terminals }, state) => {
		const emulator = emulatorOf({ send, terminals }, state);
		if (!emulator) return;
		const { mark: past, ...rest } =
			state.terminals.reading ?? readingAt(emulator.cursor(), extentOf(emulator, state));
		const isOff = past?.isLines === isLines;
		send({
			type: 'terminal-read',
			reading: isOff ? rest : { ...rest, mark: { ...(past ?? rest.at), isLines } },
		});
	},
});

/** What is marked, or else what is on screen. */
const copiedText = (emulator: Emulator, state: State): string => {
	const { columns, height } = extentOf(emulator, state);
	const { reading } = state.terminals;
	const range = reading && markedRange(reading);
	if (range) return emulator.copied(range.from, range.to, range.isLines);
	const top = reading?.top ?? emulator.top();
	return emulator
		.copied({ row: top, column: 0 }, { row: top + height - 1, column: columns - 1 }, true)
		.trimEnd();
};

export const terminalMoves: readonly Move[] = [
	{
		id: 'inside.leave',
		scope: 'inside',
		keys: ['ctrl+]'],
		title: 'Back to Portside',
		hint: 'Portside',
		help: 'The program goes on; every other key goes to it. --leave-key chooses another one.',
		run: ({ send }) => send({ type: 'terminal-left' }),
	},
	{
		id: 'inside.detach',
		scope: 'inside',
		keys: ['ctrl+p ctrl+q'],
		title: 'Detach',
		hint: 'detach',
		help: 'Leaves the program running in the container and closes the tab, as in docker.',
		run: ({ terminals }, state) => {
			const tab = front(state);
			if (tab) terminals.detach(tab.id);
		},
	},
	{
		id: 'terminal.enter',
		scope: 'terminal',
		keys: ['enter', 'i'],
		title: 'Into the terminal',
		hint: 'inside',
		help: 'What is typed goes to the program again.',
		run: ({ send, host }, state) => {
			const tab = front(state);
			if (tab?.status !== 'ended') return send({ type: 'terminal-entered' });
			const text = `${tab.title} has ended (${tab.outcome}): r runs it again, d closes it.`;
			send({ type: 'noticed', text, tone: 'plain', at: host.now() });
		},
	},
	{
		id: 'terminal.reopen',
		scope: 'terminal',
		keys: ['r'],
		title: 'Reopen',
		hint: 'reopen',
		help: 'Runs it again, in the same tab.',
		when: (state) => front(state)?.status === 'ended',
		run: ({ terminals }, state) => {
			const tab = front(state);
			if (tab) void terminals.reopen(tab.id);
		},
	},
	...tabMoves(
		'terminal',
		'terminal',
		'Of the open ones.',
		({ terminals: { tabs, ...rest } }) => ({ ...rest, list: tabs }),
		(id) => ({ type: 'terminal-fronted', id }),
	),
	{
		id: 'terminal.enlarge',
		scope: 'terminal',
		keys: ['z'],
		title: 'Full screen',
		hint: 'full screen',
		help: 'The terminal over the whole screen, and back.',
		run: ({ send }, { terminals: { isFull } }) => {
			send({ type: 'terminal-enlarged', isFull: !isFull });
		},
	},
	{
		id: 'terminal.close',
		scope: 'terminal',
		keys: ['d'],
		title: 'Close the tab',
		hint: 'close',
		help: 'Ends what runs in it, or leaves it running, as you choose.',
		ask: (state) => {
			const tab = front(state);
			if (tab?.kind !== 'exec' || !isOpen(tab)) return undefined;
			return {
				title: `Close ${tab.title} in ${tab.name}?`,
				body: ['It is still running.'],
				fields: [runningFate],
				yes: 'close',
				isDestructive: true,
				about: String(tab.id),
			};
		},
		run: ({ terminals }, state, { fate }, about) => {
			const id = about === undefined ? front(state)?.id : Number(about);
			const tab = state.terminals.tabs.find((tab) => tab.id === id);
			if (!tab) return;
			if (isOpen(tab) && (tab.kind === 'attach' || fate === 'leave')) terminals.detach(tab.id);
			else void terminals.close(tab.id);
		},
	},
	reading('down', ['j', 'down'], 'Down', down(1)),
	reading('up', ['k', 'up'], 'Up', down(-1)),
	reading('page-down', ['pagedown', 'ctrl+d'], 'Page down', pages(1)),
	reading('page-up', ['pageup', 'ctrl+u'], 'Page up', pages(-1)),
	reading('right', ['l', 'right'], 'Right', ({ row, column }) => ({ row, column: column + 1 })),
	reading('left', ['h', 'left'], 'Left', ({ row, column }) => ({ row, column: column - 1 })),
	reading('line-start', ['0', 'home'], 'Line start', ({ row }) => ({ row, column: 0 })),
	reading('line-end', ['$', 'end'], 'Line end', ({ row }, _, emulator) => ({
		row,
		column: width(clean(emulator.text(row))) - 1,
	})),
	reading('first', ['g'], 'First line', (_, { first }) => ({ row: first, column: 0 })),
	reading('last', ['G'], 'Last line', (_, { end }) => ({ row: end - 1, column: 0 })),
	mark('mark', 'v', 'Mark', false),
	mark('mark-lines', 'V', 'Mark lines', true),
	{
		id: 'terminal.copy',
		scope: 'terminal',
		keys: ['y'],
		title: 'Copy',
		hint: 'copy',
		help: 'Copies what is marked (v, V), or what is on screen, to the clipboard of your own machine.',
		run: ({ terminals, send, host }, state) => {
			const emulator = emulatorOf({ send, terminals }, state);
			if (!emulator) return;
			const text = copiedText(emulator, state);
			host.copy(text);
			send({ type: 'terminal-read' });
			const what = plural(text.split('\n').length, 'line');
			send({ type: 'noticed', text: `copied ${what}`, tone: 'good', at: host.now() });
		},
	},
	{
		id: 'terminal.search',
		scope: 'terminal',
		keys: ['/'],
		title: 'Search',
		hint: 'search',
		help: 'In all that was printed and is kept: the last 5,000 lines.',
		run: ({ send }) => send({ type: 'opened', overlay: 'search' }),
	},
	hit('older-hit', 'n', 'Next hit, upwards', -1),
	hit('newer-hit', 'N', 'Next hit, downwards', 1),
	{
		id: 'terminal.back',
		scope: 'terminal',
		keys: ['esc'],
		title: 'Back',
		hint: 'lists',
		help: 'Unmarks; then to the newest line; then to the lists, while the terminal goes on.',
		run: ({ send }, { terminals }) => {
			const { reading, search } = terminals;
			if (reading?.mark) {
				const { mark: _, ...rest } = reading;
				return send({ type: 'terminal-read', reading: rest });
			}
			if (!reading && search === '') return send({ type: 'detail-focused', isFocused: false });
			send({ type: 'terminal-read' });
			send({ type: 'terminal-searched', text: '' });
		},
	},
];
