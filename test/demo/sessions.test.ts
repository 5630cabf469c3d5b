// What a client that opens shells relies on: the announced number, ending by signals, and what pause, kill and remove do.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { ask, takeOver, unframe } from './request.ts';
import { openAttach, openExec } from './screen.ts';

let engine: DemoEngine;
const get = (path: string) => ask(engine.socketPath, 'GET', path);
const post = (path: string, body?: unknown) => ask(engine.socketPath, 'POST', path, body);

beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

const announced = (command: string[]) => [
	'/bin/sh',
	'-c',
	'printf "\\033]777;pid=%s\\007" $$; exec "$@"',
	'/bin/sh',
	...command,
];
const open = async (command: string[], container = 'web') => {
	const shell = await openExec(engine.socketPath, container, announced(command));
	const told = await shell.until((text) => /777;pid=\d+\x07/.test(text));
	return { ...shell, pid: Number(/pid=(\d+)/.exec(told)?.[1]) };
};
const run = async (container: string, script: string) => {
	const Cmd = ['/bin/sh', '-c', script];
	const { json } = await post(`/containers/${container}/exec`, {
		Cmd,
		User: '0',
		AttachStdout: true,
		AttachStderr: true,
	});
	const connection = await takeOver(engine.socketPath, `/exec/${json.Id}/start`, {});
	const output = unframe(await connection.ended());
	return { ...output, code: (await get(`/exec/${json.Id}/json`)).json.ExitCode };
};
const ending = (pid: number, signal: string) =>
	`for stat in /proc/[0-9]*/stat; do read -r line < "$stat" || continue; set -- \${line##*) }; [ "$4" = ${pid} ] && kill -${signal} "\${line%% *}"; done 2>/dev/null`;
const commands = async (container = 'web') =>
	(await get(`/containers/${container}/top`)).json.Processes.map((row: string[]) => row.at(-1));

test('exec replaces the shell: its number stays, top shows the new program, and its prompt is a real one', async () => {
	const shell = await open(['/bin/bash']);
	await shell.ends('apache2#');
	expect(await commands()).toContain('/bin/bash');
	expect((await commands()).join('\n')).not.toContain('printf');
	expect(await shell.inspect()).toMatchObject({ Running: true, ExitCode: null });
	shell.type(`[ $$ = ${shell.pid} ] && cat /proc/$$/comm; stty size; echo $LINES $COLUMNS; echo x\x1b[Dy\r`);
	await shell.shows(/bash\n24 80\n24 80\nyx\n/);
	await shell.resize(33, 101);
	shell.type('stty size\r');
	await shell.shows('33 101');
	shell.type('exit 7\r');
	await shell.ended();
	expect(await shell.inspect()).toMatchObject({ Running: false, ExitCode: 7 });
});

test('exec of a program that is not there ends with 127', async () => {
	const shell = await open(['nope']);
	await shell.ended();
	await shell.shows('sh: exec: line 0: nope: not found');
	expect(await shell.inspect()).toMatchObject({ Running: false, ExitCode: 127 });
});

test('a session is found in /proc and hung up with all its jobs', async () => {
	const shell = await open(['bash']);
	await shell.ends('#');
	shell.type('sleep 1111 &\rsleep 2222\r');
	await expect.poll(commands).toContain('sleep 2222');
	expect((await run('web', `cat /proc/${shell.pid}/stat`)).out).toMatch(
		new RegExp(`^${shell.pid} \\(bash\\) S 0 ${shell.pid} ${shell.pid} 34816 `),
	);
	expect(await run('web', ending(shell.pid, 'HUP'))).toMatchObject({ out: '', err: '' });
	await shell.ended();
	expect(await shell.inspect()).toMatchObject({ Running: false, ExitCode: 129 });
	await expect.poll(async () => (await commands()).join()).not.toMatch(/bash|sleep/);
});

test('full-screen programs are ended too, and one that will not listen by KILL', async () => {
	for (const [command, code] of [
		[['vi', '/etc/hosts'], 129],
		[['top'], 129],
		[['sh', '-c', 'trap "" HUP; sleep 3333; sleep 4444'], 137],
	] as [string[], number][]) {
		const shell = await open(command);
		await expect.poll(commands).toContain(command.join(' '));
		await run('web', ending(shell.pid, 'HUP'));
		if (code === 137) {
			expect(await shell.inspect()).toMatchObject({ Running: true });
			await run('web', ending(shell.pid, 'KILL'));
		}
		await shell.ended();
		expect(await shell.inspect()).toMatchObject({ Running: false, ExitCode: code });
	}
});

test('a flood waits for its reader and stops at once', async () => {
	const shell = await openExec(engine.socketPath, 'web', ['bash']);
	await shell.ends('#');
	shell.socket.pause();
	shell.type('cat /dev/zero\r');
	await new Promise((resolve) => setTimeout(resolve, 200));
	shell.type('\x03');
	shell.socket.resume();
	await shell.ends('#');
	shell.type('yes | head -n 2; seq 1 1000000\r');
	await shell.shows(/\d{5}\n/);
	shell.type('\x03');
	await shell.ends('#');
	shell.type('echo code=$?\r');
	await shell.shows('code=130');
});

test('shells are where each kind of image has them', async () => {
	const has = async (container: string, path: string) => {
		const { status, headers } = await ask(
			engine.socketPath,
			'HEAD',
			`/containers/${container}/archive?path=${path}`,
		);
		expect('x-docker-container-path-stat' in headers).toBe(status === 200);
		return status === 200;
	};
	const shells = async (container: string) => {
		const found: string[] = [];
		for (const path of ['/bin/bash', '/bin/ash', '/bin/sh']) if (await has(container, path)) found.push(path);
		return found;
	};
	expect(await shells('web')).toEqual(['/bin/bash', '/bin/sh']);
	expect(await shells('sandbox')).toEqual(['/bin/ash', '/bin/sh']);
	expect(await shells('beacon')).toEqual([]);
	const id = (await post('/containers/beacon/exec', { Cmd: ['sh'], AttachStdout: true })).json.Id;
	const refused = await takeOver(engine.socketPath, `/exec/${id}/start`, {});
	expect(unframe(await refused.ended()).out).toContain('exec: "sh": executable file not found in $PATH');
	expect((await get(`/exec/${id}/json`)).json.ExitCode).toBe(127);
});

test('two clients share the shell of a container, leave it, and its end tells the code', async () => {
	const wait = post('/containers/sandbox/wait');
	const first = await openAttach(engine.socketPath, 'sandbox', '&detachKeys=ctrl-%5E,q');
	const second = await openAttach(engine.socketPath, 'sandbox');
	await first.resize(20, 70);
	await second.ends('/ #');
	first.type('stty size\r');
	await second.shows('20 70');
	first.type('\x1eq');
	await first.ended();
	second.type('exit 9\r');
	await second.ended();
	expect((await wait).json).toEqual({ StatusCode: 9 });
	expect((await get('/containers/sandbox/json')).json.State).toMatchObject({ Status: 'exited', ExitCode: 9 });
});

test('a container that removes itself still tells its code', async () => {
	const body = {
		Image: 'busybox',
		Cmd: ['sh'],
		Tty: true,
		OpenStdin: true,
		HostConfig: { AutoRemove: true },
	};
	await post('/containers/create?name=brief', body);
	const shell = await openAttach(engine.socketPath, 'brief');
	const waits = ['next-exit', 'removed'].map((each) => post(`/containers/brief/wait?condition=${each}`));
	await post('/containers/brief/start');
	await shell.ends('/ #');
	shell.type('exit 3\r');
	await shell.ended();
	for (const wait of waits) expect((await wait).json).toEqual({ StatusCode: 3 });
	expect((await get('/containers/brief/json')).status).toBe(404);
});

test('a paused container freezes who is inside; it goes on, and its end ends them', async () => {
	const shell = await openExec(engine.socketPath, 'web', ['bash']);
	await shell.ends('#');
	await post('/containers/web/pause');
	shell.type('echo $((40 + 2))\r');
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(shell.text()).not.toContain('42');
	await post('/containers/web/unpause');
	await shell.shows('\n42\n');
	await post('/containers/web/kill');
	await shell.ended();
	expect(await shell.inspect()).toMatchObject({ Running: false, ExitCode: 137 });
	const inside = await openExec(engine.socketPath, 'cache', ['top']);
	await inside.shows('PPID');
	await ask(engine.socketPath, 'DELETE', '/containers/cache?force=1');
	await inside.ended();
});
