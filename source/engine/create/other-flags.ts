// The rarer flags of `docker run`, which a wish holds as typed: what each takes, and where in the request it goes.
import { portRange } from './port-bindings.ts';
import { bytes, mapOf, nanoseconds, splitPair, whole } from './values.ts';

type Part = 'config' | 'host' | 'health' | 'endpoint';

export type Parts = Readonly<Record<Part, Record<string, unknown>>>;

export type OtherFlag = {
	/** `list`: it may be given more than once. `toggle`: it stands alone. */
	readonly kind: 'value' | 'list' | 'toggle';
	/** `a size, such as 64m` */
	readonly wants: string;
	readonly isRight: (value: string) => boolean;
	readonly set: (parts: Parts, values: readonly string[]) => void;
};

const last = (values: readonly string[]): string => values.at(-1) ?? '';

const any = (value: string): boolean => value !== '';

const value =
	(wants: string, isRight: (value: string) => boolean, convert: (value: string) => unknown) =>
	(part: Part, key: string): OtherFlag => ({
		kind: 'value',
		wants,
		isRight,
		set: (parts, values) => {
			parts[part][key] = convert(last(values));
		},
	});

const text = value('a value', any, (given) => given);
const number = value('a whole number', (given) => whole(given) !== undefined, whole);
const size = value('a size, such as 64m', (given) => bytes(given) !== undefined, bytes);
const duration = value('a time, such as 30s', (given) => nanoseconds(given) !== undefined, nanoseconds);
const swap = value(
	'a size, such as 1g, or -1 for no limit',
	(given) => given === '-1' || bytes(given) !== undefined,
	(given) => (given === '-1' ? -1 : bytes(given)),
);

const listOf = (
	wants: string,
	isRight: (value: string) => boolean,
	convert: (values: readonly string[]) => unknown,
	part: Part,
	key: string,
): OtherFlag => ({
	kind: 'list',
	wants,
	isRight,
	set: (parts, values) => {
		parts[part][key] = convert(values);
	},
});

const list = (part: Part, key: string): OtherFlag => listOf('a value', any, (values) => values, part, key);

const isPair = (given: string): boolean => /^[^=]+=/.test(given);

const pairs = (part: Part, key: string): OtherFlag => listOf('NAME=value', isPair, mapOf, part, key);

const toggle = (part: Part, key: string, on: unknown = true): OtherFlag => ({
	kind: 'toggle',
	wants: 'nothing',
	isRight: () => true,
	set: (parts) => {
		parts[part][key] = on;
	},
});

const ulimit = /^(\w+)=(-?\d+)(?::(-?\d+))?$/;

const ulimitOf = (given: string): unknown => {
	const [, Name, soft, hard = soft] = ulimit.exec(given) ?? [];
	return { Name, Soft: Number(soft), Hard: Number(hard) };
};

const deviceOf = (given: string): unknown => {
	const [outside = '', second, third] = given.split(':');
	const isMode = second !== undefined && third === undefined && /^[rwm]+$/.test(second);
	return {
		PathOnHost: outside,
		PathInContainer: second === undefined || isMode ? outside : second,
		CgroupPermissions: (isMode ? second : third) ?? 'rwm',
	};
};

const exposed = /^(\d+(?:-\d+)?)(?:\/(tcp|udp|sctp))?$/;

const isExposed = (given: string): boolean => portRange(exposed.exec(given)?.[1] ?? '') !== undefined;

/** `80`, `8000-8002/udp` as the ports one by one: `8000/udp` … */
const exposedPorts = (given: string): string[] => {
	const [, ports = '', protocol = 'tcp'] = exposed.exec(given) ?? [];
	const { first, last } = portRange(ports) ?? { first: 1, last: 0 };
	return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${protocol}`);
};

/** docker reads a profile from a file of the client; here it can only be one that needs no file. */
const isSecurity = (given: string): boolean =>
	any(given) && !/^seccomp[=:](?!unconfined$|builtin$|\{)/.test(given);

const setSecurity = ({ host }: Parts, values: readonly string[]): void => {
	const isPaths = (given: string): boolean => given === 'systempaths=unconfined';
	// Empty lists, not none: nothing of /proc and /sys is hidden.
	if (values.some(isPaths)) Object.assign(host, { MaskedPaths: [], ReadonlyPaths: [] });
	host.SecurityOpt = values.filter((given) => !isPaths(given));
};

const ipam = (key: string): OtherFlag => ({
	...text('endpoint', key),
	wants: 'an address',
	set: ({ endpoint }, values) => {
		endpoint.IPAMConfig = { ...(endpoint.IPAMConfig as object | undefined), [key]: last(values) };
	},
});

export const otherFlags: Readonly<Record<string, OtherFlag>> = {
	'blkio-weight': number('host', 'BlkioWeight'),
	'cgroup-parent': text('host', 'CgroupParent'),
	cgroupns: text('host', 'CgroupnsMode'),
	'cpu-period': number('host', 'CpuPeriod'),
	'cpu-quota': number('host', 'CpuQuota'),
	'cpu-shares': number('host', 'CpuShares'),
	'cpuset-cpus': text('host', 'CpusetCpus'),
	'cpuset-mems': text('host', 'CpusetMems'),
	device: listOf(
		'/dev/NAME',
		(given) => given.startsWith('/'),
		(all) => all.map(deviceOf),
		'host',
		'Devices',
	),
	'device-cgroup-rule': list('host', 'DeviceCgroupRules'),
	dns: list('host', 'Dns'),
	'dns-option': list('host', 'DnsOptions'),
	'dns-search': list('host', 'DnsSearch'),
	domainname: text('config', 'Domainname'),
	expose: {
		kind: 'list',
		wants: 'a port, such as 80 or 53/udp',
		isRight: isExposed,
		set: ({ config }, values) => {
			const ports = values.flatMap(exposedPorts).map((port) => [port, {}]);
			config.ExposedPorts = { ...(config.ExposedPorts as object | undefined), ...Object.fromEntries(ports) };
		},
	},
	'group-add': list('host', 'GroupAdd'),
	'health-cmd': value('a command', any, (given) => ['CMD-SHELL', given])('health', 'Test'),
	'health-interval': duration('health', 'Interval'),
	'health-retries': number('health', 'Retries'),
	'health-start-period': duration('health', 'StartPeriod'),
	'health-timeout': duration('health', 'Timeout'),
	ip: ipam('IPv4Address'),
	ip6: ipam('IPv6Address'),
	ipc: text('host', 'IpcMode'),
	// Its files are read by whoever makes a wish ready for the engine.
	'label-file': { ...list('config', ''), wants: 'a file', set: () => {} },
	link: list('host', 'Links'),
	'log-driver': value('a value', any, (given) => given)('host', 'LogDriver'),
	'log-opt': pairs('host', 'LogOptions'),
	'mac-address': text('config', 'MacAddress'),
	'memory-reservation': size('host', 'MemoryReservation'),
	'memory-swap': swap('host', 'MemorySwap'),
	'memory-swappiness': number('host', 'MemorySwappiness'),
	'network-alias': list('endpoint', 'Aliases'),
	'no-healthcheck': toggle('health', 'Test', ['NONE']),
	'oom-kill-disable': toggle('host', 'OomKillDisable'),
	'oom-score-adj': number('host', 'OomScoreAdj'),
	pid: text('host', 'PidMode'),
	runtime: text('host', 'Runtime'),
	'security-opt': {
		kind: 'list',
		wants: 'an option without a file, such as no-new-privileges',
		isRight: isSecurity,
		set: setSecurity,
	},
	'shm-size': size('host', 'ShmSize'),
	'stop-signal': text('config', 'StopSignal'),
	'stop-timeout': number('config', 'StopTimeout'),
	'storage-opt': pairs('host', 'StorageOpt'),
	sysctl: pairs('host', 'Sysctls'),
	ulimit: listOf(
		'NAME=soft or NAME=soft:hard',
		(given) => ulimit.test(given),
		(all) => all.map(ulimitOf),
		'host',
		'Ulimits',
	),
	userns: text('host', 'UsernsMode'),
	uts: text('host', 'UTSMode'),
	'volume-driver': text('host', 'VolumeDriver'),
	'volumes-from': list('host', 'VolumesFrom'),
};

/** Of `--name=value`, as a wish holds them. */
export const otherOf = (other: string): { readonly name: string; readonly value: string | undefined } => {
	const [name, value] = splitPair(other.replace(/^--/, ''));
	return { name, value };
};
