// Of the table of verbs: a container becomes an image.
import { changeSizes } from '../image/change-sizes.ts';
import { changeTree, foldedTree, type TreeRow, totalsOf } from '../image/change-tree.ts';
import { changesOf, commitLine } from '../image/dockerfile-changes.ts';
import type { CommitWish, Container } from '../model/items.ts';
import type { Answers, Field } from '../model/question.ts';
import { isReference, shortId, size } from '../model/words.ts';
import type { Verb } from './action.ts';

/** Milliseconds: what is asked before a commit does not wait longer for the sizes of files. */
const sizesPatience = 3000;
/** Rows of the tree of what changed. */
const mostRows = 2000;

const text = (answers: Answers, id: string) => String(answers[id] ?? '').trim();

const rowText = ({ sign, size: bytes, text }: TreeRow): string =>
	`${sign.padEnd(1)} ${(bytes === undefined ? '' : size(bytes)).padStart(7)}  ${text}`;

const instructions = ['cmd', 'entrypoint', 'env', 'expose', 'workdir', 'user', 'label', 'volume'] as const;

const labels: Readonly<Record<(typeof instructions)[number], string>> = {
	cmd: 'CMD',
	entrypoint: 'ENTRYPOINT',
	env: 'ENV',
	expose: 'EXPOSE',
	workdir: 'WORKDIR',
	user: 'USER',
	label: 'LABEL',
	volume: 'VOLUME',
};

const fields: readonly Field[] = [
	{ kind: 'text', id: 'name', label: 'repository:tag', value: '' },
	{ kind: 'text', id: 'message', label: 'message', value: '' },
	{ kind: 'text', id: 'author', label: 'author', value: '' },
	{ kind: 'toggle', id: 'pause', label: 'the container stands still meanwhile', value: true },
	...instructions.map((id) => ({ kind: 'text' as const, id, label: labels[id], value: '' })),
];

const wishOf = (answers: Answers): CommitWish | { readonly problem: string } => {
	const changes = changesOf(Object.fromEntries(instructions.map((id) => [id, text(answers, id)])));
	if ('problem' in changes) return changes;
	const [reference, author, message] = [
		text(answers, 'name'),
		text(answers, 'author'),
		text(answers, 'message'),
	];
	return {
		...(reference && { reference }),
		...(author && { author }),
		...(message && { message }),
		pauses: answers.pause !== false,
		changes: changes.changes,
	};
};

/** Of what is still being typed, too. */
const lineOf = ({ name }: Container, answers: Answers): string => {
	const wish = wishOf(answers);
	const given = 'problem' in wish ? { pauses: answers.pause !== false, changes: [] } : wish;
	const reference = answers.name === undefined ? 'REPOSITORY:TAG' : text(answers, 'name');
	return commitLine(name, { ...given, ...(reference && { reference }) });
};

export const commitVerb: Verb<'container'> = {
	id: 'container.commit',
	scope: 'container',
	isChanging: true,
	on: 'each',
	keys: ['c'],
	title: 'Commit',
	hint: 'commit',
	help: 'Makes an image of the container as it is now, after showing what changed in it.',
	doing: 'committing',
	done: 'committed',
	ask: async ([container], { engine }) => {
		if (!container) return undefined;
		const changes = await engine.changes(container.id);
		const sizes = await changeSizes(engine, container, changes, AbortSignal.timeout(sizesPatience));
		const { added, changed, deleted, bytes } = totalsOf(changes, sizes);
		const body = changes.length
			? [
					`${added} added, ${changed} changed, ${deleted} deleted · ${size(bytes)} in a new layer:`,
					...foldedTree(changeTree(changes, sizes), mostRows).map(rowText),
				]
			: ['Nothing changed in its file system: the image differs only in what is filled in here.'];
		return {
			title: `Commit ${container.name} to an image`,
			body,
			fields,
			yes: 'commit',
			isDestructive: false,
		};
	},
	check: (answers, containers) => {
		if (containers.length > 1) return 'One at a time: unmark the others (Space) and commit each.';
		const name = text(answers, 'name');
		if (name !== '' && !isReference(name))
			return 'A name has small letters, digits and . _ - / in it, and may end in :VERSION.';
		const wish = wishOf(answers);
		return 'problem' in wish ? wish.problem : undefined;
	},
	cli: ([container], answers) => (container ? lineOf(container, answers) : ''),
	run: async (container, answers, { engine, send }) => {
		const wish = wishOf(answers);
		if ('problem' in wish) throw new Error(wish.problem);
		const id = await engine.commit(container, wish);
		send({ type: 'pane-focused', pane: 'images' });
		send({ type: 'awaited', pane: 'images', id });
		return `as ${wish.reference ?? '<none>'} · ${shortId(id)} · n runs it, P pushes it`;
	},
};
