// The table of verbs: looking through the layers of a transfer, what can be done to it, and the way to it from anywhere.
import type { State } from '../model/state.ts';
import { frontTransfer, isMoving, type Transfer } from '../model/transfers.ts';
import type { Move, MoveContext } from './action.ts';
import { copyQuestion } from './copy.ts';
import { tabMoves } from './tab-moves.ts';

const front = ({ transfers }: State): Transfer | undefined => frontTransfer(transfers);

const scroll = (
	id: string,
	keys: readonly string[],
	title: string,
	by: number,
	unit: 'row' | 'page' | 'end',
	help = 'Through its layers and what came of it.',
): Move => ({
	id: `transfer.${id}`,
	scope: 'transfer',
	keys,
	title,
	help,
	run: ({ send }) => send({ type: 'transfer-scrolled', by, unit }),
});

const onTransfer = (
	row: Pick<Move, 'keys' | 'title' | 'help' | 'isIdle'> & { id: string; hint?: string },
	run: (transfer: Transfer, context: MoveContext) => void,
	when?: (transfer: Transfer) => boolean,
): Move => ({
	...row,
	id: `transfer.${row.id}`,
	scope: 'transfer',
	when: (state) => {
		const transfer = front(state);
		return transfer !== undefined && (when?.(transfer) ?? true);
	},
	run: (context, state) => {
		const transfer = front(state);
		if (transfer) run(transfer, context);
	},
});

const isOver = (transfer: Transfer): boolean => !isMoving(transfer);

/** What stands for a transfer: what can be copied of it. */
const textsOf = ({ digest, title, line }: Transfer): readonly string[] => [
	...(digest === undefined ? [] : [digest]),
	title,
	line,
];

export const transferMoves: readonly Move[] = [
	onTransfer(
		{
			id: 'cancel',
			keys: ['ctrl+c'],
			title: 'Cancel the transfer',
			hint: 'cancel',
			help: 'The engine stops it; of a file that is half written nothing stays.',
			isIdle: (state) => front(state)?.endedAt !== undefined,
		},
		(transfer, { transfers, send, host }) => {
			if (isMoving(transfer)) return transfers.cancel(transfer.id);
			const text = 'The transfer is over. q quits Portside.';
			send({ type: 'noticed', text, tone: 'plain', at: host.now() });
		},
	),
	onTransfer(
		{ id: 'again', keys: ['r'], title: 'Again', hint: 'again', help: 'The same, in its tab.' },
		({ id }, { transfers }) => void transfers.again(id),
		isOver,
	),
	{
		id: 'transfer.copy',
		scope: 'transfer',
		keys: ['y'],
		title: 'Copy',
		hint: 'copy',
		help: 'Its digest, its name or its docker line, to the clipboard of your own machine.',
		when: (state) => front(state) !== undefined,
		ask: (state) => {
			const transfer = front(state);
			if (!transfer) return undefined;
			return copyQuestion(textsOf(transfer).map((text) => ({ value: text, label: text })));
		},
		run: ({ host, send }, _, { what }) => {
			const text = String(what);
			host.copy(text);
			send({ type: 'noticed', text: `copied ${text}`, tone: 'good', at: host.now() });
		},
	},
	scroll('down', ['j', 'down'], 'Down', 1, 'row'),
	scroll('up', ['k', 'up'], 'Up', -1, 'row'),
	scroll('page-down', ['pagedown', 'ctrl+d'], 'Page down', 1, 'page'),
	scroll('page-up', ['pageup', 'ctrl+u'], 'Page up', -1, 'page'),
	scroll('first', ['g', 'home'], 'First', -1, 'end', 'The first layer.'),
	scroll('last', ['G', 'end'], 'Follow', 1, 'end', 'What moves now, or what came of it.'),
	...tabMoves(
		'transfer',
		'transfer',
		'Of this session.',
		({ transfers }) => transfers,
		(id) => ({ type: 'transfer-fronted', id }),
	),
	onTransfer(
		{
			id: 'close',
			keys: ['d'],
			title: 'Close the transfer',
			help: 'Takes it off the screen; what it brought stays.',
		},
		({ id }, { transfers }) => transfers.close(id),
		isOver,
	),
	{
		id: 'transfer.back',
		scope: 'transfer',
		keys: ['esc'],
		title: 'Back',
		hint: 'lists',
		help: 'To the lists; the transfer goes on.',
		run: ({ send }) => send({ type: 'detail-focused', isFocused: false }),
	},
	{
		id: 'app.transfers',
		scope: 'app',
		keys: ['7'],
		title: 'Transfers',
		help: 'Back to the pull, push, save or load in front; they go on whatever is on screen.',
		run: ({ send, host }, { transfers: { front } }) => {
			if (front !== undefined) return send({ type: 'transfer-fronted', id: front });
			const text = 'Nothing was pulled or pushed yet: u pulls an image.';
			send({ type: 'noticed', text, tone: 'plain', at: host.now() });
		},
	},
];
