// The body of POST /containers/create for a wish, as the docker command line makes it of the same `docker run`.
import type { RunWish } from '../model/run.ts';
import { isAnonymousVolume, readMount } from './create/mounts.ts';
import { isUserDefined, networkOf } from './create/networks.ts';
import { otherFlags, otherOf, type Parts } from './create/other-flags.ts';
import { portBindings } from './create/port-bindings.ts';
import { bytes, mapOf, nanoCpus, whole } from './create/values.ts';
import { EngineError } from './error.ts';

/**
 * `env` looks up what `-e NAME` means. Paths must be absolute, and env files read into `env`. Of several networks only
 * the first is in it: engines before API 1.44 take one, so the others are connected afterwards. Name and platform are
 * not in a body. Throws an EngineError where a value is none.
 */
export const createBody = (wish: RunWish): Record<string, unknown> => {
	const bindings = portBindings(wish.ports);
	const isAttached = !wish.isDetached;
	const isTyped = isAttached && wish.isInteractive;
	const parts: Parts = {
		config: {
			Hostname: wish.hostname ?? '',
			User: wish.user ?? '',
			AttachStdin: isTyped,
			AttachStdout: isAttached,
			AttachStderr: isAttached,
			Tty: wish.hasTerminal,
			OpenStdin: wish.isInteractive,
			StdinOnce: isTyped,
			// A name alone takes the image's own value away.
			Env: wish.env,
			Cmd: wish.command.length > 0 ? wish.command : null,
			Image: wish.image,
			Volumes: Object.fromEntries(wish.volumes.filter(isAnonymousVolume).map((path) => [path, {}])),
			WorkingDir: wish.workdir ?? '',
			// Empty text alone switches the image's own off.
			Entrypoint: wish.entrypoint === undefined ? null : [wish.entrypoint],
			Labels: mapOf(wish.labels),
			ExposedPorts: Object.fromEntries(Object.keys(bindings).map((port) => [port, {}])),
		},
		host: { ...hostConfig(wish), PortBindings: bindings },
		health: {},
		endpoint: {},
	};
	applyOthers(wish.others, parts);
	const { LogDriver = '', LogOptions = {}, ...host } = parts.host;
	const hasHealth = Object.keys(parts.health).length > 0;
	return {
		...parts.config,
		...(hasHealth && { Healthcheck: parts.health }),
		HostConfig: { ...host, LogConfig: { Type: LogDriver, Config: LogOptions } },
		NetworkingConfig: { EndpointsConfig: endpoints(wish, parts) },
	};
};

const hostConfig = (wish: RunWish): Record<string, unknown> => {
	const [network] = wish.networks;
	const binds = wish.volumes.filter((volume) => !isAnonymousVolume(volume));
	const mounts = wish.mounts.map((text) => {
		const read = readMount(text);
		if ('problem' in read) throw new EngineError(read.problem);
		return read.mount;
	});
	return {
		...(binds.length > 0 && { Binds: binds }),
		...(mounts.length > 0 && { Mounts: mounts }),
		...(wish.tmpfs.length > 0 && { Tmpfs: Object.fromEntries(wish.tmpfs.map(tmpfs)) }),
		NetworkMode: network === undefined ? 'default' : networkOf(network).name,
		PublishAllPorts: wish.publishesAll,
		RestartPolicy: restartPolicy(wish.restart),
		AutoRemove: wish.isRemoved,
		Privileged: wish.isPrivileged,
		ReadonlyRootfs: wish.isReadOnly,
		...(wish.hasInit && { Init: true }),
		...(wish.capAdd.length > 0 && { CapAdd: wish.capAdd }),
		...(wish.capDrop.length > 0 && { CapDrop: wish.capDrop }),
		...(wish.hosts.length > 0 && { ExtraHosts: wish.hosts.map(extraHost) }),
		Memory: limit(wish.memory, bytes, (text) => `${text} is no size of memory: write it as 512m or 1.5g.`),
		NanoCpus: limit(wish.cpus, nanoCpus, (text) => `${text} is no number of processors: write it as 1.5.`),
		...(wish.pidsLimit && {
			PidsLimit: limit(wish.pidsLimit, whole, (text) => `${text} is no number of processes.`),
		}),
		Dns: [],
		DnsOptions: [],
		DnsSearch: [],
		MemorySwappiness: -1,
		OomKillDisable: false,
	};
};

/** Never left out because it was written wrong: a container without its limit is not what was asked for. */
const limit = (
	text: string | undefined,
	read: (text: string) => number | undefined,
	sentence: (text: string) => string,
): number => {
	if (!text) return 0;
	const value = read(text);
	if (value === undefined) throw new EngineError(sentence(text));
	return value;
};

const tmpfs = (text: string): [path: string, options: string] => {
	const colon = text.indexOf(':');
	return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
};

/** `HOST=ADDRESS`, which newer docker takes too, is the same to older engines only with a colon. */
const extraHost = (text: string): string => {
	const equals = text.indexOf('=');
	const colon = text.indexOf(':');
	return equals > 0 && (colon === -1 || equals < colon)
		? `${text.slice(0, equals)}:${text.slice(equals + 1)}`
		: text;
};

const restartPolicy = (restart: string | undefined): Record<string, unknown> => {
	const [name = '', count] = (restart ?? '').split(':');
	return { Name: name || 'no', MaximumRetryCount: count === undefined ? 0 : (whole(count) ?? 0) };
};

const applyOthers = (others: readonly string[], parts: Parts): void => {
	const given = new Map<string, string[]>();
	for (const other of others) {
		const { name, value = '' } = otherOf(other);
		const flag = Object.hasOwn(otherFlags, name) ? otherFlags[name] : undefined;
		if (flag === undefined) throw new EngineError(`--${name} is not known here.`);
		if (!flag.isRight(value))
			throw new EngineError(`--${name} takes ${flag.wants}, not ${value || 'nothing'}.`);
		given.set(name, [...(given.get(name) ?? []), value]);
	}
	for (const [name, values] of given) otherFlags[name]?.set(parts, values);
};

const endpoints = ({ networks, others }: RunWish, { endpoint }: Parts): Record<string, unknown> => {
	const [first] = networks;
	if (first === undefined) return {};
	const { name, aliases, ip, ip6 } = networkOf(first);
	const links = others.map(otherOf).flatMap(({ name, value }) => (name === 'link' && value ? [value] : []));
	const ipam = {
		...(ip && { IPv4Address: ip }),
		...(ip6 && { IPv6Address: ip6 }),
		...(endpoint.IPAMConfig as object | undefined),
	};
	const settings = {
		...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam }),
		...(isUserDefined(name) && links.length > 0 && { Links: links }),
		...(aliases.length > 0 || endpoint.Aliases !== undefined
			? { Aliases: [...aliases, ...((endpoint.Aliases as string[] | undefined) ?? [])] }
			: {}),
	};
	// docker leaves an empty one out, too.
	return Object.keys(settings).length > 0 ? { [name]: settings } : {};
};
