// What the tests of builds need: a context made of a few texts, and a build whose news are kept.
import { Readable } from 'node:stream';
import type { BuildOptions, Engine } from '../../source/engine/contract.ts';
import type { BuildNews, BuildWish, StepChange } from '../../source/model/build.ts';

/** A tar of plain files. */
export function tarOf(files: Readonly<Record<string, string | Buffer>>): Buffer {
	const blocks = Object.entries(files).flatMap(([name, content]) => {
		const bytes = Buffer.from(content as string);
		return [header(name, bytes.length), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
	});
	return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header(name: string, size: number): Buffer {
	const block = Buffer.alloc(512);
	const octal = (value: number, at: number, length: number) =>
		block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
	block.write(name, 0);
	octal(0o644, 100, 8);
	octal(0, 108, 8);
	octal(0, 116, 8);
	octal(size, 124, 12);
	octal(0, 136, 12);
	block.write('        0', 148);
	block.write('ustar\x0000', 257);
	octal(
		block.reduce((sum, byte) => sum + byte, 0),
		148,
		7,
	);
	return block;
}

export const wish: BuildWish = {
	context: '/',
	dockerfile: '/Dockerfile',
	tags: [],
	args: {},
	isUncached: false,
	pullsBases: false,
	secrets: {},
};

type Told<Type extends BuildNews['type']> = Extract<BuildNews, { type: Type }>;

/** All that a build told. */
export class Story {
	readonly news: BuildNews[] = [];
	readonly steps = new Map<string, StepChange>();

	readonly add = (news: readonly BuildNews[]): void => {
		this.news.push(...news);
		for (const one of news) if (one.type === 'step') this.steps.set(one.step.id, one.step);
	};

	all<Type extends BuildNews['type']>(type: Type): Told<Type>[] {
		return this.news.filter((one): one is Told<Type> => one.type === type);
	}

	/** `ended with this`, by the name of each step of the Dockerfile. */
	get states(): Record<string, string> {
		return Object.fromEntries(
			[...this.steps.values()]
				.filter(({ instruction }) => instruction !== undefined)
				.map(({ stage, instruction, state }) => [`${stage} ${instruction}`, state]),
		);
	}

	step(part: string): StepChange {
		const found = [...this.steps.values()].find(({ name }) => name.includes(part));
		if (!found) throw new Error(`no step ${part} among ${[...this.steps.values()].map(({ name }) => name)}`);
		return found;
	}

	outputOf(part: string): string {
		const { id } = this.step(part);
		return this.all('output')
			.filter(({ step }) => step === id)
			.map(({ text }) => text)
			.join('');
	}
}

type Asked = Partial<Omit<BuildOptions, 'wish'>> & {
	readonly files: Readonly<Record<string, string | Buffer>>;
	readonly wish?: Partial<BuildWish>;
	readonly signal?: AbortSignal;
	readonly story?: Story;
};

/** Ids of the images that builds have made so far; whoever shares an engine removes them. */
export const made = new Set<string>();

export async function told(engine: Engine, { files, wish: more, signal, story, ...rest }: Asked) {
	const kept = story ?? new Story();
	await engine.build(
		{
			wish: { ...wish, ...more },
			builder: 'classic',
			context: Readable.from([tarOf(files)]),
			dockerfileInContext: 'Dockerfile',
			credentials: async () => undefined,
			allCredentials: async () => ({}),
			readSecret: async () => undefined,
			...rest,
		},
		signal ?? new AbortController().signal,
		kept.add,
	);
	for (const { id } of kept.all('image')) made.add(id);
	return kept;
}
