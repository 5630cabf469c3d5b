// What stands in the way of a wish, and what is worth knowing before it runs, in sentences.
import { readMount } from '../engine/create/mounts.ts';
import { networkOf } from '../engine/create/networks.ts';
import { type Container, isUp } from '../model/items.ts';
import { nearest } from '../model/nearest.ts';
import type { RunWish } from '../model/run.ts';
import { portTaken } from './check-ports.ts';
import { first, valueProblem, volumeParts } from './check-values.ts';
import type { CheckContext } from './context.ts';
import { shortFlags, toggleFlags, valueFlags } from './flags.ts';
import { isPath, labelFiles } from './resolved.ts';

export const problemOf = (wish: RunWish, context: CheckContext): string | undefined =>
	valueProblem(wish) ??
	nameTaken(wish, context) ??
	portTaken(wish, context) ??
	networkMissing(wish, context) ??
	fileMissing(wish, context) ??
	(wish.pull === 'never' && !isHere(wish.image, context)
		? `${wish.image} is not here, and --pull never forbids to fetch it.`
		: undefined);

const others = ({ containers, replaces }: CheckContext): Container[] =>
	[...containers.values()].filter(({ id }) => id !== replaces);

const nameTaken = ({ name }: RunWish, context: CheckContext): string | undefined => {
	const owner = others(context).find((container) => container.name === name);
	if (name === undefined || owner === undefined) return undefined;
	const names = new Set(others(context).map((container) => container.name));
	let number = 2;
	while (names.has(`${name}-${number}`)) number++;
	const state = isUp(owner) ? 'that is running' : 'that is not running';
	return `The name ${name} is taken by a container ${state}: remove or rename that one, or take ${name}-${number}.`;
};

const networkMissing = (wish: RunWish, context: CheckContext): string | undefined => {
	const known = context.networks.map(({ name }) => name);
	return first(wish.networks, (text) => {
		const { name } = networkOf(text);
		if (name.startsWith('container:')) {
			const partner = name.slice('container:'.length);
			const isThere = others(context).some(
				(one) => one.name === partner || (partner.length > 3 && one.id.startsWith(partner)),
			);
			return isThere ? undefined : `There is no container ${partner} whose network could be used.`;
		}
		const isKnown =
			known.length === 0 ||
			/^(default|bridge|host|none)$/.test(name) ||
			context.networks.some((network) => network.name === name || network.id.startsWith(name));
		if (isKnown) return undefined;
		const meant = nearest(name, known);
		return `There is no network ${name}: ${meant ? `did you mean ${meant}?` : `docker network create ${name} makes it.`}`;
	});
};

const fileMissing = (wish: RunWish, { pathExists, isLocal }: CheckContext): string | undefined =>
	first([...wish.envFiles, ...labelFiles(wish)], (file) =>
		pathExists(file) === false ? `There is no file ${file}.` : undefined,
	) ??
	first(wish.mounts, (text) => {
		const source = bindSource(text);
		return isLocal && source !== undefined && pathExists(source) === false
			? `There is nothing at ${source} that could be mounted.`
			: undefined;
	});

const bindSource = (text: string): string | undefined => {
	const read = readMount(text);
	if ('problem' in read || read.mount.Type !== 'bind') return undefined;
	return String(read.mount.Source);
};

/** As an engine names it: Podman says where an image is from, docker leaves that away. */
const fullName = (image: string): string => {
	const name = image.replace(/^docker\.io\//, '').replace(/^(library|localhost)\//, '');
	return /:[^/]*$|@/.test(name) ? name : `${name}:latest`;
};

export const isHere = (image: string, { images }: Pick<CheckContext, 'images'>): boolean => {
	const name = fullName(image);
	const id = /^(?:sha256:)?([0-9a-f]{4,64})$/.exec(image)?.[1];
	return [...images.values()].some(
		(one) =>
			one.references.some((reference) => fullName(reference) === name) ||
			one.digests.some((digest) => fullName(digest) === name) ||
			(id !== undefined && one.id.startsWith(`sha256:${id}`)),
	);
};

/** Nothing of it keeps a wish from being run. */
export const warningsOf = (wish: RunWish, context: CheckContext): string[] => {
	const { pathExists, isLocal } = context;
	const warnings: string[] = [];
	if (wish.image !== '' && !isHere(wish.image, context))
		warnings.push(`${wish.image} is not here: it is pulled first.`);
	for (const volume of wish.volumes) {
		const [source = '', target] = volumeParts(volume);
		if (target !== undefined && isPath(source) && isLocal && pathExists(source) === false)
			warnings.push(`There is nothing at ${source}: docker makes an empty folder there.`);
	}
	const [network = ''] = wish.networks;
	if (/^(host|none)$|^container:/.test(network) && (wish.ports.length > 0 || wish.publishesAll))
		warnings.push(`With the network ${network} no ports are published: leave -p and -P out.`);
	const late = lateFlag(wish);
	if (late !== undefined)
		warnings.push(`${late} stands behind the image, so ${wish.image} gets it and docker does not.`);
	return warnings;
};

/** What looks as if it was meant for docker. */
const lateFlag = ({ command, entrypoint }: RunWish): string | undefined => {
	const [word = ''] = command;
	if (entrypoint !== undefined) return undefined;
	const name = /^--([a-z-]+)/.exec(word)?.[1];
	if (name !== undefined) {
		return Object.hasOwn(toggleFlags, name) || Object.hasOwn(valueFlags, name) ? word : undefined;
	}
	const letters = /^-([a-zA-Z]{1,3})$/.exec(word)?.[1];
	return letters !== undefined && [...letters].every((letter) => Object.hasOwn(shortFlags, letter))
		? word
		: undefined;
};
