// What the list of ports shows of them.
import type { PortRow } from '../row.ts';
import { isAny, isLoopback } from './address.ts';
import type { Kind } from './kind.ts';
import { byNumber, byText, firstBy } from './order.ts';

/** Who can reach a published port, in two words. */
export const exposure = ({ addresses, hostPort }: PortRow): string => {
	if (hostPort === undefined) return 'exposed, not published';
	if (addresses.some(isAny)) return 'all interfaces';
	return addresses.every(isLoopback) ? 'this host only' : addresses.join(', ');
};

const hostSide = ({ addresses, hostPort }: PortRow): string => {
	if (hostPort === undefined) return '—';
	const [address = ''] = addresses;
	if (isAny(address)) return `${hostPort}`;
	return address.includes(':') ? `[${address}]:${hostPort}` : `${address}:${hostPort}`;
};

export const ports: Kind<PortRow> = {
	title: 'Ports',
	columns: [
		{ label: 'HOST', min: 14, max: 21, rank: 1, align: 'right', cut: 'start', text: hostSide },
		{ label: '', min: 1, max: 1, rank: 1, isDim: true, text: () => '→' },
		{
			label: 'CONTAINER',
			min: 14,
			max: 36,
			rank: 1,
			text: ({ containerName: name, containerPort, protocol }) => `${name}:${containerPort}/${protocol}`,
		},
		{
			label: 'REACH',
			min: 14,
			max: 22,
			rank: 2,
			isDim: true,
			text: (row, _, width) => (row.hostPort === undefined && width < 22 ? 'not published' : exposure(row)),
		},
	],
	sorts: [
		{
			id: 'port',
			label: 'host port, unpublished last',
			compare: firstBy(
				byNumber(({ hostPort }) => hostPort ?? 1e6),
				firstBy(
					byText(({ containerName: name }) => name),
					byNumber(({ containerPort }) => containerPort),
				),
			),
		},
		{
			id: 'name',
			label: 'container',
			compare: firstBy(
				byText(({ containerName: name }) => name),
				byNumber(({ containerPort }) => containerPort),
			),
		},
	],
	searchText: (row) =>
		`${hostSide(row)} ${row.containerName} ${row.containerPort}/${row.protocol} ${exposure(row)}`,
	empty: 'No ports. A running container shows here what it publishes (-p in the form of n) or only exposes.',
	tabs: ['Logs', 'Stats', 'Config', 'Top', 'Diff'],
};
