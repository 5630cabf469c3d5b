// Transfers from the wish to the end, with an engine that does what the test says, and real files.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { EngineError } from '../../source/engine/error.ts';
import type { Event } from '../../source/model/event.ts';
import type { Transfer, TransferNews } from '../../source/model/transfers.ts';
import { createTransfers } from '../../source/transfer/transfers.ts';
import { until } from '../actions/player.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import { type FakeTransfer, openFakeTransfer } from './fake-transfer.ts';

let cwd: string;

beforeEach(() => {
	cwd = mkdtempSync(join(tmpdir(), 'portside-transfer-'));
	const folder = cwd;
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

type Given = Partial<Parameters<typeof createTransfers>[0]>;

const open = (given: Given = {}) => {
	const events: Event[] = [];
	const journal: unknown[][] = [];
	const asked: unknown[][] = [];
	const fakes: FakeTransfer[] = [];
	/** What a save answers with. */
	let tar: (signal: AbortSignal) => Readable = () => Readable.from([Buffer.from('a tar')]);
	const start = (signal: AbortSignal, onNews: (news: readonly TransferNews[]) => void) => {
		const { transfer, ended } = openFakeTransfer(signal, onNews);
		fakes.push(transfer);
		return ended;
	};
	const engine = {
		pull: (reference, options, signal, onNews) => {
			asked.push(['pull', reference, options]);
			return start(signal, onNews);
		},
		push: (reference, options, signal, onNews) => {
			asked.push(['push', reference, options]);
			return start(signal, onNews);
		},
		save: async (names, signal) => {
			asked.push(['save', ...names]);
			return tar(signal);
		},
		load: async (file, signal, onNews) => {
			const chunks: Buffer[] = [];
			for await (const chunk of file) chunks.push(chunk as Buffer);
			asked.push(['load', Buffer.concat(chunks).toString()]);
			await start(signal, onNews);
		},
		importImage: async (file, options, signal, onNews) => {
			const chunks: Buffer[] = [];
			for await (const chunk of file) chunks.push(chunk as Buffer);
			asked.push(['import', Buffer.concat(chunks).toString(), options]);
			await start(signal, onNews);
		},
	} as Partial<Engine> as Engine;
	const desk = createTransfers({
		send: (event) => events.push(event),
		engine: () => engine,
		now: Date.now,
		record: (line, doing) => {
			const entry: unknown[] = [line, doing];
			journal.push(entry);
			return (outcome, message) => entry.push(outcome, message);
		},
		credentials: async () => ({}),
		cwd,
		home: join(cwd, 'home'),
		...given,
	});
	onTestFinished(() => desk.endAll());
	return {
		...desk,
		events,
		journal,
		asked,
		fakes,
		answerWith: (next: (signal: AbortSignal) => Readable) => {
			tar = next;
		},
		/** As the state was told last. */
		shown: (id = 1): Transfer | undefined =>
			events
				.flatMap((event) => ('transfer' in event && event.transfer.id === id ? [event.transfer] : []))
				.at(-1),
		fake: async (index = 0) => {
			await until(() => fakes.length > index, 'the engine was asked');
			return fakes[index] as FakeTransfer;
		},
	};
};

const done: TransferNews = { type: 'compared', outcome: 'newer' };
const mega = Buffer.alloc(1 << 20, 'x');

describe('the docker line', () => {
	it('is what docker would be told', async () => {
		const desk = open();
		desk.pull('ubuntu:14.04');
		desk.pull('r.example.com:5000/a b', { platform: 'linux/arm64' });
		desk.push('me/web:1');
		desk.save(['web:1', 'api'], 'out/x y.tar');
		desk.save(['web:1'], '~/x.tar');
		desk.load('x.tar');
		desk.load('-x.tar');
		desk.importFile('root.tgz', { reference: 'base:1', message: 'from afar', changes: ['CMD ["sh"]'] });
		desk.importFile('root.tgz', { reference: '' });
		const lines = desk.events.flatMap((event) =>
			event.type === 'transfer-started' ? [event.transfer.line] : [],
		);
		expect(lines).toEqual([
			'docker pull ubuntu:14.04',
			"docker pull --platform linux/arm64 'r.example.com:5000/a b'",
			'docker push me/web:1',
			"docker save -o 'out/x y.tar' web:1 api",
			`docker save -o ${cwd}/home/x.tar web:1`,
			'docker load -i x.tar',
			'docker load -i ./-x.tar',
			`docker import -c 'CMD ["sh"]' -m 'from afar' root.tgz base:1`,
			'docker import root.tgz',
		]);
	});
});

describe('a pull', () => {
	it('is on screen at once, in the journal, and tells its end', async () => {
		const desk = open();
		const { id, ended } = desk.pull('httpd', { platform: 'linux/arm64' });
		expect(desk.events).toMatchObject([
			{ type: 'transfer-started', transfer: { id, kind: 'pull', title: 'httpd', status: 'running' } },
		]);
		const pull = await desk.fake();
		expect(desk.asked).toEqual([['pull', 'httpd', { platform: 'linux/arm64' }]]);
		pull.tell({ type: 'layer', id: 'a', state: 'Downloading', current: 5, total: 10 });
		await until(() => desk.shown()?.current === 5);
		expect(desk.shown()).toMatchObject({ total: 10, share: 0.5, layers: [{ id: 'a' }] });
		pull.tell(
			{ type: 'layer', id: 'a', state: 'Pull complete' },
			{ type: 'digest', digest: 'sha256:1' },
			done,
		);
		pull.end();
		const last = await ended;
		expect(last).toMatchObject({
			status: 'done',
			outcome: 'downloaded newer',
			digest: 'sha256:1',
			current: 10,
		});
		expect(last).not.toHaveProperty('speed');
		expect(desk.shown()).toBe(last);
		expect(desk.journal).toEqual([
			[
				'docker pull --platform linux/arm64 httpd',
				'pulling',
				'done',
				expect.stringMatching(/^pulled httpd · downloaded newer · \d\.\ds$/),
			],
		]);
	});

	it('is drawn ten times a second at most, however much is told', async () => {
		const desk = open();
		const { ended } = desk.pull('httpd');
		const pull = await desk.fake();
		const from = performance.now();
		for (let current = 1; performance.now() - from < 550; current++) {
			pull.tell({ type: 'layer', id: 'a', state: 'Downloading', current, total: 1e9 });
			if (current % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
		}
		const changes = desk.events.filter(({ type }) => type === 'transfer-changed').length;
		expect(changes).toBeGreaterThanOrEqual(1);
		expect(changes).toBeLessThanOrEqual(7);
		pull.end();
		await ended;
	});

	it('is cancelled at the engine', async () => {
		const desk = open();
		const { id, ended } = desk.pull('httpd');
		const pull = await desk.fake();
		desk.cancel(id);
		expect(pull.signal.aborted).toBe(true);
		expect(desk.shown()?.status).toBe('cancelling');
		expect((await ended).status).toBe('cancelled');
		expect(desk.journal[0]?.slice(2)).toEqual(['failed', 'the pull of httpd was cancelled']);
		desk.cancel(id);
		expect(desk.shown()?.status).toBe('cancelled');
	});

	it('is cancelled before the engine was asked', async () => {
		const desk = open();
		const { id, ended } = desk.pull('httpd');
		desk.cancel(id);
		expect((await ended).status).toBe('cancelled');
		expect(desk.asked).toEqual([]);
	});

	it('that was complete when it was cancelled is done', async () => {
		const desk = open();
		const { id, ended } = desk.pull('httpd');
		(await desk.fake()).tell(done);
		desk.cancel(id);
		expect((await ended).status).toBe('done');
	});

	it('without an engine says so', async () => {
		const desk = open({ engine: () => undefined });
		expect(await desk.pull('httpd').ended).toMatchObject({
			status: 'failed',
			failure: 'The engine does not answer.',
		});
	});

	it('that fails says why, and can be tried again in its tab', async () => {
		const desk = open();
		const { id, ended } = desk.pull('httpd');
		(await desk.fake()).break(
			new EngineError('The registry has no httpd.', { engineMessage: 'manifest unknown' }),
		);
		expect(await ended).toMatchObject({
			status: 'failed',
			failure: 'The registry has no httpd. (manifest unknown)',
		});
		expect(desk.again(id)?.id).toBe(id);
		expect(desk.again(id)).toBeUndefined();
		expect(desk.shown()).toMatchObject({ status: 'running', layers: [] });
		expect(desk.shown()).not.toHaveProperty('failure');
		(await desk.fake(1)).tell(done);
		desk.fakes[1]?.end();
		await until(() => desk.shown()?.status === 'done');
	});

	it.each([
		['httpd', 'index.docker.io'],
		['me/web:1', 'index.docker.io'],
		['r.example.com:5000/web', 'r.example.com:5000'],
	])('of %s that needs a login says where', async (reference, host) => {
		const desk = open();
		const { ended } = desk.pull(reference);
		(await desk.fake()).break(new EngineError('This needs a login.', { code: 'ELOGIN' }));
		expect(await ended).toMatchObject({ status: 'failed', wantsLogin: host });
	});

	it('is tried with the login there is, and without one says what was wrong with it', async () => {
		const desk = open({
			credentials: async (reference) =>
				reference === 'mine'
					? { credentials: { identityToken: 'token' } }
					: { problem: 'pass is not installed.' },
		});
		desk.push('mine');
		const other = desk.push('other');
		await desk.fake(1);
		expect(desk.asked).toEqual([
			['push', 'mine', { credentials: { identityToken: 'token' } }],
			['push', 'other', {}],
		]);
		desk.fakes[1]?.break(new Error('Refused.'));
		expect((await other.ended).failure).toBe('Refused. pass is not installed.');
	});
});

describe('closed', () => {
	it('it is cancelled, and heard of no more', async () => {
		const desk = open();
		const { id, ended } = desk.pull('httpd');
		const pull = await desk.fake();
		desk.close(id);
		const told = desk.events.length;
		expect(desk.events.at(-1)).toEqual({ type: 'transfer-closed', id });
		expect(pull.signal.aborted).toBe(true);
		await ended;
		expect(desk.events.length).toBe(told);
		expect(desk.again(id)).toBeUndefined();
	});

	it('at the end, all of them are cancelled', async () => {
		const desk = open();
		const both = [desk.pull('a'), desk.push('b')];
		await desk.fake(1);
		await desk.endAll();
		for (const { ended } of both) expect((await ended).status).toBe('cancelled');
	});
});

const slowTar = (chunks: number, broken?: Error) => (signal: AbortSignal) =>
	Readable.from(
		(async function* () {
			for (let index = 0; index < chunks; index++) {
				yield mega;
				await new Promise((resolve) => setTimeout(resolve, 2));
			}
			if (broken) throw broken;
		})(),
		{ signal },
	);

const folderOf = (
	desk: { save: (names: string[], path: string) => { ended: Promise<Transfer> } },
	path: string,
) => desk.save(['web'], path).ended;

describe('a save', () => {
	it('writes beside its place, and puts the file there when it is whole', async () => {
		const desk = open();
		desk.answerWith(slowTar(200));
		const { ended } = desk.save(['web', 'api'], 'x.tar');
		await until(() => (desk.shown()?.current ?? 0) > mega.length);
		expect(readdirSync(cwd)).toEqual(['x.tar.part']);
		await until(() => (desk.shown()?.speed ?? 0) > 0);
		expect(await ended).toMatchObject({ status: 'done', outcome: 'saved', current: 200 * mega.length });
		expect(readdirSync(cwd)).toEqual(['x.tar']);
		expect(statSync(join(cwd, 'x.tar'))).toMatchObject({ size: 200 * mega.length });
		expect(statSync(join(cwd, 'x.tar')).mode & 0o777).toBe(0o600);
		expect(desk.asked).toEqual([['save', 'web', 'api']]);
		expect(desk.journal[0]?.at(-1)).toMatch(/^saved x\.tar · \d\.\ds$/);
	});

	it('does not overwrite, not even what came meanwhile', async () => {
		const desk = open();
		writeFileSync(join(cwd, 'x.tar'), 'mine');
		expect((await folderOf(desk, 'x.tar')).failure).toBe(
			`${cwd}/x.tar is there already, and is not overwritten: choose another name.`,
		);
		expect(desk.asked).toEqual([]);
		desk.answerWith(() => {
			writeFileSync(join(cwd, 'y.tar'), 'mine');
			return Readable.from([mega]);
		});
		expect((await folderOf(desk, 'y.tar')).failure).toMatch('y.tar is there already');
		expect(readdirSync(cwd).sort()).toEqual(['x.tar', 'y.tar']);
		expect(readFileSync(join(cwd, 'y.tar'), 'utf8')).toBe('mine');
	});

	it('cancelled, leaves nothing', async () => {
		const desk = open();
		desk.answerWith(slowTar(10_000));
		const { id, ended } = desk.save(['web'], 'x.tar');
		await until(() => (desk.shown()?.current ?? 0) > 0);
		desk.cancel(id);
		expect((await ended).status).toBe('cancelled');
		expect(readdirSync(cwd)).toEqual([]);
	});

	it('at the end of the program, leaves nothing either, also where its tab was closed', async () => {
		const desk = open();
		desk.answerWith(slowTar(10_000));
		const { id } = desk.save(['web'], 'x.tar');
		await until(() => existsSync(join(cwd, 'x.tar.part')));
		desk.close(id);
		await desk.endAll();
		expect(readdirSync(cwd)).toEqual([]);
	});

	it('that the engine breaks off says why, and leaves nothing', async () => {
		const desk = open();
		desk.answerWith(slowTar(3, new EngineError('The engine broke the connection off.', { code: 'ENOENT' })));
		expect((await folderOf(desk, 'x.tar')).failure).toBe('The engine broke the connection off.');
		expect(readdirSync(cwd)).toEqual([]);
	});

	it.each([
		['no/x.tar', 'There is no folder CWD/no.'],
		['file/x.tar', 'CWD/file is not a folder.'],
		['folder', 'CWD/folder is a folder: add the name of a file.'],
		[`${'x'.repeat(255)}`, 'The name of the file is too long.'],
		[
			'taken',
			'CWD/taken.part is in the way: another save writes it, or left it behind. Choose another name, or remove it.',
		],
	])('to %s is refused', async (path, sentence) => {
		const desk = open();
		writeFileSync(join(cwd, 'file'), '');
		writeFileSync(join(cwd, 'taken.part'), '');
		mkdirSync(join(cwd, 'folder'));
		expect((await folderOf(desk, path)).failure).toBe(sentence.replaceAll('CWD', cwd));
		expect(desk.asked).toEqual([]);
		expect(readdirSync(cwd).sort()).toEqual(['file', 'folder', 'taken.part']);
	});

	it('finds ~ at home', async () => {
		mkdirSync(join(cwd, 'home'));
		const desk = open();
		expect((await folderOf(desk, '~/x.tar')).status).toBe('done');
		expect(readFileSync(join(cwd, 'home/x.tar'), 'utf8')).toBe('a tar');
	});

	it('is no faster than the disk', async () => {
		const desk = open();
		let ahead = 0;
		desk.answerWith((signal) =>
			Readable.from(
				(async function* () {
					for (let made = 0; made < 512; made++) {
						const { size } = statSync(join(cwd, 'x.tar.part'));
						ahead = Math.max(ahead, made * mega.length - size);
						yield mega;
					}
				})(),
				{ signal, highWaterMark: 1 },
			),
		);
		expect((await folderOf(desk, 'x.tar')).status).toBe('done');
		expect(ahead).toBeLessThan(8 * mega.length);
	});
});

describe('a load', () => {
	it('reads the file as it is, and counts its bytes', async () => {
		const desk = open();
		writeFileSync(join(cwd, 'x.tar.gz'), 'gz');
		const { ended } = desk.load('x.tar.gz');
		const load = await desk.fake();
		expect(desk.asked).toEqual([['load', 'gz']]);
		await until(() => desk.shown()?.current === 2);
		expect(desk.shown()).toMatchObject({ total: 2, share: 1, status: 'running' });
		load.tell({ type: 'arrived', name: 'web:1' }, { type: 'arrived', name: 'web:2' });
		load.end();
		expect(await ended).toMatchObject({
			status: 'done',
			outcome: 'loaded web:1, web:2',
			current: 2,
			total: 2,
		});
		expect(desk.journal[0]?.at(-1)).toMatch(/^loaded web:1, web:2 · \d\.\ds$/);
	});

	it('as an import is given its name, message and changes', async () => {
		const desk = open();
		writeFileSync(join(cwd, 'root.tar'), 'root');
		const options = { reference: 'base:1', message: 'm', changes: ['CMD ["sh"]'] };
		const { ended } = desk.importFile('root.tar', options);
		const load = await desk.fake();
		load.tell({ type: 'arrived', name: 'base:1' });
		load.end();
		expect(await ended).toMatchObject({ status: 'done', outcome: 'imported base:1', title: 'base:1' });
		expect(desk.asked).toEqual([['import', 'root', options]]);
	});

	it.each([
		['no.tar', 'There is no file CWD/no.tar.'],
		['file/x.tar', 'There is no file CWD/file/x.tar.'],
		['folder', 'CWD/folder is a folder, not a file.'],
		['/dev/null', '/dev/null is not a file.'],
		// It can be opened, but not be read.
		['/proc/self/mem', '/proc/self/mem could not be read (EIO).'],
	])('of %s is refused', async (path, sentence) => {
		const desk = open();
		writeFileSync(join(cwd, 'file'), '');
		mkdirSync(join(cwd, 'folder'));
		expect((await desk.load(path).ended).failure).toBe(sentence.replaceAll('CWD', cwd));
		expect(desk.asked).toEqual([]);
	});
});

describeWithDockerd('with a small disk', () => {
	it('a save that fills it says so, and leaves nothing', async () => {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'portside-test', cwd]);
		try {
			const desk = open();
			desk.answerWith(slowTar(100));
			expect((await folderOf(desk, 'x.tar')).failure).toBe(
				`The disk is full: ${cwd}/x.tar could not be written, and nothing of it was kept.`,
			);
			expect(readdirSync(cwd)).toEqual([]);
		} finally {
			execFileSync('umount', ['-l', cwd]);
		}
	});

	it('a save where only reading is allowed says so', async () => {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'portside-test', cwd]);
		try {
			expect((await folderOf(open(), 'x.tar')).failure).toBe(`${cwd} can only be read.`);
		} finally {
			execFileSync('umount', ['-l', cwd]);
		}
	});
});
