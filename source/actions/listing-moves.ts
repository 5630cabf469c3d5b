// Of the table of verbs: the keys of listings.
import { type Listing, type ListingKind, selectedListingRow } from '../model/listing.ts';
import type { State } from '../model/state.ts';
import type { Move, MoveContext } from './action.ts';
import { placeOf } from './image-doors.ts';
import { runDoor } from './run-door.ts';

const listingOf = ({ overlay }: State): Listing | undefined =>
	overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;

const rowOf = (state: State): string | undefined => {
	const listing = listingOf(state);
	return listing && selectedListingRow(listing)?.id;
};

const walk = (id: string, keys: readonly string[], title: string, by: number): Move => ({
	id: `listing.${id}`,
	scope: 'listing',
	keys,
	title,
	help: 'Moves in the list.',
	run: ({ send }) => send({ type: 'overlay-moved', by }),
});

/** All of them, however many were opened from one another. */
const closeAll = ({ listings, send }: MoveContext, { overlay }: State): void => {
	if (overlay?.type !== 'listing') return;
	for (const { id } of overlay.listings) {
		listings.forget(id);
		send({ type: 'closed' });
	}
};

type Keyed = Pick<Move, 'keys' | 'title' | 'help' | 'isChanging'> & { readonly hint?: string };

/** Does something with the row the cursor is on. */
const onRow = (
	scope: ListingKind,
	name: string,
	keyed: Keyed,
	run: (context: MoveContext, row: string, state: State, listing: Listing) => void,
): Move => ({
	...keyed,
	id: `${scope}.${name}`,
	scope,
	when: (state) => rowOf(state) !== undefined,
	run: (context, state) => {
		const listing = listingOf(state);
		const row = rowOf(state);
		if (listing && row !== undefined) run(context, row, state, listing);
	},
});

const pull = (scope: ListingKind): Move =>
	onRow(
		scope,
		'pull',
		{
			keys: ['u'],
			title: 'Pull it',
			hint: 'pull',
			help: 'Fetches the image from its registry.',
			isChanging: true,
		},
		(context, row, state) => {
			closeAll(context, state);
			context.transfers.pull(row, {});
		},
	);

const run = (scope: ListingKind): Move =>
	onRow(
		scope,
		'run',
		{
			keys: ['n'],
			title: 'Run it',
			hint: 'run',
			help: 'Asks how, and pulls it first where it is missing.',
			isChanging: true,
		},
		(context, row, state) => {
			closeAll(context, state);
			context.ask(runDoor, context.runs.form(row));
		},
	);

const openTags = (scope: ListingKind): Move =>
	onRow(
		scope,
		'tags',
		{ keys: ['enter'], title: 'Its tags', hint: 'tags', help: 'The versions that its registry has of it.' },
		({ looks }, row) => looks.tags(row, placeOf(row)),
	);

const prunes: Readonly<Record<string, string>> = {
	images: 'image.prune',
	containers: 'container.prune',
	volumes: 'app.prune-volumes',
	cache: 'app.prune-build-cache',
	networks: 'app.prune-networks',
};

export const listingMoves: readonly Move[] = [
	openTags('found'),
	openTags('repositories'),
	...(['found', 'repositories', 'tags'] as const).flatMap((scope) => [pull(scope), run(scope)]),
	onRow(
		'layers',
		'files',
		{ keys: ['enter'], title: 'Its files', hint: 'files', help: 'What the layer adds, changes and removes.' },
		({ looks }, row, _, { about }) => looks.files(about, Number(row)),
	),
	onRow(
		'disk',
		'prune',
		{
			keys: ['enter', 'X'],
			title: 'Prune',
			hint: 'prune',
			help: 'Removes what nothing uses of the kind the cursor is on, after listing it.',
			isChanging: true,
		},
		(context, row, state) => {
			const id = prunes[row];
			if (id === undefined) return;
			closeAll(context, state);
			context.performById(id);
		},
	),
	walk('down', ['j', 'down'], 'Down', 1),
	walk('up', ['k', 'up'], 'Up', -1),
	walk('page-down', ['pagedown', 'ctrl+d', 'space'], 'Page down', 10),
	walk('page-up', ['pageup', 'ctrl+u'], 'Page up', -10),
	walk('first', ['g', 'home'], 'First', Number.NEGATIVE_INFINITY),
	walk('last', ['G', 'end'], 'Last', Number.POSITIVE_INFINITY),
	{
		id: 'listing.again',
		scope: 'listing',
		keys: ['r'],
		title: 'Ask again',
		help: 'Reads it anew.',
		run: ({ listings }, state) => {
			const listing = listingOf(state);
			if (listing) listings.again(listing.id);
		},
	},
	{
		id: 'listing.login',
		scope: 'listing',
		keys: ['L'],
		title: 'Log in',
		hint: 'log in',
		help: 'To the registry it asks; r asks again afterwards.',
		when: (state) => ['found', 'repositories', 'tags'].includes(listingOf(state)?.kind ?? ''),
		run: ({ performById }) => performById('app.login'),
	},
	{
		id: 'listing.copy',
		scope: 'listing',
		keys: ['y'],
		title: 'Copy',
		help: 'Copies the row the cursor is on: a reference, an instruction, a path.',
		run: ({ host, send }, state) => {
			const listing = listingOf(state);
			const row = listing && selectedListingRow(listing);
			if (!row) return;
			const text =
				listing.kind === 'layers'
					? (row.cells[2] ?? '')
					: listing.kind === 'port-check'
						? (row.cells[1] ?? '')
						: row.id;
			host.copy(text);
			send({ type: 'noticed', text: `copied · ${text}`, tone: 'good', at: host.now() });
		},
	},
	{
		id: 'listing.close',
		scope: 'listing',
		keys: ['esc'],
		title: 'Back',
		hint: 'back',
		help: 'To the list it was opened from, or to the panes.',
		run: ({ listings, send }, state) => {
			const listing = listingOf(state);
			if (listing) listings.forget(listing.id);
			send({ type: 'closed' });
		},
	},
	{
		id: 'listing.close-all',
		scope: 'listing',
		keys: ['q', 'ctrl+c'],
		title: 'Close',
		hint: 'close',
		help: 'Back to the panes.',
		run: closeAll,
	},
];
