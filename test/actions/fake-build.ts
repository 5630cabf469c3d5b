// A build that an engine of nothing but notes was asked for: it tells and ends what and when the test says.
import type { Readable } from 'node:stream';
import type { BuildOptions } from '../../source/engine/contract.ts';
import type { BuildNews, StepChange } from '../../source/model/build.ts';

export type FakeBuild = {
	/** What the engine was given. */
	readonly options: BuildOptions;
	readonly signal: AbortSignal;
	tell(...news: readonly BuildNews[]): void;
	/** It is over, whatever was told. */
	end(): void;
	/** It rejects. */
	break(error: Error): void;
	/** The names in the context that was sent. */
	names(): Promise<readonly string[]>;
};

export const step = (id: string, news: Partial<StepChange> = {}): BuildNews => ({
	type: 'step',
	step: { id, name: `RUN ${id}`, inputs: [], state: 'running', ...news },
});

/** As engines do it: a signal ends it, and it is no failure. */
export const openFakeBuild = (
	options: BuildOptions,
	signal: AbortSignal,
	onNews: (news: readonly BuildNews[]) => void,
): { readonly build: FakeBuild; readonly ended: Promise<void> } => {
	let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
	const running = new Map<string, StepChange>();
	const ended = new Promise<void>((resolve, reject) => {
		settle = { resolve, reject };
	}).finally(() => options.context.destroy());
	const tell = (...news: readonly BuildNews[]): void => {
		for (const one of news) {
			if (one.type !== 'step') continue;
			if (one.step.state === 'running') running.set(one.step.id, one.step);
			else running.delete(one.step.id);
		}
		onNews(news);
	};
	options.context.on('error', () => {});
	signal.addEventListener('abort', () => {
		tell(
			...[...running.values()].map(
				(one) => ({ type: 'step', step: { ...one, state: 'cancelled' } }) as const,
			),
		);
		settle?.resolve();
	});
	if (signal.aborted) settle?.resolve();
	return {
		ended,
		build: {
			options,
			signal,
			tell,
			end: () => settle?.resolve(),
			break: (error) => settle?.reject(error),
			names: () => namesIn(options.context),
		},
	};
};

/** Of the entries of a tar, as far as short names need it. */
const namesIn = async (tar: Readable): Promise<string[]> => {
	const chunks: Buffer[] = [];
	for await (const chunk of tar) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const names: string[] = [];
	for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
		const text = (from: number, length: number) =>
			bytes.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
		names.push(text(0, 100));
		at += 512 + Math.ceil(Number.parseInt(text(124, 12), 8) / 512) * 512;
	}
	return names;
};
