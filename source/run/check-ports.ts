// Whether the host ports of a wish are free, who has them if not, and which is.
import { pairsOf, portRange } from '../engine/create/port-bindings.ts';
import { isUp, type Port } from '../model/items.ts';
import { overlap } from '../model/kinds/address.ts';
import { listenerName } from '../model/ports.ts';
import type { RunWish } from '../model/run.ts';
import type { CheckContext } from './context.ts';

type PortContext = Pick<CheckContext, 'containers' | 'listeners' | 'replaces'>;

/** `from` itself, or the next one that nobody has. */
export const nextFreePort = (from: number, taken: { has: (port: number) => boolean }): number | undefined => {
	for (let port = Math.max(1, from); port <= 65_535; port++) if (!taken.has(port)) return port;
	return undefined;
};

/** Every port of the host that is published by a container that runs. */
export const publishedPorts = ({
	containers,
	replaces,
}: PortContext): (Port & { readonly owner: string; readonly hostPort: number })[] =>
	[...containers.values()]
		.filter((container) => isUp(container) && container.id !== replaces)
		.flatMap(({ name, ports }) =>
			ports.flatMap((port) =>
				port.hostPort === undefined ? [] : [{ ...port, hostPort: port.hostPort, owner: name }],
			),
		);

/** One that is neither published, nor a program's, nor in the wish. */
export const freePort = (from: number, wish: RunWish, context: PortContext): number | undefined =>
	nextFreePort(
		from,
		new Set([
			...publishedPorts(context).map(({ hostPort }) => hostPort),
			...(context.listeners ?? []).map(({ port }) => port),
			...wish.ports.flatMap((port) => pairsOf(port).map(({ host }) => Number(host))),
		]),
	);

export const portTaken = (wish: RunWish, context: PortContext): string | undefined => {
	// On the network of the host or of another container nothing is published.
	if (/^(host|none)$|^container:/.test(wish.networks[0] ?? '')) return undefined;
	// Ranges may have every port there is.
	const published = new Map<number, ReturnType<typeof publishedPorts>>();
	for (const one of publishedPorts(context))
		published.set(one.hostPort, [...(published.get(one.hostPort) ?? []), one]);
	const everyPublished = new Set(
		publishedPorts({ containers: context.containers }).map(
			({ hostPort, protocol }) => `${hostPort}/${protocol}`,
		),
	);
	const seen = new Map<string, string[]>();
	for (const port of wish.ports) {
		const { address = '', protocol } = port;
		const ownerOf = (host: number): string | undefined =>
			published.get(host)?.find((one) => one.protocol === protocol && overlap(one.address, address))?.owner;
		for (const { host } of pairsOf(port)) {
			const range = host === '' ? undefined : portRange(host);
			if (range === undefined) continue;
			const { first, last } = range;
			if (last > first) {
				const all = Array.from({ length: last - first + 1 }, (_, index) => first + index);
				if (all.every((one) => ownerOf(one) !== undefined))
					return `All ports of ${host} are taken by containers that run.`;
				continue;
			}
			const advised = (sentence: string): string => {
				const free = freePort(first + 1, wish, context);
				return `${sentence}${free === undefined ? '' : `: ${free} is free`}.`;
			};
			const before = seen.get(`${host}/${protocol}`) ?? [];
			if (before.some((other) => overlap(other, address)))
				return advised(`Port ${host} is published twice here`);
			seen.set(`${host}/${protocol}`, [...before, address]);
			const owner = ownerOf(first);
			if (owner !== undefined) return advised(`Port ${host} is taken by ${owner}`);
			const program = listenerOn(first, port, context, everyPublished);
			if (program !== undefined) return advised(`Port ${host} is taken by ${program}`);
		}
	}
	return undefined;
};

/** Who listens there outside of our containers. */
const listenerOn = (
	host: number,
	{ address = '', protocol }: RunWish['ports'][number],
	{ listeners = [] }: PortContext,
	published: ReadonlySet<string>,
): string | undefined => {
	// What a container publishes, its engine listens on; not everybody may see that it is the engine.
	const isPublished = published.has(`${host}/${protocol}`);
	const found = listeners.find(
		(one) =>
			one.port === host &&
			one.protocol === protocol &&
			overlap(one.address, address) &&
			!(isPublished && (one.isEngine || one.pid === undefined)),
	);
	return found && listenerName(found);
};
