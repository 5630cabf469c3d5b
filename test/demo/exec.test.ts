// Shells inside containers: a terminal session, plain commands, files, and detaching.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { ask, lines, takeOver, unframe } from './request.ts';

let engine: DemoEngine;
const get = (path: string) => ask(engine.socketPath, 'GET', path);
const post = (path: string, body?: unknown) => ask(engine.socketPath, 'POST', path, body);

beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

const exec = async (container: string, body: object) =>
	(await post(`/containers/${container}/exec`, { AttachStdout: true, AttachStderr: true, ...body })).json
		.Id as string;
const runIn = async (container: string, script: string) => {
	const id = await exec(container, { Cmd: ['sh', '-c', script] });
	const connection = await takeOver(engine.socketPath, `/exec/${id}/start`, {});
	const output = unframe(await connection.ended());
	return { ...output, code: (await get(`/exec/${id}/json`)).json.ExitCode };
};

test('a plain command: both streams and its exit code', async () => {
	expect(await runIn('web', 'echo a; echo b >&2; exit 3')).toEqual({ out: 'a\n', err: 'b\n', code: 3 });
	expect(await runIn('web', 'for n in 1 2 3; do [ $n -gt 1 ] && echo n=$n; done | wc -l')).toMatchObject({
		out: '2\n',
		code: 0,
	});
	expect(await runIn('web', 'foo')).toEqual({ out: '', err: 'sh: foo: not found\n', code: 127 });
	expect(await runIn('web', 'x=$(echo deep | grep d) && echo "[$x]" $((2+3*4))')).toMatchObject({
		out: '[deep] 14\n',
	});
});

test('a missing program answers 101, says why on the stream and leaves no exec_die', async () => {
	const events = await lines(engine.socketPath, 'GET', '/events');
	const id = await exec('web', { Cmd: ['zzz'] });
	const connection = await takeOver(engine.socketPath, `/exec/${id}/start`, {});
	expect(unframe(await connection.ended()).out).toContain(
		'OCI runtime exec failed: exec failed: unable to start container process: exec: "zzz": executable file not found in $PATH',
	);
	expect((await get(`/exec/${id}/json`)).json).toMatchObject({ Running: false, ExitCode: 127 });
	await runIn('web', 'true');
	const seen = await events.until((all) => all.some((event) => event.Action === 'exec_die'));
	expect(seen.filter((event) => event.Action === 'exec_die')).toHaveLength(1);
});

test('a terminal: prompt, echo, backspace, Ctrl+C, size, Ctrl+D', async () => {
	const id = await exec('web', { Cmd: ['sh'], Tty: true, AttachStdin: true });
	const shell = await takeOver(engine.socketPath, `/exec/${id}/start`, { Tty: true });
	await shell.until((text) => text.endsWith('# '));
	expect((await post(`/exec/${id}/resize?h=33&w=101`)).status).toBe(200);
	shell.type('stty size\r');
	await shell.until((text) => text.includes('33 101\r\n'));
	shell.type('echo ax\x7fb\r');
	await shell.until((text) => text.includes('\r\nab\r\n'));
	shell.type('sleep 1000\r');
	await shell.until((text) => text.includes('sleep 1000\r\n'));
	shell.type('\x03');
	await shell.until((text) => /\^C\r\n.*# $/.test(text));
	shell.type('echo code=$?\r');
	await shell.until((text) => text.includes('code=130'));
	shell.type('\x04');
	await shell.ended();
	expect((await get(`/exec/${id}/json`)).json).toMatchObject({ Running: false, ExitCode: 0 });
});

test('a shell outlives its client, and another exec can end it', async () => {
	const id = await exec('web', {
		Cmd: ['sh', '-c', 'printf "pid=%s\\n" $$; exec sh'],
		Tty: true,
		AttachStdin: true,
	});
	const shell = await takeOver(engine.socketPath, `/exec/${id}/start`, { Tty: true });
	const pid = /pid=(\d+)/.exec(await shell.until((text) => /pid=\d+\r\n/.test(text)))?.[1];
	shell.socket.destroy();
	await shell.ended();
	expect((await get(`/exec/${id}/json`)).json.Running).toBe(true);
	expect((await runIn('web', `kill -HUP ${pid}`)).code).toBe(0);
	expect((await get(`/exec/${id}/json`)).json).toMatchObject({ Running: false, ExitCode: 129 });
});

test('changes made in a shell are in the diff, in the archive and in a commit', async () => {
	expect((await get('/containers/web/changes')).text).toBe('null\n');
	await runIn('web', 'echo hi > /tmp/note; mkdir /new; rm /bin/yes');
	expect((await get('/containers/web/changes')).json).toEqual([
		{ Path: '/bin', Kind: 0 },
		{ Path: '/bin/yes', Kind: 2 },
		{ Path: '/new', Kind: 1 },
		{ Path: '/tmp', Kind: 0 },
		{ Path: '/tmp/note', Kind: 1 },
	]);
	const head = await ask(engine.socketPath, 'HEAD', '/containers/web/archive?path=/tmp/note');
	expect(
		JSON.parse(Buffer.from(String(head.headers['x-docker-container-path-stat']), 'base64').toString()),
	).toMatchObject({ name: 'note', size: 3 });
	expect((await ask(engine.socketPath, 'HEAD', '/containers/web/archive?path=/bin/zsh')).status).toBe(404);
	expect((await get('/containers/web/archive?path=/tmp/note')).bytes.subarray(512, 515).toString()).toBe(
		'hi\n',
	);
	const commit = await post('/commit?container=web&repo=mine&tag=1&changes=CMD%20cat%20/tmp/note', {});
	expect(commit.status).toBe(201);
	await post('/containers/create?name=again', { Image: 'mine:1' });
	await post('/containers/again/start');
	expect(unframe((await get('/containers/again/logs?stdout=1&follow=1')).bytes).out).toBe('hi\n');
});

test('run -it: attach before the start, and leave with ctrl-p ctrl-q', async () => {
	await post('/containers/create?name=tty', {
		Image: 'ubuntu:22.04',
		Tty: true,
		OpenStdin: true,
		StdinOnce: true,
	});
	const first = await takeOver(
		engine.socketPath,
		'/containers/tty/attach?stream=1&stdin=1&stdout=1&stderr=1',
	);
	await post('/containers/tty/start');
	await first.until((text) => text.endsWith('# '));
	first.type('\x10\x11');
	await first.ended();
	expect((await get('/containers/tty/json')).json.State.Running).toBe(true);
	const second = await takeOver(
		engine.socketPath,
		'/containers/tty/attach?stream=1&stdin=1&stdout=1&detachKeys=ctrl-a',
	);
	second.type('exit 4\r');
	await second.ended();
	expect((await get('/containers/tty/json')).json.State).toMatchObject({ Status: 'exited', ExitCode: 4 });
	expect((await post('/containers/nope/attach')).status).toBe(404);
	expect((await post('/containers/web/attach?detachKeys=foo')).status).toBe(400);
});

test('a container without a terminal ends its input with its client', async () => {
	await post('/containers/create?name=pipe', {
		Image: 'busybox',
		Cmd: ['cat'],
		OpenStdin: true,
		StdinOnce: true,
	});
	const attached = await takeOver(engine.socketPath, '/containers/pipe/attach?stream=1&stdin=1&stdout=1');
	await post('/containers/pipe/start');
	attached.socket.end('hello\n');
	expect(unframe(await attached.ended()).out).toBe('hello\n');
	expect((await post('/containers/pipe/wait')).json).toEqual({ StatusCode: 0 });
});
