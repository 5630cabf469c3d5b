// The verbs that lead into a browser: to a port, or to any of the ports of a container.
import type { Container } from '../model/items.ts';
import { urlOf } from '../model/port-address.ts';
import { portRows } from '../model/port-rows.ts';
import type { Question } from '../model/question.ts';
import type { PortRow } from '../model/row.ts';
import type { State } from '../model/state.ts';
import type { Context, ItemOf, Ready, Verb } from './action.ts';

/** Of a range so many are offered. */
const most = 24;

type Choice = { readonly url: string; readonly label: string };

const choicesOf = (state: State, row: PortRow): readonly Choice[] =>
	Array.from({ length: Math.min(row.count, most) }, (_, index) => urlOf(state, row, index) ?? '').flatMap(
		(url, index) =>
			url === '' ? [] : [{ url, label: `${url}  →  ${row.containerName}:${row.containerPort + index}` }],
	);

const rowsOfContainer = (state: State, { id }: Container): readonly PortRow[] =>
	portRows(state)
		.filter(({ containerId }) => containerId === id)
		.toSorted((a, b) => (a.hostPort ?? 0) - (b.hostPort ?? 0));

/** The first URL of a container; empty where it has none. */
export const firstUrl = (container: Container, state: State): string =>
	rowsOfContainer(state, container).flatMap((row) => choicesOf(state, row))[0]?.url ?? '';

const question = (choices: readonly Choice[]): Question | Ready => {
	const [first] = choices;
	if (choices.length === 1 && first) return { answers: { url: first.url } };
	return {
		title: 'Open which port?',
		body: [],
		fields: [
			{
				kind: 'choice',
				id: 'url',
				label: 'port',
				value: first?.url ?? '',
				options: choices.map(({ url, label }) => ({ value: url, label })),
			},
		],
		yes: 'open',
		isDestructive: false,
	};
};

const browse = async (url: string, { host }: Context): Promise<string> => {
	if (await host.open(url)) return `opened ${url}`;
	host.copy(url);
	return `there is none here, so the address was copied: ${url}`;
};

const opening = <Kind extends 'port' | 'container'>(
	scope: Kind,
	rowsOf: (state: State, item: ItemOf[Kind]) => readonly PortRow[],
	reason: (state: State, item: ItemOf[Kind]) => string,
): Verb<Kind> => ({
	id: `${scope}.open`,
	scope,
	keys: ['w'],
	title: 'Open in the browser',
	help: 'The address of a published port, all of them to choose from; over ssh it is copied instead.',
	isChanging: false,
	on: 'all',
	doing: 'opening',
	done: 'browser:',
	whyNot: (item, state) =>
		rowsOf(state, item).some((row) => urlOf(state, row) !== undefined) ? undefined : reason(state, item),
	ask: (items, { state }) =>
		question(items.flatMap((item) => rowsOf(state(), item).flatMap((row) => choicesOf(state(), row)))),
	cli: () => '',
	run: (_, { url }, context) => browse(String(url), context),
});

export const openPortVerb = opening(
	'port',
	(_, row) => [row],
	(_, { containerName, containerPort, protocol, use }) =>
		protocol === 'tcp'
			? use === 'exposed'
				? `${containerName} does not publish ${containerPort}: p publishes it.`
				: `Nothing of ${containerName}:${containerPort} is reached from here now.`
			: `A browser does not speak ${protocol}.`,
);

export const openContainerVerb = opening(
	'container',
	rowsOfContainer,
	(_, { name }) => `${name} publishes no port that a browser could open now.`,
);
