// Builds on engines that refuse early, break off or hang, and on the embedded one.
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { startDemo } from '../../source/demo/start.ts';
import type { Engine } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { Builder } from '../../source/model/build.ts';
import { Story, told } from './build-tools.ts';
import { answer, type Behaviour, fakeEngine } from './fake-engine.ts';

const both: readonly Builder[] = ['classic', 'buildkit'];

async function withFake(
	behave: Behaviour,
	run: (engine: Engine, requests: readonly string[]) => Promise<void>,
): Promise<void> {
	const fake = await fakeEngine(behave);
	const engine = await openEngine(fake.endpoint);
	try {
		await run(engine, fake.requests);
	} finally {
		engine.close();
		fake.close();
	}
}

const isBuild = (line: string) => line.startsWith('POST /v1.41/build?');

const begun = (chunk: string) =>
	`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`;

const step = '{"stream":"Step 1/2 : RUN sleep 100"}\n';

/** As much as is taken, a little at a time. */
function endless(): Readable {
	return new Readable({
		highWaterMark: 1 << 16,
		read() {
			setImmediate(() => this.push(Buffer.alloc(1 << 16)));
		},
	});
}

describe('an engine', () => {
	it('that refuses while we still send is heard', async () => {
		const words = 'the engine is full';
		await withFake(
			(line, socket) => {
				if (isBuild(line)) socket.end(answer({ message: words }, '400 Bad Request'));
			},
			async (engine) => {
				const context = endless();
				await expect(told(engine, { files: {}, context })).rejects.toMatchObject({
					message: 'The engine did not accept this build.',
					statusCode: 400,
					engineMessage: words,
				});
				expect(context.destroyed).toBe(true);
			},
		);
	});

	it('that ends a build while we still send is heard as well', async () => {
		await withFake(
			(line, socket) => {
				if (!isBuild(line)) return;
				const chunk = '{"errorDetail":{"message":"no"},"error":"no"}\n';
				socket.end(`${begun(step)}${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`);
			},
			async (engine) => {
				const story = await told(engine, { files: {}, context: endless() });
				expect(story.all('failure')).toEqual([{ type: 'failure', message: 'no', step: '1' }]);
			},
		);
	});

	it('that takes nothing is not sent more than buffers hold', async () => {
		await withFake(
			(line, socket) => {
				if (isBuild(line)) socket.pause();
			},
			async (engine) => {
				let sent = 0;
				const context = new Readable({
					read() {
						sent += 1 << 16;
						setImmediate(() => this.push(Buffer.alloc(1 << 16)));
					},
				});
				const stop = new AbortController();
				const pending = told(engine, { files: {}, context, signal: stop.signal });
				await new Promise((resolve) => setTimeout(resolve, 300));
				expect(sent).toBeGreaterThan(0);
				expect(sent).toBeLessThan(4 << 20);
				stop.abort();
				await pending;
				expect(context.destroyed).toBe(true);
			},
		);
	});

	it('that breaks off leaves no step running', async () => {
		await withFake(
			(line, socket) => {
				if (!isBuild(line)) return;
				socket.write(begun(step));
				setTimeout(() => socket.destroy(), 50);
			},
			async (engine) => {
				const story = new Story();
				await expect(told(engine, { files: { Dockerfile: '' }, story })).rejects.toMatchObject({
					name: 'EngineError',
					code: 'ECONNRESET',
				});
				expect(story.step('RUN').state).toBe('cancelled');
				expect(story.all('failure')).toEqual([]);
			},
		);
	});

	it('that ends a build without a word has failed', async () => {
		await withFake(
			(line, socket) => {
				if (isBuild(line)) socket.write(answer(step));
			},
			async (engine) => {
				const story = await told(engine, { files: { Dockerfile: '' } });
				expect(story.all('failure')).toEqual([
					{ type: 'failure', message: 'The engine ended the build without saying how it went.' },
				]);
				expect(story.step('RUN').state).toBe('cancelled');
			},
		);
	});

	it('that hangs is left within a few seconds, after it was asked to cancel', async () => {
		await withFake(
			(line, socket) => {
				if (line.startsWith('POST /v1.41/session ')) socket.write(answer('', '404 Not Found'));
			},
			async (engine, requests) => {
				const stop = new AbortController();
				const pending = told(engine, {
					builder: 'buildkit',
					files: { Dockerfile: '' },
					signal: stop.signal,
				});
				await expect.poll(() => requests.some(isBuild)).toBe(true);
				const id = /buildid=([\w-]+)/.exec(requests.find(isBuild) ?? '')?.[1];
				stop.abort();
				await pending;
				expect(requests).toContain(`POST /v1.41/build/cancel?id=${id} HTTP/1.1`);
			},
		);
	});

	it('is not even asked where the context fails first', async () => {
		await withFake(
			() => {},
			async (engine) => {
				const context = endless();
				context.destroy(new Error('x is gone'));
				await expect(told(engine, { files: {}, context })).rejects.toMatchObject({
					code: 'ECONTEXT',
					engineMessage: 'x is gone',
				});
			},
		);
	});
});

describe('the embedded engine', () => {
	it.each(both)('builds as others do, by %s', async (builder) => {
		const demo = await startDemo();
		const engine = await openEngine({ host: `unix://${demo.socketPath}`, source: 'demo', name: 'demo' });
		try {
			const [base = ''] = (await engine.images()).flatMap(({ references }) => references);
			const Dockerfile = `FROM ${base}\nRUN echo hello\nCOPY x /x\n`;
			const story = await told(engine, {
				builder,
				files: { Dockerfile, x: 'x' },
				wish: { tags: ['made:1'] },
			});
			expect(story.all('failure')).toEqual([]);
			expect(story.all('image')).toHaveLength(1);
			expect(story.all('tagged')).toEqual([{ type: 'tagged', reference: 'made:1' }]);
			expect(story.outputOf('RUN echo')).toBe('hello\n');
			expect(story.states).toMatchObject({ '0 RUN echo hello': 'done', '0 COPY x /x': 'done' });
			const wrong = await told(engine, { builder, files: { Dockerfile: `FROM ${base}\nRUN exit 3\n` } });
			expect(wrong.all('failure')).toEqual([
				expect.objectContaining({ message: 'RUN exit 3 ended with exit code 3.', exitCode: 3 }),
			]);
		} finally {
			engine.close();
			await demo.close();
		}
	});
});
