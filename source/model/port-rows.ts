// The rows of the list of ports: of each container what it has or would take, twins and ranges of ports in one row.
import { type Container, isUp, type Port } from './items.ts';
import type { ExposedPort, PlannedPort, PortPlan } from './ports.ts';
import { remember } from './remember.ts';
import type { PortRow, PortUse } from './row.ts';
import type { State } from './state.ts';

/** So many that follow one another are a range. */
const leastOfRange = 3;

/** Their containers have addresses of their own, and nothing is published. */
export const isDirectDriver = (driver: string | undefined): boolean =>
	driver === 'macvlan' || driver === 'ipvlan';

export const networksOf = ({ network = '' }: Container): readonly string[] => network.split(', ');

export const hasHostNetwork = ({ network }: Container): boolean => network === 'host';

export const hasNoNetwork = ({ network }: Container): boolean => network === 'none';

type Single = Omit<PlannedPort, 'address'> & { readonly addresses: readonly string[] };

/** A port that is published on several addresses is one. */
const withTwins = (ports: readonly PlannedPort[]): Single[] => {
	const singles = new Map<string, Single>();
	for (const { address, ...port } of ports) {
		const key = `${port.hostPort ?? ''}-${port.hostLast ?? ''}:${port.containerPort}/${port.protocol}`;
		const before = singles.get(key)?.addresses ?? [];
		singles.set(key, { ...port, addresses: before.includes(address) ? before : [...before, address] });
	}
	return [...singles.values()];
};

/** Ports of one range have all of it in common. */
const rangeKey = ({ hostPort, hostLast, containerPort, protocol, addresses }: Single): string =>
	[
		protocol,
		addresses.join(' '),
		hostPort === undefined ? '' : hostPort - containerPort,
		hostLast ?? '',
	].join('|');

type Ranged = Single & { readonly count: number };

const withRanges = (ports: readonly Single[]): Ranged[] => {
	const groups = new Map<string, Single[]>();
	for (const port of ports) {
		const key = rangeKey(port);
		const group = groups.get(key);
		if (group) group.push(port);
		else groups.set(key, [port]);
	}
	return [...groups.values()].flatMap((group) => {
		if (group.length < leastOfRange || group[0]?.hostLast !== undefined)
			return group.map((port) => ({ ...port, count: 1 }));
		const sorted = group.toSorted((a, b) => a.containerPort - b.containerPort);
		const ranges: Single[][] = [];
		for (const port of sorted) {
			const range = ranges.at(-1);
			if (range && range.at(-1)?.containerPort === port.containerPort - 1) range.push(port);
			else ranges.push([port]);
		}
		return ranges.flatMap((range) =>
			range.length < leastOfRange
				? range.map((port) => ({ ...port, count: 1 }))
				: range.slice(0, 1).map((port) => ({ ...port, count: range.length })),
		);
	});
};

const rows = (
	{ id, name }: Container,
	use: PortUse,
	ports: readonly PlannedPort[],
	driver?: string,
): PortRow[] =>
	withRanges(withTwins(ports)).map(({ addresses, ...port }) => ({
		kind: 'port',
		id: `${id}:${port.hostPort ?? ''}${port.hostLast === undefined ? '' : `-${port.hostLast}`}:${port.containerPort}/${port.protocol}`,
		containerId: id,
		containerName: name,
		use,
		addresses: use === 'published' || use === 'wished' ? addresses : [],
		...port,
		...(driver === undefined ? {} : { driver }),
	}));

const bare = (port: ExposedPort): PlannedPort => ({ ...port, address: '' });

const isPublished = ({ hostPort }: Port): boolean => hostPort !== undefined;

/** Of a container in a network in which nothing is published, whether it runs or not. */
const directRows = (
	container: Container,
	{ exposed = [], wishes = [] }: Partial<PortPlan>,
	drivers: State['ports']['drivers'],
): PortRow[] | undefined => {
	const direct = networksOf(container).find((name) => isDirectDriver(drivers.get(name)));
	if (direct === undefined || container.ports.some(isPublished)) return undefined;
	const all = [...container.ports, ...exposed, ...wishes].map(({ containerPort, protocol }) =>
		bare({ containerPort, protocol }),
	);
	return rows(container, 'direct', all, drivers.get(direct));
};

/** Of a container that is up and has no network of its own in which anything is published. */
const sharedRows = (
	container: Container,
	plan: Partial<PortPlan>,
	drivers: State['ports']['drivers'],
): PortRow[] | undefined => {
	const { exposed = [] } = plan;
	if (hasHostNetwork(container))
		return rows(
			container,
			'host',
			exposed.map((port) => ({ ...bare(port), hostPort: port.containerPort })),
		);
	if (hasNoNetwork(container)) return rows(container, 'cut-off', exposed.map(bare));
	return directRows(container, plan, drivers);
};

const rowsOfOne = (
	container: Container,
	plan: PortPlan | undefined,
	drivers: State['ports']['drivers'],
): readonly PortRow[] => {
	const { ports } = container;
	if (!isUp(container))
		return plan && !/^(host|none)$|^container:/.test(plan.network)
			? (directRows(container, plan, drivers) ?? rows(container, 'wished', plan.wishes))
			: [];
	const exposed = ports.filter((port) => !isPublished(port));
	return (
		sharedRows(container, plan ?? {}, drivers) ?? [
			...rows(container, 'published', ports.filter(isPublished)),
			...rows(container, 'exposed', exposed),
		]
	);
};

/** All that ports are derived from. */
export type WithPorts = Pick<State, 'containers' | 'ports'>;

type Known = {
	readonly plan: PortPlan | undefined;
	readonly drivers: State['ports']['drivers'];
	readonly rows: readonly PortRow[];
};

/** An event changes one container of thousands: the rows of the others are as they were. */
const known = new WeakMap<Container, Known>();

const all = remember(
	(
		containers: State['containers'],
		plans: State['ports']['plans'],
		drivers: State['ports']['drivers'],
		showsStopped: boolean,
	): readonly PortRow[] => {
		const found: PortRow[] = [];
		for (const container of containers.values()) {
			if (!showsStopped && !isUp(container)) continue;
			const plan = plans.get(container.id);
			const past = known.get(container);
			const isSame = past?.plan === plan && past?.drivers === drivers;
			const own = past && isSame ? past.rows : rowsOfOne(container, plan, drivers);
			if (!isSame) known.set(container, { plan, drivers, rows: own });
			for (const row of own) found.push(row);
		}
		return found;
	},
);

export const portRows = ({ containers, ports, showsStopped }: State): readonly PortRow[] =>
	all(containers, ports.plans, ports.drivers, showsStopped);

/** With those of stopped containers, whether they are shown or not. */
export const allPortRows = ({ containers, ports }: WithPorts): readonly PortRow[] =>
	all(containers, ports.plans, ports.drivers, true);

const byId = remember(
	(rows: readonly PortRow[]): ReadonlyMap<string, PortRow> => new Map(rows.map((row) => [row.id, row])),
);

/** `4f2a…:80/tcp`: what a row stands for whatever port of the host it has, also as one of a range. */
export const isRowOfPort = (row: PortRow, awaited: string): boolean => {
	const [id, port = ''] = awaited.split(':');
	const [number, protocol] = port.split('/');
	const offset = Number(number) - row.containerPort;
	return row.containerId === id && row.protocol === protocol && offset >= 0 && offset < row.count;
};

export const portRowById = (state: State, id: string): PortRow | undefined => byId(portRows(state)).get(id);

/** Somebody may answer there now, on the host. */
export const isReached = (row: PortRow | undefined): boolean =>
	row?.use === 'published' || row?.use === 'host';
