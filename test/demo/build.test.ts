// Building: the classic stream, BuildKit's messages, the cache, failures and cancelling.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { writeTar } from '../../source/demo/tar.ts';
import { ask, type Json, lines, unframe } from './request.ts';

let engine: DemoEngine;
beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

const context = (files: Record<string, string>): Buffer =>
	writeTar(
		Object.entries(files).map(([path, text]) => ({
			path,
			node: { kind: 'file' as const, mode: 0o644, modifiedAt: 0, bytes: Buffer.from(text) },
		})),
	);
const build = (query: string, files: Record<string, string>) =>
	lines(engine.socketPath, 'POST', `/build?${query}`, context(files));

/** The texts inside BuildKit's messages; names and logs are all a person reads. */
const traced = (seen: Json[]): string =>
	seen
		.filter((line) => line.id === 'moby.buildkit.trace')
		.map((line) => Buffer.from(line.aux, 'base64').toString())
		.join('\n');

const simple = {
	Dockerfile:
		'FROM busybox\nARG WHO=all\nENV A=b\nWORKDIR /app\nCOPY note.txt .\nRUN echo hello $WHO > /greeting; echo done\nCMD cat /greeting note.txt\n',
	'note.txt': 'ahoy\n',
};

test('the classic builder tells every step, and the second time uses its cache', async () => {
	const first = (await (await build('t=mine:1', simple)).ended()).map((line) => line.stream ?? '').join('');
	expect(first).toContain('Step 1/7 : FROM busybox\n ---> ');
	expect(first).toMatch(
		/Step 6\/7 : RUN echo .*\n ---> Running in [0-9a-f]{12}\ndone\n ---> Removed intermediate container [0-9a-f]{12}\n ---> [0-9a-f]{12}\n/,
	);
	expect(first).toMatch(/Successfully built [0-9a-f]{12}\nSuccessfully tagged mine:1\n$/);
	const second = (await (await build('t=mine:1', simple)).ended()).map((line) => line.stream ?? '').join('');
	expect(second.match(/Using cache/g)).toHaveLength(6);
	await ask(engine.socketPath, 'POST', '/containers/create?name=built', { Image: 'mine:1' });
	await ask(engine.socketPath, 'POST', '/containers/built/start');
	expect(
		unframe((await ask(engine.socketPath, 'GET', '/containers/built/logs?stdout=1&follow=1')).bytes).out,
	).toBe('hello all\nahoy\n');
});

test('BuildKit: named vertexes, logs, cached steps, the id of the image', async () => {
	const seen = await (
		await build('t=mine:2&version=2&buildargs=%7B%22WHO%22%3A%22you%22%7D', simple)
	).ended();
	const text = traced(seen);
	for (const name of [
		'[internal] load build definition',
		'[1/4] FROM docker.io/library/busybox:latest',
		'[3/4] COPY note.txt .',
		'[4/4] RUN echo',
		'exporting to image',
		'done\n',
	])
		expect(text).toContain(name);
	expect(seen.find((line) => line.id === 'moby.image.id').aux.ID).toMatch(/^sha256:/);
	expect(seen.at(-1)).toEqual({ stream: 'Successfully tagged mine:2\n' });
	expect((await ask(engine.socketPath, 'GET', '/images/mine:2/json')).json.Config).toMatchObject({
		WorkingDir: '/app',
		Cmd: ['/bin/sh', '-c', 'cat /greeting note.txt'],
	});
});

test('stages, and copying between them', async () => {
	const files = {
		Dockerfile:
			'FROM busybox AS one\nRUN echo made > /thing\nFROM busybox AS two\nRUN echo beside\nFROM scratch\nCOPY --from=one /thing /thing\nCMD ["/thing"]\n',
	};
	const text = traced(await (await build('t=small&version=2', files)).ended());
	expect(text).toContain('[one 2/2] RUN echo made');
	expect(text).not.toContain('[two');
	expect((await ask(engine.socketPath, 'GET', '/images/small/json')).json.Config.Cmd).toEqual(['/thing']);
});

test('a failing RUN fails like the real one', async () => {
	const files = { Dockerfile: 'FROM busybox\nRUN exit 3\n' };
	const classic = await (await build('t=x1', files)).ended();
	expect(classic.at(-1).errorDetail).toEqual({
		code: 3,
		message: "The command '/bin/sh -c exit 3' returned a non-zero code: 3",
	});
	const kit = await (await build('t=x1&version=2', files)).ended();
	expect(kit.at(-1).error).toContain('did not complete successfully: exit code: 3');
});

test('mistakes in the Dockerfile', async () => {
	expect((await build('', { Dockerfile: 'FOO bar\n' })).status).toBe(400);
	expect((await build('', { other: '' })).status).toBe(500);
	expect((await (await build('version=2', { Dockerfile: 'FOO bar\n' })).ended()).at(-1).error).toContain(
		'unknown instruction: FOO',
	);
	expect(
		(await (await build('', { Dockerfile: 'FROM busybox\nCOPY zz /\n' })).ended()).at(-1).error,
	).toContain('COPY failed');
});

test('a build is cancelled by its id, and by leaving', async () => {
	const files = { Dockerfile: 'FROM busybox\nRUN sleep 1000\n' };
	const kit = await build('t=never&version=2&buildid=b1', files);
	await kit.until((all) => traced(all).includes('RUN sleep'));
	expect((await ask(engine.socketPath, 'POST', '/build/cancel?id=b1')).status).toBe(200);
	expect((await kit.ended()).at(-1).error).toBe('context canceled');
	const events = await lines(engine.socketPath, 'GET', '/events');
	const classic = await build('t=never', files);
	await classic.until((all) => all.some((line) => line.stream?.includes('Running in')));
	classic.close();
	await events.until((all) => all.some((event) => event.Action === 'die'));
	expect((await ask(engine.socketPath, 'GET', '/images/never/json')).status).toBe(404);
});
