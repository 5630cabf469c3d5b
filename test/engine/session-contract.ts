// What every engine must do for terminals: run, attach, let go, end. It runs against the embedded engine and a real one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttachOptions, Engine, ExecOptions, Target } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { patience } from './patience.ts';
import { type Played, play } from './played.ts';
import { done, raw } from './raw.ts';

/** Asked when the tests begin. `image` has `sh` with the usual programs. */
export type Subject = { readonly socket: string; readonly image: string };

const size = { columns: 90, rows: 30 };

export function sessionContract(name: string, getSubject: () => Subject): void {
	describe(`${name} keeps the contract of terminals:`, () => {
		let socket = '';
		let image = '';
		let engine: Engine;
		let count = 0;
		/** Most tests need no container of their own. */
		let idle: Target;

		async function started(options: object = {}): Promise<Target> {
			const name = `session-${++count}`;
			const body = { Image: image, Cmd: ['sleep', '1000'], StopSignal: 'SIGKILL', ...options };
			const { Id } = (await done(socket, 'POST', `/containers/create?name=${name}`, body)) as { Id: string };
			await engine.start({ id: Id, name });
			return { id: Id, name };
		}

		const run = (options: Partial<ExecOptions> & { command: string[] }, target = idle): Promise<Played> =>
			play((onOutput) => engine.exec(target, { tty: true, size, ...options }, onOutput));

		const sh = (target = idle): Promise<Played> => run({ command: ['sh'] }, target);

		const attach = (target: Target, options: Partial<AttachOptions> = {}): Promise<Played> =>
			play((onOutput) => engine.attach(target, { tty: true, stdin: true, size, ...options }, onOutput));

		/** How many live processes of the container have this in their command line. */
		async function alive(text: string, target = idle): Promise<number> {
			const { rows } = await engine.processes(target.id);
			return rows.filter((row) => {
				const line = row.join(' ');
				return line.includes(text) && !/defunct|\[\w+\]$/.test(line);
			}).length;
		}

		const isAlive = (text: string, target = idle) =>
			expect.poll(() => alive(text, target), patience).toBeGreaterThan(0);
		const isGone = (text: string, target = idle) => expect.poll(() => alive(text, target), patience).toBe(0);

		beforeAll(async () => {
			({ socket, image } = getSubject());
			engine = await openEngine({ host: `unix://${socket}`, source: 'test', name: 'local' });
			idle = await started();
		});

		afterAll(async () => {
			for (let at = 1; at <= count; at++)
				await raw(socket, 'DELETE', `/containers/session-${at}?force=1&v=1`);
			engine.close();
		});

		it('finds the shells of what runs and of what is stopped, and tells no shell from no container', async () => {
			const target = await started();
			const found = await engine.shells(target);
			expect(found).toContain('/bin/sh');
			expect(await engine.shells(idle)).toEqual(found);
			await engine.kill(target, 'SIGKILL');
			await expect.poll(() => engine.shells(target), patience).toEqual(found);
			await expect(engine.shells({ id: 'f'.repeat(64), name: 'web' })).rejects.toThrow('web is gone');
		});

		it('types to a shell, shows what it prints, and tells its exit code', async () => {
			const shell = await sh();
			expect(shell.session.started).toMatchObject({
				containerId: idle.id,
				execId: expect.stringMatching(/^\w+$/),
				pid: expect.any(Number),
				shell: '/bin/sh',
			});
			expect(shell.session.started?.pid).toBeGreaterThan(1);
			shell.type('echo "<$((40 + 2))>"\r');
			await shell.shows('<42>');
			expect(shell.text()).not.toContain('777');
			shell.type('exit 7\r');
			expect(await shell.session.ended).toEqual({ how: 'exited', code: 7 });
			shell.type('echo late\r');
			shell.session.resize(size);
			shell.session.detach();
			expect(await shell.session.end()).toBe(true);
			expect(await shell.session.ended).toEqual({ how: 'exited', code: 7 });
		});

		it('has its size from the start, and the newest when it changes', async () => {
			const shell = await sh();
			shell.type('stty size\r');
			await shell.shows('30 90');
			for (let columns = 91; columns <= 140; columns++) shell.session.resize({ columns, rows: 41 });
			await expect
				.poll(() => {
					shell.type('stty size\r');
					return shell.text();
				}, patience)
				.toContain('41 140');
			await shell.session.end();
		});

		it('passes Ctrl+P on before another key, and what begins as its own sequence whole', async () => {
			const cat = await run({ command: ['sh', '-c', 'stty raw -echo; echo ready; cat'] });
			await cat.shows('ready\n');
			cat.type('\x10');
			await cat.shows('ready\n\x10');
			cat.type('\x1ex');
			await cat.shows('\x10\x1ex');
			cat.type('\x1e\x00\x1ey\x00z');
			await cat.shows('x\x1e\x00\x1ey\x00z');
			await cat.session.end();
		});

		it('interrupts what runs in a shell, and not the shell', async () => {
			const shell = await sh();
			shell.type('echo a; sleep 987654\r');
			await isAlive('sleep 987654');
			shell.type('\x03');
			await isGone('sleep 987654');
			shell.type('echo "code=$?"\r');
			await shell.shows('code=130');
			await shell.session.end();
		});

		it('ends a shell with all in its terminal: in front, in the background, stopped, and what will not listen', async () => {
			const shell = await sh();
			shell.type('sleep 111111 &\r');
			await isAlive('sleep 111111');
			shell.type('sleep 121212\r');
			await isAlive('sleep 121212');
			shell.type('\x1a');
			shell.type(`sh -c 'trap "" HUP INT TERM; sleep 222222; sleep 333333'\r`);
			await isAlive('sleep 222222');
			expect(await shell.session.end()).toBe(true);
			expect((await shell.session.ended).how).toBe('exited');
			for (const text of ['111111', '121212', '222222', '333333']) await isGone(text);
			expect(await alive('sleep 1000')).toBe(1);
		});

		it('lets go of a shell that goes on, and ends it later', async () => {
			const shell = await sh();
			shell.type('sleep 444444 & sleep 555555\r');
			await isAlive('sleep 555555');
			const { started } = shell.session;
			if (!started) throw new Error('nothing is started');
			shell.session.detach();
			expect(await shell.session.ended).toEqual({ how: 'detached' });
			await isAlive('sleep 444444');
			const other = await openEngine({ host: `unix://${socket}`, source: 'test', name: 'local' });
			expect(await other.endExec(started)).toBe(true);
			await isGone('444444');
			await isGone('555555');
			expect(await other.endExec(started)).toBe(true);
			expect(await other.signalExec(started, 'HUP')).toBe(true);
			other.close();
		});

		it('sends a signal to what is in a terminal', async () => {
			const shell = await sh();
			shell.type('sleep 666666\r');
			await isAlive('sleep 666666');
			const { started } = shell.session;
			if (!started) throw new Error('nothing is started');
			expect(await engine.signalExec(started, 'INT')).toBe(false);
			await isGone('666666');
			expect(await engine.signalExec(started, 'SIGKILL')).toBe(true);
			expect(await shell.session.ended).toEqual({ how: 'exited', code: 137 });
			const nothing = expect.objectContaining({ statusCode: 400 });
			const other = await sh();
			if (!other.session.started) throw new Error('nothing is started');
			await expect(engine.signalExec(other.session.started, 'HUP; reboot')).rejects.toEqual(nothing);
			await other.session.end();
		});

		it('ends one whose output nobody takes', async () => {
			const flood = await run({ command: ['yes'] });
			await flood.shows('y');
			flood.session.pause();
			expect(await flood.session.end()).toBe(true);
			await isGone('yes');
		});

		it('runs a command without a terminal, and tells both its outputs and its exit code', async () => {
			const command = ['sh', '-c', 'echo out; echo oops >&2; exit 3'];
			const played = await run({ command, tty: false });
			expect(await played.session.ended).toEqual({ how: 'exited', code: 3 });
			expect(played.text()).toContain('out\n');
			expect(played.text()).toContain('oops\n');
			expect(played.text()).toHaveLength(9);
			const input = await run({ command: ['cat'], tty: false });
			expect(await input.session.ended).toEqual({ how: 'exited', code: 0 });
		});

		it('ends a command without a terminal, with what it started', async () => {
			const played = await run({ command: ['sh', '-c', 'sleep 777778 & sleep 777779'], tty: false });
			await isAlive('sleep 777779');
			expect(await played.session.end()).toBe(true);
			await isGone('777778');
			await isGone('777779');
		});

		it('tells of a program that is not there by 127, and passes arguments as they are', async () => {
			const missing = await run({ command: ['no-such-program'] });
			expect(await missing.session.ended).toEqual({ how: 'exited', code: 127 });
			expect(missing.text()).toContain('no-such-program');
			const echo = await run({ command: ['echo', 'a  b', '$HOME', '', `'"\\`, 'é;#'], tty: false });
			await echo.session.ended;
			expect(echo.text()).toBe(`a  b $HOME  '"\\ é;#\n`);
		});

		it('is who, where and with what it is asked to be', async () => {
			const command = ['sh', '-c', 'id -u; pwd; echo "$TERM $COLORTERM $ONE $TWO"'];
			const plain = await run({ command });
			await plain.session.ended;
			expect(plain.text().split('\r\n').slice(0, 3)).toEqual(['0', '/', 'xterm-256color truecolor  ']);
			const env = ['ONE=1', 'TWO=a b', 'TERM=vt100'];
			const asked = await run({ command, user: 'nobody', directory: '/tmp', env });
			await asked.session.ended;
			const [user, directory, said] = asked.text().split('\r\n');
			expect(Number(user)).toBeGreaterThan(0);
			expect([directory, said]).toEqual(['/tmp', 'vt100 truecolor 1 a b']);
		});

		it('ends with its container, killed or removed', async () => {
			const target = await started();
			const shell = await sh(target);
			await engine.kill(target, 'SIGKILL');
			expect((await shell.session.ended).how).toBe('exited');
			expect(await shell.session.end()).toBe(true);
			await engine.start(target);
			const other = await sh(target);
			await engine.remove(target, { force: true, volumes: false });
			expect((await other.session.ended).how).toBe('exited');
			expect(await other.session.end()).toBe(true);
		});

		it('says why it cannot', async () => {
			const target = await started({ Tty: true, OpenStdin: true });
			const shell = await sh(target);
			await engine.pause(target);
			const isPaused = `${target.name} is paused: unpause it first (p).`;
			await expect(sh(target)).rejects.toMatchObject({ name: 'EngineError', message: isPaused });
			await expect(attach(target)).rejects.toMatchObject({ name: 'EngineError', message: isPaused });
			expect(await shell.session.end()).toBe(false);
			await engine.unpause(target);
			await engine.kill(target, 'SIGKILL');
			const isNotRunning = `${target.name} is not running: start it first (s).`;
			await expect.poll(() => sh(target).catch((error) => error.message), patience).toBe(isNotRunning);
			await expect(attach(target)).rejects.toMatchObject({ name: 'EngineError', message: isNotRunning });
			const gone = { id: 'f'.repeat(64), name: 'web' };
			await expect(sh(gone)).rejects.toThrow('web is gone');
			await expect(attach(gone)).rejects.toThrow('web is gone');
		});

		it('passes five megabytes on whole and in order, also when it is held back', async () => {
			const flood = await run({ command: ['sh', '-c', 'stty raw; seq 1 720000'] });
			for (let at = 0; at < 5; at++) {
				flood.session.pause();
				const before = flood.length();
				await new Promise((resolve) => setTimeout(resolve, 50));
				expect(flood.length()).toBe(before);
				flood.session.resume();
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			expect(await flood.session.ended).toEqual({ how: 'exited', code: 0 });
			const lines = flood.text().split('\n');
			expect(lines.length).toBe(720_001);
			expect(lines.findIndex((line, at) => line !== String(at + 1))).toBe(720_000);
		}, 60_000);

		it('changes no byte, of those typed and those printed', async () => {
			const cat = await run({ command: ['sh', '-c', 'stty raw -echo; echo ready; cat'] });
			await cat.shows('ready');
			const before = cat.length();
			const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256));
			cat.session.write(bytes);
			await expect.poll(() => cat.length() - before, patience).toBeGreaterThanOrEqual(4096);
			expect(cat.bytes().subarray(-4096)).toEqual(bytes);
			await cat.session.end();
		});

		it('attaches to a terminal, resizes it, lets go, comes back, and tells its exit code', async () => {
			const target = await started({ Tty: true, OpenStdin: true, Cmd: ['sh'] });
			const first = await attach(target);
			expect(first.session.started).toBeUndefined();
			first.type('echo "<$((40 + 2))>"\r');
			await first.shows('<42>');
			await expect
				.poll(() => {
					first.type('stty size\r');
					return first.text();
				}, patience)
				.toContain('30 90');
			first.session.resize({ columns: 70, rows: 20 });
			await expect
				.poll(() => {
					first.type('stty size\r');
					return first.text();
				}, patience)
				.toContain('20 70');
			first.type('value=kept\r');
			first.type('echo "$((1 + 1))"nd\r');
			await first.shows('2nd');
			first.session.detach();
			expect(await first.session.ended).toEqual({ how: 'detached' });
			const second = await attach(target);
			second.type('echo "is $value"\r');
			await second.shows('is kept');
			expect(await second.session.end()).toBe(true);
			expect(await second.session.ended).toEqual({ how: 'detached' });
			const third = await attach(target);
			third.type('exit 9\r');
			expect(await third.session.ended).toEqual({ how: 'exited', code: 9 });
		});

		it('attaches to pipes, and ends what reads them with the end of its input', async () => {
			const target = await started({ Cmd: ['cat'], OpenStdin: true, StdinOnce: true });
			const cat = await attach(target, { tty: false });
			cat.type('one\ntwo\n');
			await cat.shows('one\ntwo\n');
			cat.session.endInput();
			expect(await cat.session.ended).toEqual({ how: 'exited', code: 0 });
			expect(cat.text()).toBe('one\ntwo\n');
		});

		it('attaches to what reads nothing, and is told when it is killed', async () => {
			const target = await started({ Cmd: ['sh', '-c', 'while true; do echo tick; sleep 1; done'] });
			const played = await attach(target, { tty: false, stdin: false });
			await played.shows('tick\n');
			await engine.kill(target, 'SIGKILL');
			expect(await played.session.ended).toEqual({ how: 'exited', code: 137 });
		});

		it('is lost when its connection is closed, and is ended over another', async () => {
			const other = await openEngine({ host: `unix://${socket}`, source: 'test', name: 'local' });
			const options = { command: ['sleep', '888888'], tty: true, size };
			const { session } = await play((onOutput) => other.exec(idle, options, onOutput));
			await isAlive('sleep 888888');
			other.close();
			expect(await session.ended).toMatchObject({ how: 'lost', error: { code: 'ECLOSED' } });
			expect(await session.end()).toBe(false);
			if (!session.started) throw new Error('nothing is started');
			expect(await engine.endExec(session.started)).toBe(true);
			await isGone('888888');
		});
	});
}
