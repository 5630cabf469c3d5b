// Terminals on an engine that refuses, lies, breaks off or says nothing, for what a real one cannot be made to do.
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, ExecOptions } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { markReader } from '../../source/engine/mark.ts';
import { resizer } from '../../source/engine/resizer.ts';
import { answer, type FakeEngine, fakeEngine } from './fake-engine.ts';
import { frame } from './frames.ts';
import { patience } from './patience.ts';
import { type Played, play } from './played.ts';

const web = { id: 'a'.repeat(64), name: 'web' };
const size = { columns: 80, rows: 24 };
const upgraded = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n';
const mark = '\x1b]777;pid=42\x07';

type Fake = {
	/** What start and attach are answered with, and what to do then. */
	readonly reply?: string | Buffer;
	readonly next?: (socket: Socket) => void;
	/** Of the exec, or of the container, when it is asked for. */
	readonly state?: () => object | undefined;
	readonly hasShell?: boolean;
};

let fake: FakeEngine | undefined;
let engine: Engine | undefined;
let texts: string[] = [];

afterEach(() => {
	engine?.close();
	fake?.close();
	engine = undefined;
	fake = undefined;
	texts = [];
});

async function open({ reply = upgraded, next, state, hasShell = true }: Fake): Promise<Engine> {
	fake = await fakeEngine((line, socket, text) => {
		texts.push(text);
		if (line.startsWith('HEAD ')) {
			const isThere = hasShell && line.includes('path=%2Fbin%2Fsh ');
			socket.write(`HTTP/1.1 ${isThere ? '200 OK' : '404 Not Found'}\r\nContent-Length: 0\r\n\r\n`);
		} else if (line.includes('/resize')) socket.write(answer({}));
		else if (line.includes(`/containers/${web.id}/exec `)) socket.write(answer({ Id: 'e1' }, '201 Created'));
		else if (/\/start |\/attach\?/.test(line)) {
			socket.write(reply);
			next?.(socket);
		} else if (line.includes('/json ')) {
			const said = state ? state() : { Running: true, ExitCode: null, State: { Running: true } };
			if (said) socket.write(answer(said));
		}
	});
	engine = await openEngine(fake.endpoint);
	return engine;
}

const run = ({ exec }: Engine, options: Partial<ExecOptions> = {}): Promise<Played> =>
	play((onOutput) => exec(web, { command: ['top'], tty: true, size, ...options }, onOutput));

const attach = ({ attach }: Engine): Promise<Played> =>
	play((onOutput) => attach(web, { tty: true, stdin: true, size }, onOutput));

describe('an exec', () => {
	it.each([
		['JSON', answer({ message: 'oh dear' }, '500 Internal Server Error'), 'oh dear'],
		['plain text', answer('oh dear', '500 Internal Server Error'), 'oh dear'],
	])('that is refused in place of its 101 says why, in %s', async (_, reply, engineMessage) => {
		const { exec } = await open({ reply });
		await expect(exec(web, { command: ['sh'], tty: true, size }, () => {})).rejects.toMatchObject({
			name: 'EngineError',
			message: 'The command could not be run in web.',
			statusCode: 500,
			engineMessage,
		});
	});

	it('that is not given the connection fails, and so does one cut off before', async () => {
		const refused = await open({ reply: 'HTTP/1.1 200 OK\r\n\r\n' });
		await expect(run(refused)).rejects.toMatchObject({ name: 'EngineError', code: 'EANSWER' });
		refused.close();
		fake?.close();
		const cut = await open({ reply: '', next: (socket) => socket.destroy() });
		await expect(run(cut)).rejects.toMatchObject({ name: 'EngineError', code: 'ECONNRESET' });
	});

	it('asks for what it means and nothing else, an attach without a body', async () => {
		const engine = await open({ reply: `${upgraded}${mark}` });
		await run(engine, { env: ['A=1', 'TERM=vt100'] });
		await attach(engine);
		const body = (part: string) => texts.find((text) => text.includes(part))?.split('\r\n\r\n')[1] ?? '';
		expect(JSON.parse(body('/exec HTTP'))).toMatchObject({
			Cmd: ['/bin/sh', '-c', expect.any(String), '/bin/sh', 'top'],
			Env: ['COLORTERM=truecolor', 'A=1', 'TERM=vt100'],
			AttachStdin: true,
			ConsoleSize: [24, 80],
		});
		expect(JSON.parse(body('/start HTTP'))).toEqual({ Detach: false, Tty: true, ConsoleSize: [24, 80] });
		const attached = texts.find((text) => text.includes('/attach?')) ?? '';
		expect(attached).toContain('Content-Length: 0\r\n');
		expect(attached.endsWith('\r\n\r\n')).toBe(true);
		expect(attached).toContain('?stream=true&stdin=true&stdout=true&stderr=true&detachKeys=');
		expect(attached.split('\r\n')[0]).not.toContain('hijack');
	});

	it('gets what came together with the 101, without its mark', async () => {
		const { session, shows, text } = await run(await open({ reply: `${upgraded}${mark}hello` }));
		await shows('hello');
		expect(text()).toBe('hello');
		expect(session.started).toEqual({ execId: 'e1', containerId: web.id, pid: 42, shell: '/bin/sh' });
	});

	it('finds its mark at the front of the frames of a command without a terminal', async () => {
		const next = (socket: Socket) => {
			for (const part of [frame(2, 'oops '), frame(1, mark.slice(0, 5)), frame(1, `${mark.slice(5)}out`)])
				socket.write(part);
		};
		const { session, shows } = await run(await open({ next }), { tty: false });
		await shows('oops out');
		expect(session.started?.pid).toBe(42);
	});

	it('believes no mark where no shell makes one', async () => {
		const played = await run(await open({ reply: `${upgraded}${mark}hello`, hasShell: false }));
		await played.shows(`${mark}hello`);
		expect(played.session.started).toEqual({ execId: 'e1', containerId: web.id });
	});

	it('that is cut off is lost, except where the engine says that it ended', async () => {
		let isRunning = true;
		const engine = await open({
			reply: `${upgraded}${mark}`,
			next: (socket) => socket.on('data', () => socket.destroy()),
			state: () => ({ Running: isRunning, ExitCode: isRunning ? null : 5 }),
		});
		const first = await run(engine);
		first.type('x');
		expect(await first.session.ended).toMatchObject({ how: 'lost', error: { name: 'EngineError' } });
		isRunning = false;
		const second = await run(engine);
		second.type('x');
		expect(await second.session.ended).toEqual({ how: 'exited', code: 5 });
	});

	it('whose stream ends while it goes on is lost', async () => {
		const { session } = await run(
			await open({ reply: `${upgraded}${mark}`, next: (socket) => socket.end('bye') }),
		);
		expect(await session.ended).toMatchObject({ how: 'lost', error: { code: 'EEND' } });
	});

	it('whose frames are none is lost', async () => {
		const { session } = await run(await open({ reply: `${upgraded}no frames at all` }), { tty: false });
		expect(await session.ended).toMatchObject({ how: 'lost', error: { code: 'EANSWER' } });
	});

	it('on an engine that hangs is not waited for', async () => {
		const { session } = await run(await open({ reply: `${upgraded}${mark}`, state: () => undefined }));
		const before = Date.now();
		expect(await session.end()).toBe(false);
		expect(Date.now() - before).toBeLessThan(7000);
		expect(await session.ended).toEqual({ how: 'detached' });
	});

	it('without a shell is asked to end by the keys a person would type', async () => {
		let isRunning = true;
		const typed: string[] = [];
		const engine = await open({
			hasShell: false,
			state: () => ({ Running: isRunning, ExitCode: 0 }),
			next: (socket) =>
				socket.on('data', (bytes) => {
					typed.push(bytes.toString());
					if (bytes.includes(4)) isRunning = false;
				}),
		});
		const { session } = await run(engine);
		expect(await session.end()).toBe(true);
		expect(typed).toEqual(['\x03', '\x04']);
		expect(await session.ended).toEqual({ how: 'exited' });
	});
});

describe('an attach', () => {
	it('of a container that is stopped is refused, though the engine grants it', async () => {
		const { attach } = await open({ state: () => ({ State: { Running: false, ExitCode: 0 } }) });
		await expect(attach(web, { tty: true, stdin: true, size }, () => {})).rejects.toMatchObject({
			name: 'EngineError',
			message: 'web is not running: start it first (s).',
		});
	});

	it('draws the screen anew by a size that is not the last', async () => {
		await attach(await open({}));
		await expect
			.poll(() => fake?.requests.filter((line) => line.includes('/resize')), patience)
			.toEqual([
				expect.stringContaining('/resize?h=25&w=80 '),
				expect.stringContaining('/resize?h=24&w=80 '),
			]);
	});
});

describe('the mark', () => {
	const read = (parts: readonly string[]) => {
		let passed = '';
		const pids: number[] = [];
		const reader = markReader(
			(bytes) => {
				passed += bytes.toString();
			},
			(pid) => pids.push(pid),
		);
		for (const part of parts) reader.push(Buffer.from(part));
		reader.end();
		return { passed, pids };
	};

	it.each<[string, readonly string[], string, readonly number[]]>([
		['whole', [`${mark}ab`], 'ab', [42]],
		['byte by byte', [...`${mark}ab`], 'ab', [42]],
		['alone', [mark], '', [42]],
		['twice: only the first is ours', [`${mark}${mark}ab`], `${mark}ab`, [42]],
		['behind something else', [`a${mark}`], `a${mark}`, []],
		['behind something else, later', ['a', mark], `a${mark}`, []],
		['unfinished', [mark.slice(0, 7)], mark.slice(0, 7), []],
		['another title', ['\x1b]777;notify;a;b\x07'], '\x1b]777;notify;a;b\x07', []],
		['with a pid too long', ['\x1b]777;pid=12345678901\x07'], '\x1b]777;pid=12345678901\x07', []],
		['with no pid', ['\x1b]777;pid=\x07'], '\x1b]777;pid=\x07', []],
	])('that comes %s', (_, parts, passed, pids) => {
		expect(read(parts)).toEqual({ passed, pids });
	});
});

describe('a resize', () => {
	it('waits for the one before, and only the newest waits; failures mean nothing', async () => {
		const told: number[] = [];
		const resize = resizer(async ({ columns }) => {
			told.push(columns);
			await new Promise((resolve) => setTimeout(resolve, 5));
			if (columns === 81) throw new Error('no');
		});
		for (let columns = 81; columns < 90; columns++) resize({ columns, rows: 24 });
		await resize({ columns: 90, rows: 24 });
		expect(told).toEqual([81, 90]);
		await resize(size);
		expect(told).toEqual([81, 90, 80]);
	});
});
