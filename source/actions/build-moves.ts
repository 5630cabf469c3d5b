// Of the table of verbs: walking through what a build does, and what can be done to it.
import type { BuildDesk } from '../build/builds.ts';
import type { BuildRecord } from '../build/history.ts';
import {
	type Build,
	frontBuild,
	isUnderWay,
	mostOpened,
	seconds,
	stepInFocus,
	stepsInOrder,
} from '../model/builds.ts';
import { layoutOf } from '../model/layout.ts';
import { rowsOf } from '../model/rows.ts';
import type { State } from '../model/state.ts';
import { shortId, size } from '../model/words.ts';
import type { AnyVerb, Move, MoveContext } from './action.ts';
import { imageVerbs } from './images.ts';
import { fileStamp, tellSaved } from './saved.ts';
import { tabMoves } from './tab-moves.ts';

const front = ({ builds }: State): Build | undefined => frontBuild(builds);

// ---- Walking along the steps

const walk = (id: string, keys: readonly string[], title: string, by: number): Move => ({
	id: `build.${id}`,
	scope: 'build',
	keys,
	title,
	help: 'Along the steps, or in the output of an opened one.',
	run: (context, state) => {
		if (state.builds.opened) return scroll(context, state, by);
		const build = front(state);
		if (!build) return;
		const order = stepsInOrder(build).map(({ id }) => id);
		const at = order.indexOf(state.builds.cursor ?? stepInFocus(build) ?? '');
		const step = order[Math.max(0, Math.min(order.length - 1, at + by))];
		if (step !== undefined) context.send({ type: 'step-chosen', step });
	},
});

const pageOf = (state: State): number => Math.max(1, (layoutOf(state).details?.height ?? 5) - 3);

/** `from` past the end follows the newest line. */
const openAt = (
	builds: BuildDesk,
	send: MoveContext['send'],
	state: State,
	step: string,
	from: number,
): void => {
	const build = front(state);
	const page = pageOf(state);
	const all = build?.steps.get(step)?.lines ?? 0;
	if (!build) return;
	const last = Math.max(0, all - page);
	const top = Math.max(0, Math.min(from, last));
	const isFollowed = from >= last;
	const first = Math.max(0, isFollowed ? all - mostOpened : top - mostOpened);
	const lines = builds.lines(build.id, step, first, isFollowed ? mostOpened : 2 * mostOpened);
	send({ type: 'step-opened', opened: { step, lines, ...(isFollowed ? {} : { top, from: first }) } });
};

const scroll = ({ builds, send }: MoveContext, state: State, by: number): void => {
	const { opened } = state.builds;
	if (!opened) return;
	const last = Math.max(0, (front(state)?.steps.get(opened.step)?.lines ?? 0) - pageOf(state));
	openAt(builds, send, state, opened.step, Math.min(opened.top ?? last, last) + by);
};

const jump = (id: string, keys: readonly string[], title: string, help: string, isEnd: boolean): Move => ({
	id: `build.${id}`,
	scope: 'build',
	keys,
	title,
	help,
	run: (context, state) => {
		if (state.builds.opened)
			return scroll(context, state, isEnd ? Number.MAX_SAFE_INTEGER / 2 : -Number.MAX_SAFE_INTEGER / 2);
		const build = front(state);
		if (isEnd || !build) return context.send({ type: 'step-chosen' });
		const [step] = stepsInOrder(build);
		if (step) context.send({ type: 'step-chosen', step: step.id });
	},
});

// ---- What can be done to a build

const onBuild = (
	row: Pick<Move, 'keys' | 'title' | 'help' | 'isIdle'> & { id: string; hint?: string },
	run: (build: Build, context: MoveContext, state: State) => void,
	when?: (build: Build) => boolean,
): Move => ({
	...row,
	id: `build.${row.id}`,
	scope: 'build',
	when: (state) => {
		const build = front(state);
		return build !== undefined && (when?.(build) ?? true);
	},
	run: (context, state) => {
		const build = front(state);
		if (build) run(build, context, state);
	},
});

const pastLine = ({ at, duration, outcome, cached, steps, tags, imageId }: BuildRecord): string => {
	const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
	const share = steps.length ? `${cached} of ${steps.length} cached` : '';
	return [when, seconds(duration).padStart(8), outcome.padEnd(9), share, tags[0] ?? shortId(imageId ?? '')]
		.join('  ')
		.trimEnd();
};

/** The cursor of the list of images goes to it. */
const showImage = ({ tags, imageId = '' }: Build, { send }: MoveContext, state: State): void => {
	const found = [...tags, ...tags.map((tag) => `${tag}:latest`), imageId];
	const row = rowsOf(state, 'images').find(({ id, imageId: of }) => found.includes(id) || of === imageId);
	send({ type: 'builds-hidden' });
	send({ type: 'pane-focused', pane: 'images' });
	if (row) send({ type: 'selected', pane: 'images', id: row.id });
	send({ type: 'tab-chosen', tab: 'Config' });
};

const isOver = (build: Build): boolean => !isUnderWay(build);

export const buildMoves: readonly Move[] = [
	onBuild(
		{
			id: 'cancel',
			keys: ['ctrl+c'],
			title: 'Cancel the build',
			hint: 'cancel',
			help: 'The engine stops it, with the command that runs in it.',
			isIdle: (state) => front(state)?.endedAt !== undefined,
		},
		(build, { builds, send, host }) => {
			if (isUnderWay(build)) return builds.cancel(build.id);
			send({ type: 'noticed', text: 'The build is over. q quits Portside.', tone: 'plain', at: host.now() });
		},
	),
	onBuild(
		{ id: 'again', keys: ['r'], title: 'Build again', hint: 'again', help: 'The same, in its tab.' },
		(build, { builds }) => builds.again(build.id, { isUncached: false }),
		isOver,
	),
	onBuild(
		{
			id: 'again-uncached',
			keys: ['R'],
			title: 'Build again without the cache',
			help: 'docker build --no-cache.',
		},
		(build, { builds }) => builds.again(build.id, { isUncached: true }),
		isOver,
	),
	onBuild(
		{
			id: 'edit',
			keys: ['e'],
			title: 'Edit the Dockerfile',
			hint: 'edit',
			help: 'In $VISUAL or $EDITOR; Portside waits until it is closed.',
		},
		({ wish }, { host, send }) =>
			void host
				.edit(wish.dockerfile)
				.catch((error: Error) => send({ type: 'noticed', text: error.message, tone: 'bad', at: host.now() })),
	),
	onBuild(
		{
			id: 'watch',
			keys: ['w'],
			title: 'Watch',
			hint: 'watch',
			help: 'Builds again whenever a file of the context changes; w again stops that.',
		},
		(build, { builds }) => void builds.watch(build.id),
	),
	onBuild(
		{
			id: 'files',
			keys: ['f'],
			title: 'Files of the context',
			hint: 'files',
			help: 'What is sent to the engine, the largest first.',
		},
		(build, { builds, send }) => {
			const files = builds.files(build.id);
			const body = files.slice(0, 500).map((file) => `${size(file.size).padStart(8)}  ${file.path}`);
			const more = files.length > 500 ? [`and ${files.length - 500} smaller ones`] : [];
			const title = files.length === 1 ? '1 file is sent' : `${files.length} files are sent`;
			const question = { title, body: [...body, ...more], fields: [], yes: '', isDestructive: false };
			send({ type: 'asked', actionId: 'build.files', itemIds: [], question });
		},
	),
	onBuild(
		{
			id: 'history',
			keys: ['h'],
			title: 'The builds before',
			help: 'Of the same Dockerfile and folder, also those of other days: how long, how much from the cache.',
		},
		(build, { builds, ask }) => {
			const question = builds.past(build.id).then((records) => ({
				title: 'Builds of this Dockerfile',
				body: records.length ? records.map(pastLine) : ['This is the first one.'],
				fields: [],
				yes: '',
				isDestructive: false,
			}));
			ask({ id: 'build.history', title: 'The builds before' }, question);
		},
	),
	onBuild(
		{ id: 'save', keys: ['s'], title: 'Save the log', help: 'All that was printed, plain, with the times.' },
		(build, { builds, host, send }) => {
			// Not into the working folder: that is the context of many a build.
			const name = `build-${fileStamp(host.now())}.log`;
			// A hundred million lines take a minute.
			send({ type: 'noticed', text: 'Saving the log …', tone: 'plain', at: host.now() });
			tellSaved(host.keep(name, builds.text(build.id)), { send, host });
		},
	),
	onBuild(
		{
			id: 'image',
			keys: ['i'],
			title: 'Look at the image',
			hint: 'image',
			help: 'In the list of images, with what it was made of.',
		},
		showImage,
		({ status }) => status === 'done',
	),
	onBuild(
		{ id: 'tag', keys: ['t'], title: 'Tag the image', help: 'Gives it another name.' },
		(build, context, state) => {
			showImage(build, context, state);
			const tag = imageVerbs.find(({ id }) => id === 'image.tag');
			if (tag) context.perform(tag as AnyVerb);
		},
		({ status }) => status === 'done',
	),
	{
		id: 'build.open',
		scope: 'build',
		keys: ['enter'],
		title: 'Open the step',
		hint: 'open',
		help: 'All it printed; it can be scrolled from the first line to the last.',
		when: ({ builds }) => builds.opened === undefined,
		run: ({ builds, send }, state) => {
			const build = front(state);
			const step = build && (state.builds.cursor ?? stepInFocus(build));
			if (step !== undefined) openAt(builds, send, state, step, Number.MAX_SAFE_INTEGER);
		},
	},
	walk('down', ['j', 'down'], 'Down', 1),
	walk('up', ['k', 'up'], 'Up', -1),
	walk('page-down', ['pagedown', 'ctrl+d'], 'Page down', 10),
	walk('page-up', ['pageup', 'ctrl+u'], 'Page up', -10),
	jump('first', ['g', 'home'], 'First', 'The first step, or the first line of an opened one.', false),
	jump('last', ['G', 'end'], 'Follow', 'What runs now, or the newest line of an opened step.', true),
	...tabMoves(
		'build',
		'build',
		'Of this session.',
		({ builds }) => builds,
		(id) => ({ type: 'build-fronted', id }),
	),
	onBuild(
		{ id: 'close', keys: ['d'], title: 'Close the build', help: 'Takes it off the screen; its image stays.' },
		(build, { builds }) => builds.close(build.id),
		isOver,
	),
	{
		id: 'build.back',
		scope: 'build',
		keys: ['esc'],
		title: 'Back',
		hint: 'lists',
		help: 'From a step to all of them, then to the lists; the build goes on.',
		run: ({ send }, { builds }) => {
			if (builds.opened) return send({ type: 'step-opened' });
			if (builds.cursor !== undefined) return send({ type: 'step-chosen' });
			send({ type: 'detail-focused', isFocused: false });
		},
	},
];
