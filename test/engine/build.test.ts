// Builds on a real dockerd, by both builders.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { Builder } from '../../source/model/build.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { made, Story, tarOf, told } from './build-tools.ts';

const both: readonly Builder[] = ['classic', 'buildkit'];

describeWithEngine('a build', ({ host, docker }) => {
	let engine: Engine;
	const tags: string[] = [];
	const newTag = () => {
		tags.push(`build-${randomUUID().slice(0, 8)}:1`);
		return tags.at(-1) as string;
	};

	beforeAll(async () => {
		engine = await openEngine({ host, source: 'test', name: 'local' });
	});
	afterAll(async () => {
		engine?.close();
		// Some are made of others, which go with them.
		await docker('rmi', '--force', ...tags, ...made).catch(() => {});
	});

	describe.each(both)('by %s', (builder) => {
		it('tells its steps, what they print, the image and its name', async () => {
			const tag = newTag();
			const salt = randomUUID();
			const Dockerfile = `FROM busybox AS base\nARG WHO\nRUN echo hello $WHO; echo grüße >&2 # ${salt}\nCOPY x /x\nFROM base\nRUN cat /x\n`;
			const files = { Dockerfile, x: salt };
			const asked = { builder, files, wish: { tags: [tag], args: { WHO: 'you' } } };
			const story = await told(engine, asked);
			expect(story.all('failure')).toEqual([]);
			const first = story.outputOf('RUN echo hello');
			expect(first).toContain('hello you\n');
			expect(first).toContain('grüße\n');
			expect(first).not.toMatch(/Running in|--->|Removing/);
			expect(story.outputOf('RUN cat /x')).toBe(salt);
			for (const [name, state] of Object.entries(story.states))
				expect(name.includes(' FROM ') ? ['done', 'cached'] : ['done']).toContain(state);
			const [image] = story.all('image');
			expect(image?.id).toBe((await docker('image', 'inspect', '-f', '{{.Id}}', tag)).trim());
			expect(story.all('tagged').map(({ reference }) => reference)).toEqual([tag]);
			const copy = story.step('COPY x /x');
			expect(copy).toMatchObject({ stage: 'base', instruction: 'COPY x /x' });
			expect(copy.inputs).toContain(story.step('RUN echo hello').id);
			expect(story.step('RUN cat').stage).toBe('1');
			// BuildKit has no step for a FROM that takes an earlier stage.
			const before = builder === 'classic' ? story.step('FROM base') : story.step('RUN cat');
			expect(before.inputs).toContain(copy.id);
			expect(Math.abs(Date.now() - (copy.endedAt ?? 0))).toBeLessThan(20_000);

			const again = await told(engine, asked);
			expect(again.step('RUN echo hello').state).toBe('cached');
			expect(again.step('RUN cat').state).toBe('cached');
			expect(again.all('output')).toEqual([]);
			const fresh = await told(engine, { ...asked, wish: { ...asked.wish, isUncached: true } });
			expect(fresh.step('RUN echo hello').state).toBe('done');
		}, 60_000);

		it('that fails tells its step, its exit code and a sentence', async () => {
			const files = { Dockerfile: `FROM busybox\nRUN echo ${randomUUID()}; exit 3\nRUN never\n` };
			const story = await told(engine, { builder, files });
			const failed = story.step('exit 3');
			expect(failed).toMatchObject({ state: 'failed' });
			expect(failed.error).toContain('3');
			expect(story.all('failure')).toEqual([
				{
					type: 'failure',
					message: `${failed.instruction} ended with exit code 3.`,
					exitCode: 3,
					step: failed.id,
				},
			]);
			expect(story.news.at(-1)?.type).toBe('failure');
			expect(story.all('image')).toEqual([]);
			const left = await docker('ps', '--all', '--quiet', '--no-trunc', '--filter', 'status=exited');
			expect(left.split('\n').filter((id) => failed.error?.includes(id) && id)).toEqual([]);
		});

		it('names the base image that cannot be pulled', async () => {
			const story = await told(engine, { builder, files: { Dockerfile: 'FROM nowhere.invalid/x:1\n' } });
			const [failure] = story.all('failure');
			expect(failure?.message).toMatch(/^The base image nowhere\.invalid\/x:1 could not be pulled: .*lookup/);
			expect(story.steps.get(failure?.step ?? '')?.state).toBe('failed');
		});

		it('names the file that is not there to be copied', async () => {
			const story = await told(engine, { builder, files: { Dockerfile: 'FROM busybox\nCOPY nope /x\n' } });
			expect(story.all('failure')).toEqual([
				{
					type: 'failure',
					message: 'The build context has no nope, or its .dockerignore keeps it out.',
					step: story.step('COPY').id,
				},
			]);
		});

		it('of a stage, or without it', async () => {
			const Dockerfile = 'FROM busybox AS one\nENV a=1\nFROM busybox AS two\nENV b=1\n';
			const story = await told(engine, { builder, files: { Dockerfile }, wish: { target: 'one' } });
			expect(story.all('image')).toHaveLength(1);
			expect([...story.steps.values()].some(({ name }) => name.includes('b=1'))).toBe(false);
			const words = 'The Dockerfile has no stage three.';
			const wrong = told(engine, { builder, files: { Dockerfile }, wish: { target: 'three' } });
			if (builder === 'classic')
				await expect(wrong).rejects.toMatchObject({ message: words, statusCode: 400 });
			else expect((await wrong).all('failure')).toEqual([{ type: 'failure', message: words }]);
		});

		it('is refused with the engine’s words, however much is still to be sent', async () => {
			// More than any buffer holds, and a name that is refused when all of it was read, or none.
			const context = Readable.from(endless());
			const refused = told(engine, { builder, files: {}, context, wish: { tags: ['A B'] } });
			await expect(refused).rejects.toMatchObject({
				name: 'EngineError',
				statusCode: 500,
				engineMessage: expect.stringContaining('invalid reference format'),
			});
			expect(context.destroyed).toBe(true);
		});

		it('ends with a sentence where the context cannot be read', async () => {
			const broken = Readable.from(
				(async function* () {
					yield tarOf({ Dockerfile: 'FROM busybox' }).subarray(0, 512);
					throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
				})(),
			);
			await expect(told(engine, { builder, files: {}, context: broken })).rejects.toMatchObject({
				message: 'The build context could not be sent.',
				code: 'ECONTEXT',
				engineMessage: 'EACCES: permission denied',
			});
		});

		it('that is cancelled leaves nothing running', async () => {
			const mark = `3${String(Date.now()).slice(-7)}`;
			const Dockerfile = `FROM busybox\nRUN echo begun; sleep ${mark}\n`;
			const stop = new AbortController();
			const story = new Story();
			const pending = told(engine, { builder, files: { Dockerfile }, signal: stop.signal, story });
			await expect.poll(() => story.all('output').length, { timeout: 20_000 }).toBeGreaterThan(0);
			expect(await running(mark)).toBe(true);
			const at = Date.now();
			stop.abort();
			expect(story.step('RUN echo').state).toBe('cancelled');
			await pending;
			await expect.poll(() => running(mark), { timeout: 2000, interval: 20 }).toBe(false);
			expect(Date.now() - at).toBeLessThan(2000);
			expect(story.all('failure')).toEqual([]);
			expect(story.step('RUN echo').endedAt).toBeGreaterThanOrEqual(story.step('RUN echo').startedAt ?? 0);
		});

		it('that is cancelled while its context is sent sends no more of it', async () => {
			const stop = new AbortController();
			const context = Readable.from(endless(Number.POSITIVE_INFINITY));
			const pending = told(engine, { builder, files: {}, context, signal: stop.signal });
			setTimeout(() => stop.abort(), 200);
			expect((await pending).all('failure')).toEqual([]);
			expect(context.destroyed).toBe(true);
		});

		it('that is cancelled before it begins tells nothing', async () => {
			const story = await told(engine, {
				builder,
				files: { Dockerfile: 'FROM busybox' },
				signal: AbortSignal.abort(),
			});
			expect(story.news).toEqual([]);
		});
	});

	it('of the classic builder prints 100,000 lines without losing one', async () => {
		const files = { Dockerfile: `FROM busybox\nRUN seq 100000 # ${randomUUID()}\n` };
		const story = await told(engine, { files });
		const lines = story.outputOf('RUN seq').split('\n');
		expect(lines.length).toBe(100_001);
		expect(lines.every((line, index) => line === (index < 100_000 ? String(index + 1) : ''))).toBe(true);
	}, 60_000);

	it('of BuildKit runs stages beside one another, and tells their times', async () => {
		const Dockerfile = [
			'FROM busybox AS one',
			`RUN sleep 1 && echo ${randomUUID()} > /a`,
			'FROM busybox AS two',
			`RUN sleep 1 && echo ${randomUUID()} > /b`,
			'COPY --from=one /a /a',
		].join('\n');
		const story = await told(engine, { builder: 'buildkit', files: { Dockerfile } });
		const [one, two] = [story.step('[one 2/2] RUN'), story.step('[two 2/3] RUN')];
		const overlap =
			Math.min(one.endedAt ?? 0, two.endedAt ?? 0) - Math.max(one.startedAt ?? 0, two.startedAt ?? 0);
		expect(overlap).toBeGreaterThan(500);
		expect(story.step('COPY').inputs).toEqual(expect.arrayContaining([one.id, two.id]));
	});

	it('of BuildKit cancels the stages beside the one that fails', async () => {
		const Dockerfile = `FROM busybox AS one\nRUN sleep 20; echo ${randomUUID()}\nFROM busybox\nRUN sleep 0.5; exit 4\nCOPY --from=one /a /a\n`;
		const story = await told(engine, { builder: 'buildkit', files: { Dockerfile } });
		expect(story.step('sleep 20')).toMatchObject({ state: 'cancelled' });
		expect(story.step('exit 4')).toMatchObject({ state: 'failed' });
		expect(story.step('COPY').state).toBe('waiting');
		expect(story.all('failure')).toEqual([expect.objectContaining({ exitCode: 4 })]);
	});

	async function running(mark: string): Promise<boolean> {
		const { execFileSync } = await import('node:child_process');
		return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
			.split('\n')
			.some((line) => line.trim() === `sleep ${mark}`);
	}
});

async function* endless(files = 64): AsyncGenerator<Buffer> {
	const file = tarOf({ big: Buffer.alloc(1 << 20) }).subarray(0, -1024);
	yield tarOf({ Dockerfile: 'FROM busybox\n' }).subarray(0, -1024);
	for (let sent = 0; sent < files; sent++) yield file;
	yield Buffer.alloc(1024);
}
