// Of the table of verbs: what can be done with a port.
import { containerPorts, portName } from '../model/kinds/ports.ts';
import { hostText, placeOf, urlOf } from '../model/port-address.ts';
import { conflictOf } from '../model/port-conflicts.ts';
import type { PortRow } from '../model/row.ts';
import type { State } from '../model/state.ts';
import { shellWord } from '../model/words.ts';
import { publishing } from '../run/publish.ts';
import type { Verb } from './action.ts';
import { openPortVerb } from './browse.ts';
import { checkCard } from './check-card.ts';
import { copyVerb } from './copy.ts';

/** Where a client on this machine finds it; empty: nowhere. */
const address = (row: PortRow, state: State): string => {
	const place = placeOf(state, row);
	return 'why' in place ? '' : hostText(place);
};

const containerOf = ({ containerId, containerName }: PortRow) => ({ id: containerId, name: containerName });

const isFree = (row: PortRow, state: State): boolean =>
	row.use === 'exposed' || conflictOf(state, row) !== undefined;

const publishVerb: Verb<'port'> = {
	id: 'port.publish',
	scope: 'port',
	isChanging: true,
	on: 'each',
	keys: ['p'],
	title: 'Publish it',
	hint: 'publish',
	help: 'Makes the container anew with -p: what is only exposed on a free port of the host, what is taken on another one.',
	doing: 'publishing',
	done: 'published',
	whyNot: (row, state) => {
		if (isFree(row, state)) return undefined;
		if (row.use === 'published') return `${portName(row)} is published already.`;
		if (row.use === 'wished') return `${portName(row)} is published as soon as ${row.containerName} runs.`;
		return `${row.containerName} has no network of its own to publish from.`;
	},
	ask: async ([row], { engine, runs, state }) => {
		if (!row) return undefined;
		const question = await runs.recreateForm(engine, containerOf(row), (wish) =>
			publishing(state(), row)(wish),
		);
		return { ...question, title: `Publish ${portName(row)}: ${row.containerName} is made anew` };
	},
	revise: ({ state, send, runs }, question) => {
		const { overlay } = state();
		const [id = ''] = overlay?.type === 'question' ? overlay.itemIds : [];
		const next = runs.compared(question, id.split(':', 1)[0] ?? '');
		if (next !== question) send({ type: 'revised', question: next });
	},
	check: (answers, rows, _, { runs }) =>
		rows.length > 1
			? 'One at a time: unmark the others (Space) and publish each.'
			: runs.recreateProblem(answers, rows[0]?.containerId ?? ''),
	cli: ([row], answers) =>
		`docker rm -f ${shellWord(row?.containerName ?? '')} && ${answers.line ?? 'docker run -p …'}`,
	run: async (row, answers, { engine, runs, send }) => {
		const id = await runs.recreate(engine, containerOf(row), answers);
		if (id === undefined) return undefined;
		const { containerPort, protocol } = row;
		send({ type: 'awaited', pane: 'ports', id: `${id}:${containerPort}/${protocol}` });
		return undefined;
	},
};

const checkVerb: Verb<'port'> = {
	id: 'port.check',
	scope: 'port',
	isChanging: false,
	on: 'all',
	keys: ['enter'],
	title: 'Check the port',
	hint: 'check',
	help: 'Connects once: does it accept, answer over HTTP or TLS, until when is its certificate good; 3 seconds at most.',
	doing: 'checking',
	done: 'checked',
	cli: () => '',
	run: async (row, _, context, rows) => {
		const { checks } = context;
		if (rows.length === 1) return checkCard(row, context);
		const found = await Promise.all(rows.map((each) => checks.check(each, new AbortController().signal)));
		return rows.map((each, index) => `${portName(each)} ${found[index]?.brief ?? ''}`.trim()).join(', ');
	},
};

const switchVerb: Verb<'port'> = {
	id: 'port.check-by-itself',
	scope: 'port',
	isChanging: false,
	on: 'none',
	keys: ['C'],
	title: 'Check what is in view by itself',
	help: 'On and off. The published ports on screen, four at once, and again only after something happened to them.',
	doing: 'switching',
	done: 'checks of the ports in view are',
	cli: () => '',
	run: async (_, __, { send, state }) => {
		const isOn = !state().ports.isChecking;
		send({ type: 'checking-switched', isOn });
		return isOn ? 'on' : 'off';
	},
};

export const portVerbs: readonly Verb<'port'>[] = [
	checkVerb,
	publishVerb,
	openPortVerb,
	switchVerb,
	copyVerb('port', {
		url: (port, state) => urlOf(state, port) ?? '',
		address: (port, state) => address(port, state) || `${containerPorts(port)}/${port.protocol}`,
		curl: (port, state) => {
			const url = urlOf(state, port);
			return url === undefined ? '' : `curl -i ${url.startsWith('https') ? '-k ' : ''}${url}`;
		},
		docker: ({ containerName, containerPort, protocol }) =>
			`docker port ${shellWord(containerName)} ${containerPort}/${protocol}`,
	}),
];
