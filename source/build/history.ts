// The last builds of each context and Dockerfile, kept as lines of JSON in a folder of the person's own.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type BuildRecord = {
	/** Milliseconds since the epoch, when it began. */
	readonly at: number;
	/** Milliseconds. */
	readonly duration: number;
	readonly outcome: 'succeeded' | 'failed' | 'cancelled';
	readonly imageId?: string;
	readonly tags: readonly string[];
	/** How many steps came from the cache. */
	readonly cached: number;
	readonly steps: readonly { readonly name: string; readonly duration: number; readonly isCached: boolean }[];
};

export type BuildHistory = {
	/** Newest first. */
	readonly read: (context: string, dockerfile: string) => Promise<BuildRecord[]>;
	/** A sentence if it could not be kept: a build is none the worse for it. */
	readonly add: (context: string, dockerfile: string, record: BuildRecord) => Promise<string | undefined>;
};

const most = 50;
/** A build of that many steps is a strange one, and would make every later start slower. */
const mostSteps = 500;

export const openHistory = (folder: string): BuildHistory => {
	// Two builds of this program that end together must not lose one another.
	let last: Promise<unknown> = Promise.resolve();

	const fileOf = (context: string, dockerfile: string): string => {
		const key = createHash('sha256').update(`${context}\0${dockerfile}`).digest('hex').slice(0, 32);
		return join(folder, `${key}.jsonl`);
	};
	const read = async (context: string, dockerfile: string): Promise<BuildRecord[]> => {
		const text = await readFile(fileOf(context, dockerfile), 'utf8').catch(() => '');
		const records = text.split('\n').flatMap((line) => recordOf(line) ?? []);
		return records.sort((one, other) => other.at - one.at).slice(0, most);
	};
	const add = async (
		context: string,
		dockerfile: string,
		record: BuildRecord,
	): Promise<string | undefined> => {
		const before = await read(context, dockerfile);
		const records = [
			...before.slice(0, most - 1).reverse(),
			{ ...record, steps: record.steps.slice(0, mostSteps) },
		];
		const text = records.map((one) => `${JSON.stringify(one)}\n`).join('');
		const file = fileOf(context, dockerfile);
		const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
		try {
			await mkdir(folder, { recursive: true, mode: 0o700 });
			await writeFile(unfinished, text, { mode: 0o600 });
			await rename(unfinished, file);
			return undefined;
		} catch (error) {
			await rm(unfinished, { force: true }).catch(() => {});
			return `This build is not kept in the history: ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`;
		}
	};
	return {
		read,
		add: (context, dockerfile, record) => {
			const added = last.then(() => add(context, dockerfile, record));
			last = added;
			return added;
		},
	};
};

/** A line that was cut off, or written by another version, is passed over. */
const recordOf = (line: string): BuildRecord | undefined => {
	let value: Partial<Record<keyof BuildRecord, unknown>>;
	try {
		value = JSON.parse(line);
	} catch {
		return undefined;
	}
	const { at, duration, outcome, imageId, tags, cached, steps } = value ?? {};
	if (typeof at !== 'number' || typeof duration !== 'number') return undefined;
	// What no calendar has.
	if (Math.abs(at) > 8.64e15) return undefined;
	if (outcome !== 'succeeded' && outcome !== 'failed' && outcome !== 'cancelled') return undefined;
	if (!Array.isArray(tags) || !Array.isArray(steps)) return undefined;
	return {
		at,
		duration,
		outcome,
		...(typeof imageId === 'string' && { imageId }),
		tags: tags.filter((tag) => typeof tag === 'string'),
		cached: typeof cached === 'number' ? cached : 0,
		steps: steps.flatMap((step) =>
			typeof step?.name === 'string' && typeof step.duration === 'number'
				? [{ name: step.name, duration: step.duration, isCached: step.isCached === true }]
				: [],
		),
	};
};
