// The rarer flags that an existing container could have come from: what differs from what an engine does unasked.
import { shellWord } from '../../model/words.ts';
import { type Json, number, record, records, text, texts } from '../json.ts';
import { aliasesOf, sizeText } from './read-values.ts';

/** `base`: the configuration of its image. */
export const othersOf = (container: Json, base: Json): string[] => {
	const config = record(container.Config);
	const host = record(container.HostConfig);
	const one = (name: string, value: string, usual = ''): string[] =>
		value === '' || value === usual ? [] : [`--${name}=${value}`];
	const count = (name: string, value: unknown): string[] =>
		number(value) === 0 ? [] : [`--${name}=${value}`];
	const many = (name: string, values: readonly string[]): string[] =>
		values.map((value) => `--${name}=${value}`);
	const pairs = (name: string, map: unknown): string[] =>
		Object.entries(record(map)).map(([key, value]) => `--${name}=${key}=${text(value)}`);
	const size = (name: string, value: unknown, usual = 0): string[] =>
		number(value) === 0 || number(value) === usual
			? []
			: [`--${name}=${number(value) < 0 ? -1 : sizeText(number(value))}`];
	return [
		...many('expose', exposedOf(container, base)),
		...one('domainname', text(config.Domainname)),
		...one('mac-address', text(config.MacAddress)),
		...one('stop-signal', text(config.StopSignal), text(base.StopSignal)),
		...(typeof config.StopTimeout === 'number' ? [`--stop-timeout=${config.StopTimeout}`] : []),
		...healthOf(record(config.Healthcheck), record(base.Healthcheck)),
		...endpointOf(container),
		...many('link', texts(host.Links).map(linkText)),
		...many('dns', texts(host.Dns)),
		...many('dns-option', texts(host.DnsOptions)),
		...many('dns-search', texts(host.DnsSearch)),
		...many('volumes-from', texts(host.VolumesFrom)),
		...one('volume-driver', text(host.VolumeDriver)),
		...logOf(record(host.LogConfig)),
		...size('shm-size', host.ShmSize, 64 << 20),
		// The engine takes twice the memory, unasked.
		...size('memory-swap', host.MemorySwap, number(host.Memory) * 2),
		...size('memory-reservation', host.MemoryReservation),
		...(typeof host.MemorySwappiness === 'number' && host.MemorySwappiness >= 0
			? [`--memory-swappiness=${host.MemorySwappiness}`]
			: []),
		...(host.OomKillDisable === true ? ['--oom-kill-disable'] : []),
		...count('oom-score-adj', host.OomScoreAdj),
		...count('cpu-shares', host.CpuShares),
		...count('cpu-period', host.CpuPeriod),
		...count('cpu-quota', host.CpuQuota),
		...count('blkio-weight', host.BlkioWeight),
		...one('cpuset-cpus', text(host.CpusetCpus)),
		...one('cpuset-mems', text(host.CpusetMems)),
		...one('cgroup-parent', text(host.CgroupParent)),
		...one('ipc', text(host.IpcMode), 'private'),
		...one('pid', text(host.PidMode)),
		...one('uts', text(host.UTSMode)),
		...one('userns', text(host.UsernsMode)),
		...one('runtime', text(host.Runtime), 'runc'),
		...many('group-add', texts(host.GroupAdd)),
		...many('device', records(host.Devices).map(deviceText)),
		...many('device-cgroup-rule', texts(host.DeviceCgroupRules)),
		...many('ulimit', records(host.Ulimits).map(ulimitText)),
		...pairs('sysctl', host.Sysctls),
		...pairs('storage-opt', host.StorageOpt),
		...many('security-opt', securityOf(host)),
	];
};

/** Neither of the image nor published, which exposes, too. */
const exposedOf = (container: Json, base: Json): string[] => {
	const published = record(record(container.HostConfig).PortBindings);
	return Object.keys(record(record(container.Config).ExposedPorts))
		.filter((port) => !Object.hasOwn(record(base.ExposedPorts), port) && !Object.hasOwn(published, port))
		.map((port) => port.replace(/\/tcp$/, ''));
};

const healthOf = (health: Json, base: Json): string[] => {
	const [how, ...words] = texts(health.Test);
	if (how === 'NONE') return texts(base.Test)[0] === 'NONE' ? [] : ['--no-healthcheck'];
	const isOwn = JSON.stringify(health.Test ?? null) !== JSON.stringify(base.Test ?? null);
	// What is run without a shell cannot be told by a flag; a shell makes the same of it.
	const command = how === 'CMD' ? words.map(shellWord).join(' ') : words.join(' ');
	const time = (flag: string, key: string): string[] =>
		number(health[key]) > 0 && health[key] !== base[key]
			? [`--health-${flag}=${duration(number(health[key]))}`]
			: [];
	return [
		...(isOwn && command !== '' ? [`--health-cmd=${command}`] : []),
		...time('interval', 'Interval'),
		...time('timeout', 'Timeout'),
		...time('start-period', 'StartPeriod'),
		...(number(health.Retries) > 0 && health.Retries !== base.Retries
			? [`--health-retries=${health.Retries}`]
			: []),
	];
};

const duration = (nanoseconds: number): string => {
	if (nanoseconds % 1e9 === 0) return `${nanoseconds / 1e9}s`;
	return nanoseconds % 1e6 === 0 ? `${nanoseconds / 1e6}ms` : `${nanoseconds}ns`;
};

/** Of the network it was created in; those of the others stand with their names. */
const endpointOf = (container: Json): string[] => {
	const mode = text(record(container.HostConfig).NetworkMode);
	const networks = record(record(container.NetworkSettings).Networks);
	const endpoint = record(
		networks[mode] ?? Object.values(networks).find((one) => text(record(one).NetworkID) === mode),
	);
	const ipam = record(endpoint.IPAMConfig);
	const flag = (name: string, value: string): string[] => (value === '' ? [] : [`--${name}=${value}`]);
	return [
		...aliasesOf(endpoint, container).map((alias) => `--network-alias=${alias}`),
		...flag('ip', text(ipam.IPv4Address)),
		...flag('ip6', text(ipam.IPv6Address)),
		...texts(endpoint.Links).map((link) => `--link=${link}`),
	];
};

/** `/db:/web/alias` is `db:alias`. */
const linkText = (link: string): string => {
	const [from = '', to = ''] = link.split(':');
	return `${from.replace(/^\//, '')}:${to.split('/').at(-1) ?? ''}`;
};

const logOf = ({ Type, Config }: Json): string[] => {
	const options = Object.entries(record(Config)).map(([key, value]) => `--log-opt=${key}=${text(value)}`);
	const type = text(Type);
	return type === '' || (type === 'json-file' && options.length === 0)
		? options
		: [`--log-driver=${type}`, ...options];
};

const deviceText = ({ PathOnHost, PathInContainer, CgroupPermissions }: Json): string => {
	const [outside, inside, how] = [text(PathOnHost), text(PathInContainer), text(CgroupPermissions)];
	if (how !== 'rwm') return `${outside}:${inside}:${how}`;
	return outside === inside ? outside : `${outside}:${inside}`;
};

const ulimitText = ({ Name, Soft, Hard }: Json): string =>
	`${text(Name)}=${Soft}${Soft === Hard ? '' : `:${Hard}`}`;

const securityOf = (host: Json): string[] => {
	// The engine adds this itself for them.
	const isUnlabelled =
		host.Privileged === true || text(host.PidMode) === 'host' || text(host.IpcMode) === 'host';
	const isBare = [host.MaskedPaths, host.ReadonlyPaths].every(
		(one) => Array.isArray(one) && one.length === 0,
	);
	return [
		...texts(host.SecurityOpt).filter((option) => !(isUnlabelled && option === 'label=disable')),
		...(isBare && host.Privileged !== true ? ['systempaths=unconfined'] : []),
	];
};
