// What the list of ports shows of them.
import { conflictOf, listenerOf } from '../port-conflicts.ts';
import type { WithPorts } from '../port-rows.ts';
import { listenerName } from '../ports.ts';
import type { PortRow } from '../row.ts';
import { shorten, width as textWidth } from '../text.ts';
import { bracketed, isAny, isLoopback } from './address.ts';
import type { Kind, Tone } from './kind.ts';
import { byNumber, byText, firstBy } from './order.ts';

/** Who can reach a port, in two words. */
export const exposure = ({ use, addresses, hostPort, driver }: PortRow): string => {
	if (use === 'host') return 'host network';
	if (use === 'direct') return `own address, ${driver}`;
	if (use === 'cut-off') return 'not reachable: no network';
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

/** Of a long name the middle goes, so that the port is seen. */
const shortName = (row: PortRow, width: number): string => {
	const port = `:${containerPorts(row)}`;
	const tail = row.protocol === 'tcp' ? port : `${port}/${row.protocol}`;
	const wordings = [portName(row), `${row.containerName}${tail}`];
	return (
		wordings.find((wording) => textWidth(wording) <= width) ??
		`${shorten(row.containerName, Math.max(3, width - tail.length), 'middle')}${tail}`
	);
};

/** On the network of the host, and nobody listens: the port is not in use. */
const isUnheard = (row: PortRow, state: WithPorts): boolean =>
	row.use === 'host' && state.ports.listeners !== undefined && listenerOf(state, row) === undefined;

/** Who can reach a port, or why nobody can. */
export const reach = (row: PortRow, state: WithPorts, width = Number.POSITIVE_INFINITY): string => {
	const conflict = conflictOf(state, row);
	if (conflict) return `${conflict.isWish ? 'wanted by' : 'taken by'} ${conflict.owner}`;
	if (isUnheard(row, state)) return width < 20 ? 'nobody listens' : 'host, nobody listens';
	if (row.use === 'exposed' && width < 22) return 'not published';
	return row.use === 'cut-off' && width < 25 ? 'no network' : exposure(row);
};

const reachTone = (row: PortRow, state: WithPorts): Tone => {
	const conflict = conflictOf(state, row);
	if (conflict) return conflict.isWish ? 'busy' : 'bad';
	if (row.use !== 'published') return 'dim';
	if (row.addresses.some(isAny)) return 'busy';
	return row.addresses.every(isLoopback) ? 'good' : 'dim';
};

/** One sign beside the colour, so that neither is needed alone. */
export const portSign = (row: PortRow, state: WithPorts): { readonly sign: string; readonly tone: Tone } => {
	const tone = reachTone(row, state);
	if (tone === 'bad') return { sign: '!', tone };
	const signs = {
		published: '●',
		host: isUnheard(row, state) ? '○' : '●',
		direct: '◌',
		exposed: '○',
		wished: '◌',
		'cut-off': '○',
	} as const;
	return { sign: signs[row.use], tone };
};

const listens = (row: PortRow, state: WithPorts): string => {
	const listener = listenerOf(state, row);
	if (!listener) return '';
	return listener.isEngine ? (listener.name ?? '') : listenerName(listener);
};

/** Where there is no room for the words. */
const shorter = (brief: string, width: number): string => {
	if (brief.length <= width) return brief;
	const short = brief
		.replace(/^\d{3} untrusted$/, 'no trust')
		.replace(/^(\d{3}) .*/, '$1')
		.replace(/ of (\d+) good$/, '/$1')
		.replace(/ of (\d+) looked at$/, '/$1 seen')
		.replace('tls not yet valid', 'not yet')
		.replace('tls untrusted', 'no trust')
		.replace('tls refused', 'no tls')
		.replace('wants a cert', 'mTLS')
		.replace('tls expired', 'expired')
		.replace(/ (d) left$/, ' $1')
		.replace('no answer', 'silent')
		.replace('unreachable', 'no route');
	return short.length <= width ? short : (short.split(' ', 1)[0] ?? '');
};

/** `9005`, `ftp:85`: one of a range is not written anywhere. */
const isInRange = (row: PortRow, word: string): boolean => {
	const [, name = '', digits] = /^(?:(.*):)?(\d{1,5})(?:\/\w*)?$/.exec(word) ?? [];
	if (digits === undefined) return false;
	const { containerName, containerPort, hostPort, hostLast, count } = row;
	const isWithin = (first: number, last = first + count - 1): boolean =>
		Number(digits) >= first && Number(digits) <= last;
	return (
		(isWithin(containerPort) && containerName.toLowerCase().includes(name)) ||
		(name === '' && hostPort !== undefined && isWithin(hostPort, hostLast))
	);
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
		{
			label: 'CONTAINER',
			min: 11,
			max: 36,
			rank: 1,
			text: (row, _, width) => shortName(row, width),
		},
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
	searchText: (row, state) =>
		[
			hostSide(row),
			portName(row),
			exposure(row),
			reach(row, state),
			listens(row, state),
			state.ports.checks.get(row.id)?.brief ?? '',
		].join(' '),
	isFound: isInRange,
	empty: 'No ports. A running container shows here what it publishes (-p in the form of n) or only exposes.',
	tabs: ['Logs', 'Stats', 'Config', 'Top', 'Diff'],
};
