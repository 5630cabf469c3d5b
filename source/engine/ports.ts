// The ports of a listed container: sorted, because the engine's order is not stable, and each only once.
import type { Port, Protocol } from '../model/items.ts';
import { type Json, number, text } from './json.ts';

export function ports(listed: readonly Json[]): Port[] {
	const all = listed.map(port);
	const isTwin = (one: Port): boolean =>
		one.address === '::' && all.some((other) => other.address === '0.0.0.0' && key(other) === key(one));
	const single = new Map(all.filter((one) => !isTwin(one)).map((one) => [`${key(one)} ${one.address}`, one]));
	return [...single.values()].sort(
		(a, b) =>
			a.containerPort - b.containerPort ||
			compare(a.protocol, b.protocol) ||
			(a.hostPort ?? 0) - (b.hostPort ?? 0) ||
			compare(a.address, b.address),
	);
}

function port(listed: Json): Port {
	const hostPort = number(listed.PublicPort);
	return {
		address: hostPort ? text(listed.IP) : '',
		...(hostPort && { hostPort }),
		containerPort: number(listed.PrivatePort),
		protocol: protocol(text(listed.Type)),
	};
}

const protocol = (type: string): Protocol => (type === 'udp' || type === 'sctp' ? type : 'tcp');

const key = (port: Port): string => `${port.containerPort}/${port.protocol} ${port.hostPort}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
