// What is written wrong in a wish, whatever engine it is for.
import { isIP } from 'node:net';
import { readMount } from '../engine/create/mounts.ts';
import { networkOf } from '../engine/create/networks.ts';
import { otherOf } from '../engine/create/other-flags.ts';
import { bytes, nanoCpus, splitPair, whole } from '../engine/create/values.ts';
import type { RunWish } from '../model/run.ts';
import { isReference } from '../model/words.ts';
import { portText, readPort } from './port-text.ts';

type Check = (wish: RunWish) => string | undefined;

/** The first sentence of any. */
export const first = <Item>(
	items: readonly Item[],
	check: (item: Item) => string | undefined,
): string | undefined => {
	for (const item of items) {
		const problem = check(item);
		if (problem !== undefined) return problem;
	}
	return undefined;
};

const imageProblem: Check = ({ image }) => {
	if (image === '') return 'Name an image to run, such as httpd.';
	const reference = image.replace(/@sha256:[0-9a-f]{64}$/, '').replace(/^sha256:([0-9a-f]{1,64})$/, '$1');
	if (isReference(reference)) return undefined;
	if (isReference(reference.toLowerCase())) {
		return `${image} is no image: names of images are in small letters, ${image.toLowerCase()}.`;
	}
	return `${image} is no image: a name has small letters, digits and . _ - / in it, and may end in :VERSION.`;
};

const nameProblem: Check = ({ name }) =>
	name === undefined || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)
		? undefined
		: `${name} is no name: take two characters or more, of letters, digits, _ . and -.`;

const portProblem: Check = ({ ports }) =>
	first(ports, (port) => {
		const read = readPort(portText(port));
		return 'problem' in read ? read.problem : undefined;
	});

const envProblem: Check = ({ env }) =>
	first(env, (entry) => {
		const [name] = splitPair(entry);
		if (name === '') return `${entry || 'Nothing'} is no variable: write it as NAME=value.`;
		return undefined;
	});

const labelProblem: Check = ({ labels }) =>
	first(labels, (label) =>
		splitPair(label)[0] === '' ? `${label || 'Nothing'} is no label: write it as NAME=value.` : undefined,
	);

const volumeMode =
	/^(ro|rw|z|Z|nocopy|cached|delegated|consistent|copy|r?(shared|slave|private)|(un)?bindable)$/;

/** From, to, and how; a Windows path has a colon of its own. */
export const volumeParts = (volume: string): string[] => {
	const [, drive = '', rest = volume] = /^([A-Z]:(?=[\\/])|[a-z]:(?=\\))?(.*)$/s.exec(volume) ?? [];
	const [source = '', ...others] = rest.split(':');
	return [drive + source, ...others];
};

const volumeProblem: Check = ({ volumes, mounts, tmpfs }) => {
	const targets = new Set<string>();
	const taken = (target: string): string | undefined => {
		const place = target.replace(/(.)\/+$/, '$1');
		if (targets.has(place)) return `Two things cannot be mounted at ${place}: take one of them out.`;
		targets.add(place);
		return undefined;
	};
	const oneVolume = (volume: string): string | undefined => {
		const parts = volumeParts(volume);
		const [source = '', target = source, mode, more] = parts;
		if (more !== undefined || volume === '' || source === '') {
			return `${volume || 'Nothing'} is no volume: write it as FROM:TO, such as ./site:/srv.`;
		}
		if (!target.startsWith('/')) {
			return `${target || 'Nothing'} is no path in the container: it begins with / (${volume}).`;
		}
		if (target === '/') return `Nothing can be mounted over / itself (${volume}).`;
		const odd = mode?.split(',').find((one) => !volumeMode.test(one));
		if (odd !== undefined) return `${odd || 'Nothing'} is no way to mount: ro or rw are (${volume}).`;
		if (
			parts.length > 1 &&
			!/^[/~.]|^[A-Za-z]:/.test(source) &&
			!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(source)
		) {
			return `${source} is neither a path nor the name of a volume: write ./${source} for a folder.`;
		}
		return taken(target);
	};
	const oneMount = (text: string): string | undefined => {
		const read = readMount(text);
		return 'problem' in read ? read.problem : taken(String(read.mount.Target));
	};
	const oneTmpfs = (text: string): string | undefined => {
		const [path = ''] = text.split(':');
		return path.startsWith('/')
			? taken(path)
			: `--tmpfs takes a path in the container, not ${path || 'nothing'}.`;
	};
	return first(volumes, oneVolume) ?? first(mounts, oneMount) ?? first(tmpfs, oneTmpfs);
};

/** What dockerd takes at least. */
const leastMemory = 6 << 20;

const limitProblem: Check = ({ memory, cpus, pidsLimit }) => {
	if (memory !== undefined) {
		const size = bytes(memory);
		if (size === undefined) return `${memory} is no size of memory: write it as 512m or 1.5g.`;
		if (size > 0 && size < leastMemory)
			return `${memory} of memory is too little: a container needs 6m at least.`;
	}
	if (cpus !== undefined && nanoCpus(cpus) === undefined)
		return `${cpus} is no number of processors: write it as 1.5.`;
	if (pidsLimit !== undefined && whole(pidsLimit) === undefined)
		return `${pidsLimit} is no number of processes: write it as 100, or -1 for no limit.`;
	return undefined;
};

const restartProblem: Check = ({ restart = '', isRemoved }) => {
	const [policy = '', count] = restart.split(':');
	if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(policy)) {
		return `${policy} is no way to restart: always, unless-stopped, on-failure and no are.`;
	}
	if (count !== undefined && (policy !== 'on-failure' || !/^\d+$/.test(count))) {
		return `Only on-failure can be followed by a number, as on-failure:3, not ${restart}.`;
	}
	return isRemoved && policy !== '' && policy !== 'no'
		? `--rm and --restart ${restart} exclude each other: what is removed cannot be restarted.`
		: undefined;
};

const networkProblem: Check = ({ networks, others }) => {
	const names = networks.map((network) => networkOf(network).name);
	const own = names.find((name) => /^(host|none)$|^container:/.test(name));
	if (own !== undefined && names.length > 1) return `With the network ${own} there can be no other.`;
	const [name = 'bridge'] = names;
	const flag = others.map((other) => otherOf(other).name).find((one) => /^(network-alias|ip6?)$/.test(one));
	return flag !== undefined && /^(bridge|default|host|none)$|^container:/.test(name)
		? `--${flag} needs a network that somebody made, not ${name}: docker network create makes one.`
		: undefined;
};

const restProblem: Check = ({ workdir, hosts, pull, platform, others }) => {
	if (workdir !== undefined && !workdir.startsWith('/'))
		return `The working folder begins with /, not ${workdir}.`;
	const host = hosts.find((text) => {
		const [, address = ''] = /^[^:=]+[:=](.*)$/.exec(text) ?? [];
		return address !== 'host-gateway' && isIP(address.replace(/^\[(.*)\]$/, '$1')) === 0;
	});
	if (host !== undefined) return `${host} is no host: write it as NAME:ADDRESS, such as db:10.0.0.2.`;
	if (pull !== undefined && !/^(always|missing|never)$/.test(pull))
		return `--pull is always, missing or never, not ${pull}.`;
	if (platform !== undefined && !/^[a-z0-9]+(\/[a-z0-9]+){0,2}$/.test(platform))
		return `${platform} is no platform: write it as linux/arm64.`;
	const names = others.map((other) => otherOf(other).name);
	return names.includes('no-healthcheck') && names.some((name) => name.startsWith('health-'))
		? '--no-healthcheck and the other flags about health exclude each other.'
		: undefined;
};

const checks: readonly Check[] = [
	imageProblem,
	nameProblem,
	portProblem,
	envProblem,
	volumeProblem,
	networkProblem,
	restartProblem,
	limitProblem,
	labelProblem,
	restProblem,
];

export const valueProblem = (wish: RunWish): string | undefined => first(checks, (check) => check(wish));
