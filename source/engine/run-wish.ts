// The `docker run` that a container could have come from: only what its image does not say already.
import { emptyRun, type PortWish, type RunWish } from '../model/run.ts';
import { networkText } from './create/networks.ts';
import { mountsOf } from './create/read-mounts.ts';
import { othersOf } from './create/read-others.ts';
import { aliasesOf, cpusText, sizeText } from './create/read-values.ts';
import { type Json, number, record, records, text, texts } from './json.ts';

/** Of the answers to an inspect of the container, and of its image where it still is there. */
export const runWishOf = (container: Json, image: Json = {}): RunWish => {
	const config = record(container.Config);
	const host = record(container.HostConfig);
	const base = record(image.Config);
	const name = text(container.Name).replace(/^\//, '');
	const restart = restartOf(record(host.RestartPolicy));
	const user = differing(config, base, 'User');
	const workdir = differing(config, base, 'WorkingDir');
	const hostname = hostnameOf(container);
	const pids = number(host.PidsLimit);
	return {
		...emptyRun,
		image: text(config.Image) || text(container.Image),
		...startOf(config, base),
		...(name && { name }),
		isInteractive: config.OpenStdin === true,
		hasTerminal: config.Tty === true,
		isDetached: config.AttachStdout !== true,
		isRemoved: host.AutoRemove === true,
		ports: portsOf(record(host.PortBindings)),
		publishesAll: host.PublishAllPorts === true,
		env: without(texts(config.Env), texts(base.Env)),
		...mountsOf(container),
		tmpfs: Object.entries(record(host.Tmpfs)).map(([path, how]) => (how ? `${path}:${text(how)}` : path)),
		networks: networksOf(container),
		...(restart && { restart }),
		...(user && { user }),
		...(workdir && { workdir }),
		...(hostname && { hostname }),
		...(number(host.Memory) > 0 && { memory: sizeText(number(host.Memory)) }),
		...(number(host.NanoCpus) > 0 && { cpus: cpusText(number(host.NanoCpus)) }),
		...(pids !== 0 && { pidsLimit: `${pids}` }),
		labels: without(pairs(record(config.Labels)), pairs(record(base.Labels))),
		isPrivileged: host.Privileged === true,
		isReadOnly: host.ReadonlyRootfs === true,
		hasInit: host.Init === true,
		capAdd: texts(host.CapAdd),
		capDrop: texts(host.CapDrop),
		hosts: texts(host.ExtraHosts),
		others: othersOf(container, base),
	};
};

const without = (values: readonly string[], others: readonly string[]): string[] =>
	values.filter((value) => !others.includes(value));

const pairs = (map: Json): string[] => Object.entries(map).map(([name, value]) => `${name}=${text(value)}`);

const differing = (config: Json, base: Json, key: string): string =>
	text(config[key]) === text(base[key]) ? '' : text(config[key]);

/** Docker takes the image's command only where neither entrypoint nor command are given. */
const startOf = (config: Json, base: Json): Pick<RunWish, 'command' | 'entrypoint'> => {
	const entrypoint = texts(config.Entrypoint);
	const command = texts(config.Cmd);
	const isOwnEntrypoint = !isEqual(entrypoint, texts(base.Entrypoint));
	const isOwnCommand = !isEqual(command, texts(base.Cmd));
	if (!isOwnEntrypoint && !isOwnCommand) return { command: [] };
	// A command that is not there can only be told by the way of an entrypoint.
	if (!isOwnEntrypoint && command.length > 0) return { command };
	const [program = '', ...first] = entrypoint;
	return { entrypoint: program, command: [...first, ...command] };
};

const isEqual = (one: readonly string[], other: readonly string[]): boolean =>
	one.length === other.length && one.every((word, at) => word === other[at]);

const portsOf = (bindings: Json): PortWish[] =>
	Object.entries(bindings).flatMap(([port, hosts]) => {
		const [container = '', protocol = 'tcp'] = port.split('/');
		if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
		return records(hosts).map(({ HostIp, HostPort }) => ({
			...(text(HostIp) && { address: text(HostIp) }),
			...(text(HostPort) && text(HostPort) !== '0' && { host: text(HostPort) }),
			container,
			protocol,
		}));
	});

const restartOf = ({ Name, MaximumRetryCount }: Json): string => {
	const name = text(Name) === 'no' ? '' : text(Name);
	return name === 'on-failure' && number(MaximumRetryCount) > 0
		? `${name}:${number(MaximumRetryCount)}`
		: name;
};

/** The engine invents one from the id, and copies that of whose network is used. */
const hostnameOf = (container: Json): string => {
	const hostname = text(record(container.Config).Hostname);
	const host = record(container.HostConfig);
	const isShared = /^host$|^container:/.test(text(host.NetworkMode)) || text(host.UTSMode) === 'host';
	return isShared || (hostname.length === 12 && text(container.Id).startsWith(hostname)) ? '' : hostname;
};

/** The one it was created in, and those it was connected to afterwards. */
const networksOf = (container: Json): string[] => {
	const mode = text(record(container.HostConfig).NetworkMode) || 'default';
	if (/^(host|none)$|^container:/.test(mode)) return [mode];
	const all = Object.entries(record(record(container.NetworkSettings).Networks));
	const isFirst = ([name, value]: [string, unknown]): boolean =>
		name === mode || text(record(value).NetworkID) === mode || (mode === 'default' && name === 'bridge');
	const first = all.find(isFirst);
	const others = all
		.filter((one) => one !== first)
		.map(([name, value]) => endpointText(name, record(value), container));
	if (mode === 'default') return others.length === 0 ? [] : ['bridge', ...others];
	// Names and addresses of the first are flags of their own.
	return [first?.[0] ?? mode, ...others];
};

const endpointText = (name: string, endpoint: Json, container: Json): string => {
	const ipam = record(endpoint.IPAMConfig);
	const ip = text(ipam.IPv4Address);
	const ip6 = text(ipam.IPv6Address);
	return networkText({
		name,
		aliases: aliasesOf(endpoint, container),
		...(ip && { ip }),
		...(ip6 && { ip6 }),
	});
};
