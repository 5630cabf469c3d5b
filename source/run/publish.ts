// A wish with one port more on the host, or with a port that is free instead of one that somebody has.
import { freePorts } from '../model/port-conflicts.ts';
import type { PortRow } from '../model/row.ts';
import type { PortWish, RunWish } from '../model/run.ts';
import type { State } from '../model/state.ts';
import { usualHostPort } from './suggested.ts';

/** `80`, `8000-8010` */
const through = (first: number, count: number): string =>
	count > 1 ? `${first}-${first + count - 1}` : `${first}`;

/** The first port of the host to offer for a row; undefined where none is free. */
export const offeredPort = (state: State, row: PortRow): number | undefined => {
	const { hostPort, containerPort, count, protocol } = row;
	const from = hostPort === undefined ? (count > 1 ? containerPort : usualHostPort(containerPort)) : hostPort;
	return freePorts(state, from, protocol, count);
};

export const publishing =
	(state: State, row: PortRow) =>
	(wish: RunWish): RunWish => {
		const { containerPort, count, protocol, hostPort } = row;
		const free = offeredPort(state, row);
		const port: PortWish = {
			container: through(containerPort, count),
			protocol,
			...(free === undefined ? {} : { host: through(free, count) }),
		};
		const isReplaced = (other: PortWish): boolean => {
			const offset = Number(other.container) - containerPort;
			return (
				hostPort !== undefined &&
				other.protocol === protocol &&
				offset >= 0 &&
				offset < count &&
				Number.parseInt(other.host ?? '', 10) === hostPort + offset
			);
		};
		const replaced = wish.ports.find(isReplaced);
		const ports = wish.ports.filter((other) => !isReplaced(other));
		return {
			...wish,
			ports: [...ports, { ...(replaced?.address && { address: replaced.address }), ...port }],
		};
	};
