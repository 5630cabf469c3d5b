// The last wishes of each image, in a file of the person's own, to be offered when the image is run again.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { splitPair } from '../engine/create/values.ts';
import { emptyRun, type RunWish } from '../model/run.ts';
import { runLine } from './run-line.ts';

export type Presets = {
	/** Newest first, five at most. */
	readonly read: (image: string) => Promise<RunWish[]>;
	/** A sentence if it was not kept, or something else was wrong with the file: a run is none the worse for it. */
	readonly keep: (wish: RunWish) => Promise<string | undefined>;
};

/** The image that was run last comes first. */
type Kept = readonly { readonly image: string; readonly wishes: readonly RunWish[] }[];

const mostImages = 200;
const mostWishes = 5;

const secret = /PASS|TOKEN|SECRET|KEY|CREDENTIAL/i;

/** The name alone stays of what looks like a secret: docker then takes the value from the environment. */
const withoutSecrets = (wish: RunWish): RunWish => ({
	...wish,
	env: wish.env.map((entry) => {
		const [name] = splitPair(entry);
		return secret.test(name) ? name : entry;
	}),
});

const repositoryOf = (image: string): string => {
	const [name = ''] = image.split('@');
	const colon = name.lastIndexOf(':');
	return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
};

export const openPresets = (file: string): Presets => {
	// Two runs that are kept at once must not lose one another.
	let last: Promise<unknown> = Promise.resolve();

	/** Undefined: there is something in the file that is none of ours. */
	const load = async (): Promise<Kept | undefined> => {
		let content: string;
		try {
			content = await readFile(file, 'utf8');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
			throw error;
		}
		return keptOf(content);
	};

	const keep = async (wish: RunWish): Promise<string | undefined> => {
		const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
		try {
			let kept = await load();
			let aside: string | undefined;
			if (kept === undefined) {
				aside = `${file}.broken`;
				await rename(file, aside);
				kept = [];
			}
			await mkdir(dirname(file), { recursive: true, mode: 0o700 });
			await writeFile(unfinished, `${JSON.stringify({ images: added(kept, withoutSecrets(wish)) })}\n`, {
				mode: 0o600,
			});
			await rename(unfinished, file);
			return (
				aside && `The file with the last runs could not be read: it is now ${aside}, and a new one is begun.`
			);
		} catch (error) {
			await rm(unfinished, { force: true }).catch(() => {});
			return `This run is not kept for the next time: ${file} cannot be used (${(error as NodeJS.ErrnoException).code}).`;
		}
	};

	return {
		read: async (image) => {
			const kept = (await load().catch(() => undefined)) ?? [];
			return [...(kept.find((one) => one.image === repositoryOf(image))?.wishes ?? [])];
		},
		keep: (wish) => {
			const done = last.then(() => keep(wish));
			last = done;
			return done;
		},
	};
};

const added = (kept: Kept, wish: RunWish): Kept => {
	const image = repositoryOf(wish.image);
	const before = kept.find((one) => one.image === image)?.wishes ?? [];
	const line = runLine(wish);
	const wishes = [wish, ...before.filter((one) => runLine(one) !== line)].slice(0, mostWishes);
	return [{ image, wishes }, ...kept.filter((one) => one.image !== image)].slice(0, mostImages);
};

const keptOf = (content: string): Kept | undefined => {
	let value: { images?: unknown } | null;
	try {
		value = JSON.parse(content);
	} catch {
		return undefined;
	}
	if (!Array.isArray(value?.images)) return undefined;
	return value.images.flatMap((one: { image?: unknown; wishes?: unknown } | null) =>
		typeof one?.image === 'string' && Array.isArray(one.wishes)
			? [{ image: one.image, wishes: one.wishes.flatMap((wish) => wishOf(wish) ?? []) }]
			: [],
	);
};

const optional = [
	...['name', 'restart', 'user', 'workdir', 'entrypoint', 'hostname', 'memory', 'cpus', 'pidsLimit'],
	...['platform', 'pull'],
];

/** What another version has written may lack something, or have more. */
const wishOf = (value: unknown): RunWish | undefined => {
	if (typeof value !== 'object' || value === null) return undefined;
	const given = value as Record<string, unknown>;
	const usual = Object.entries(emptyRun).map(([key, empty]) => [key, given[key] ?? empty]);
	const isRight = usual.every(([key, one]) => isLike(one, emptyRun[key as keyof RunWish], key === 'ports'));
	if (!isRight) return undefined;
	const texts = optional.filter((key) => typeof given[key] === 'string').map((key) => [key, given[key]]);
	return Object.fromEntries([...usual, ...texts]) as RunWish;
};

const isLike = (value: unknown, empty: unknown, arePorts: boolean): boolean => {
	if (!Array.isArray(empty)) return typeof value === typeof empty;
	return Array.isArray(value) && value.every((item) => (arePorts ? isPort(item) : typeof item === 'string'));
};

const isPort = (value: unknown): boolean => {
	const { container, protocol, host, address } = (value ?? {}) as Record<string, unknown>;
	const areTexts = [host, address].every((one) => one === undefined || typeof one === 'string');
	return typeof container === 'string' && /^(tcp|udp|sctp)$/.test(String(protocol)) && areTexts;
};
