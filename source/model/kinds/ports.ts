// What the list of ports shows of them.
import { conflictOf, listenerOf } from '../port-conflicts.ts';
import { listenerName } from '../ports.ts';
import type { PortRow } from '../row.ts';
import type { State } from '../state.ts';
import { bracketed, isAny, isLoopback } from './address.ts';
import type { Kind, Tone } from './kind.ts';
import { byNumber, byText, firstBy } from './order.ts';

/** Who can reach a port, in two words. */
export const exposure = ({ use, addresses, hostPort, driver }: PortRow): string => {
	if (use === 'host') return 'host network';
	if (use === 'direct') return `own address, ${driver}`;
	if (use === 'exposed') return 'exposed, not published';
	if (use === 'wished') return hostPort === undefined ? 'takes any free one' : 'not running';
	if (addresses.some(isAny)) return 'all interfaces';
	return addresses.every(isLoopback) ? 'this host only' : addresses.join(', ');
};

const through = (first: number, count: number, last = first + count - 1): string =>
	last > first ? `${first}-${last}` : `${first}`;

/** `80`, `80-90` */
export const containerPorts = ({ containerPort, count }: PortRow): string => through(containerPort, count);

const hostPorts = ({ hostPort = 0, hostLast, count }: PortRow): string => through(hostPort, count, hostLast);

const hostSide = (row: PortRow): string => {
	const { addresses, hostPort, use } = row;
	const [address = ''] = addresses;
	if (hostPort === undefined) return use === 'wished' ? (isAny(address) ? 'any' : `${address}:any`) : '—';
	return isAny(address) ? hostPorts(row) : `${bracketed(address)}:${hostPorts(row)}`;
};

/** `web:80/tcp` */
export const portName = (row: PortRow): string =>
	`${row.containerName}:${containerPorts(row)}/${row.protocol}`;

const reach = (row: PortRow, state: State, width: number): string => {
	const conflict = conflictOf(state, row);
	if (conflict) return `${conflict.isWish ? 'wanted by' : 'taken by'} ${conflict.owner}`;
	return row.use === 'exposed' && width < 22 ? 'not published' : exposure(row);
};

const reachTone = (row: PortRow, state: State): Tone => {
	const conflict = conflictOf(state, row);
	if (conflict) return conflict.isWish ? 'busy' : 'bad';
	if (row.use !== 'published') return 'dim';
	if (row.addresses.some(isAny)) return 'busy';
	return row.addresses.every(isLoopback) ? 'good' : 'dim';
};

/** One sign beside the colour, so that neither is needed alone. */
export const portSign = (row: PortRow, state: State): { readonly sign: string; readonly tone: Tone } => {
	const tone = reachTone(row, state);
	if (tone === 'bad') return { sign: '!', tone };
	const signs = { published: '●', host: '●', direct: '◌', exposed: '○', wished: '◌' } as const;
	return { sign: signs[row.use], tone };
};

const listens = (row: PortRow, state: State): string => {
	const listener = listenerOf(state, row);
	if (!listener) return row.use === 'host' && state.ports.listeners ? 'nobody' : '';
	return listener.isEngine ? (listener.name ?? '') : listenerName(listener);
};

/** Where there is no room for the words. */
const shorter = (brief: string, width: number): string => {
	if (brief.length <= width) return brief;
	const short = brief
		.replace(/^(\d{3}) .*/, '$1')
		.replace(/ of (\d+) good$/, '/$1')
		.replace('tls expired', 'expired')
		.replace(/ (d) left$/, ' $1')
		.replace('no answer', 'silent')
		.replace('unreachable', 'no route');
	return short.length <= width ? short : (short.split(' ', 1)[0] ?? '');
};

const byName = firstBy(
	byText<PortRow>(({ containerName: name }) => name),
	byNumber(({ containerPort }) => containerPort),
);

const unpublished = 1e6;

export const ports: Kind<PortRow> = {
	title: 'Ports',
	columns: [
		{ label: 'HOST', min: 15, max: 21, rank: 1, align: 'right', cut: 'start', text: hostSide },
		{ label: '', min: 1, max: 1, rank: 1, isDim: true, text: () => '→' },
		{ label: 'CONTAINER', min: 12, max: 36, rank: 1, text: portName },
		{ label: 'REACH', min: 14, max: 26, rank: 2, text: reach, tone: reachTone },
		{
			label: 'CHECK',
			min: 8,
			max: 16,
			rank: 3,
			when: ({ ports: { checks, isChecking } }) => isChecking || checks.size > 0,
			text: ({ id }, state, width) => shorter(state.ports.checks.get(id)?.brief ?? '', width),
			tone: ({ id }, state) => state.ports.checks.get(id)?.tone,
		},
		{
			label: 'LISTENS',
			min: 14,
			max: 24,
			rank: 4,
			isDim: true,
			when: (state) => state.ports.listeners !== undefined,
			text: listens,
		},
	],
	sorts: [
		{
			id: 'port',
			label: 'host port, unpublished last',
			compare: firstBy(
				byNumber(({ hostPort }) => hostPort ?? unpublished),
				// Who would take it stands below who has it.
				firstBy(
					byNumber(({ use, hostPort }) => (use === 'wished' && hostPort !== undefined ? 1 : 0)),
					byName,
				),
			),
		},
		{ id: 'name', label: 'container', compare: byName },
	],
	searchText: (row) =>
		`${hostSide(row)} ${row.containerName} ${containerPorts(row)}/${row.protocol} ${exposure(row)}`,
	empty: 'No ports. A running container shows here what it publishes (-p in the form of n) or only exposes.',
	tabs: ['Logs', 'Stats', 'Config', 'Top', 'Diff'],
};
