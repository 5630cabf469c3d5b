// What the list of containers shows of them.
import { type Container, isUp } from '../items.ts';
import type { WithPorts } from '../port-rows.ts';
import type { PlannedPort } from '../ports.ts';
import type { State } from '../state.ts';
import { brief, memoryBrief, percent, shortId, status } from '../words.ts';
import { isLoopback } from './address.ts';
import type { Kind } from './kind.ts';
import { byNumber, byText, firstBy } from './order.ts';

const portText = ({ address, hostPort, hostLast, containerPort, protocol }: PlannedPort): string => {
	const inside = protocol === 'tcp' ? `${containerPort}` : `${containerPort}/${protocol}`;
	if (hostPort === undefined) return inside;
	const through = hostLast === undefined ? `${hostPort}` : `${hostPort}-${hostLast}`;
	const host = isLoopback(address) ? `lo:${through}` : through;
	return hostPort === containerPort && protocol === 'tcp' ? host : `${host}→${inside}`;
};

/** What it has, or would have if it ran. */
const portsText = (container: Container, state: WithPorts): string => {
	const plan = isUp(container) ? undefined : state.ports.plans.get(container.id);
	const published = [...(plan?.wishes ?? container.ports)]
		.filter(({ hostPort }) => hostPort !== undefined)
		.sort(byNumber(({ hostPort = 0 }) => hostPort));
	return [...new Set(published.map(portText))].join(' ');
};

const latest = (state: State, id: string) => state.known.samples.get(id)?.at(-1);

const stateOrder = ['running', 'paused', 'restarting', 'removing', 'created', 'exited', 'dead'];
const newestContainer = byNumber<Container>(({ createdAt }) => -createdAt);
const containerName = byText<Container>(({ name }) => name);

/** Where it does not fit, what says least goes first: `:latest`, the registry, the folders. */
const shortImage = (image: string, width: number): string => {
	if (image.startsWith('sha256:')) return shortId(image);
	const bare = image.replace(/:latest$/, '');
	const local = bare.replace(/^[^/]*[.:][^/]*\//, '');
	const last = local.slice(local.lastIndexOf('/') + 1);
	return [image, bare, local].find(({ length }) => length <= width) ?? last;
};

/** Docker's words for as long as there is room; then the health goes (the sign has it), then the units, then the age. */
const shortened = (words: string, width: number): string => {
	const bare = words.replace(/ \((healthy|unhealthy|health: starting|Paused)\)$/, '');
	const wordings = [
		words,
		bare,
		brief(bare),
		brief(bare).replace(/ ago$/, ''),
		bare.replace(/^(\w+ \(\d+\)).*/, '$1'),
	];
	return wordings.find(({ length }) => length <= width) ?? brief(bare);
};

export const containers: Kind<Container> = {
	title: 'Containers',
	columns: [
		{ label: 'NAME', min: 10, max: 30, rank: 1, text: ({ name }) => name },
		{
			label: 'IMAGE',
			min: 8,
			max: 28,
			rank: 6,
			cut: 'middle',
			isDim: true,
			text: ({ image }, _, width) => shortImage(image, width),
		},
		{
			label: 'STATUS',
			min: 16,
			max: 36,
			rank: 2,
			text: (container, state, width) => {
				const busy = state.busy.get(container.id);
				if (busy !== undefined) return busy;
				return shortened(status(container, state.known.containers.get(container.id), state.now), width);
			},
		},
		{
			label: 'PORTS',
			min: 7,
			max: 24,
			rank: 4,
			text: portsText,
			tone: (container) => (isUp(container) ? undefined : 'dim'),
		},
		{
			label: 'CPU',
			min: 5,
			max: 5,
			rank: 3,
			align: 'right',
			text: ({ id, state: is }, state) =>
				is === 'running' ? ((cpu) => (cpu === undefined ? '' : percent(cpu)))(latest(state, id)?.cpu) : '',
		},
		{
			label: 'MEM',
			min: 5,
			max: 5,
			rank: 5,
			align: 'right',
			text: ({ id, state: is }, state) => {
				const sample = is === 'running' || is === 'paused' ? latest(state, id) : undefined;
				return sample ? memoryBrief(sample.memory) : '';
			},
		},
	],
	sorts: [
		{ id: 'created', label: 'newest first', compare: firstBy(newestContainer, containerName) },
		{ id: 'name', label: 'name', compare: containerName },
		{
			id: 'state',
			label: 'state, running first',
			compare: firstBy(
				byNumber(({ state }) => stateOrder.indexOf(state)),
				firstBy(newestContainer, containerName),
			),
		},
		{
			id: 'image',
			label: 'image',
			compare: firstBy(
				byText(({ image }) => image),
				containerName,
			),
		},
	],
	searchText: (container, known) => {
		const { name, image, id, state, status: words, ports, project, health } = container;
		const listed = ports.map(portText);
		return [
			...[name, image, shortId(id), state, words, health, project],
			...listed,
			portsText(container, known),
		].join(' ');
	},
	empty: 'No containers yet. n runs one from an image, and pulls it first if it is not here.',
	tabs: ['Logs', 'Stats', 'Config', 'Top', 'Diff'],
};
