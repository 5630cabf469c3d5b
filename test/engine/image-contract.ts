// What every engine must do on the way from an image to a container and back. It runs against the embedded and a real one.

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Target } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import type { TransferNews } from '../../source/model/transfers.ts';
import { patience } from './patience.ts';
import { type Played, play } from './played.ts';
import { done, raw } from './raw.ts';

/** Asked when the tests begin. `image` has `sh` and `sleep`, and may be given further names. */
export type Subject = { readonly socket: string; readonly image: string };

const never = new AbortController().signal;
const size = { columns: 90, rows: 30 };
const prefix = 'from-image';

export function imageContract(name: string, getSubject: () => Subject): void {
	describe(`${name} keeps the contract of images and containers:`, () => {
		let socket = '';
		let image = '';
		let engine: Engine;
		let count = 0;
		const kept: string[] = [];

		async function created(wish: Partial<RunWish> = {}): Promise<Target> {
			const name = `${prefix}-${++count}`;
			const { id } = await engine.create({ ...emptyRun, image, name, ...wish });
			kept.push(id);
			return { id, name };
		}

		const sh = (script: string, wish: Partial<RunWish> = {}) =>
			created({ command: ['sh', '-c', script], ...wish });

		const run = (target: Target, { tty = false, stdin = false, isRemoved = false } = {}): Promise<Played> =>
			play((onOutput) => engine.run(target, { tty, stdin, isRemoved, size }, onOutput));

		async function ended(target: Target): Promise<Target> {
			await (await run(target)).session.ended;
			return target;
		}

		const references = async (): Promise<string[]> =>
			(await engine.images()).flatMap(({ references }) => references);

		const rawOf = async (target: Target) => (await engine.inspect(target.id)).raw;

		async function told(
			transfer: (onNews: (news: readonly TransferNews[]) => void) => Promise<void>,
		): Promise<TransferNews[]> {
			const all: TransferNews[] = [];
			await transfer((news) => all.push(...news));
			return all;
		}

		beforeAll(async () => {
			({ socket, image } = getSubject());
			engine = await openEngine({ host: `unix://${socket}`, source: 'test', name: 'local' });
		});

		afterAll(async () => {
			for (const id of kept) await raw(socket, 'DELETE', `/containers/${id}?force=1&v=1`);
			// A real one would leave its bridges on this machine.
			for (const name of ['front', 'back']) await raw(socket, 'DELETE', `/networks/${prefix}-${name}`);
			for (const reference of await references()) {
				if (reference.startsWith(prefix)) await raw(socket, 'DELETE', `/images/${reference}?force=1`);
			}
			engine.close();
		});

		it('creates what was wished for, and does not start it', async () => {
			const target = await sh('echo "$ONE $NOBODYS"', { env: ['ONE=1', 'NOBODYS'], labels: ['a=b'] });
			expect(await engine.containers([target.id])).toMatchObject([{ ...target, image, state: 'created' }]);
			const { session, text } = await run(target);
			expect(await session.ended).toEqual({ how: 'exited', code: 0 });
			expect(text()).toBe('1 \n');
			const { Config } = await rawOf(target);
			expect(Config).toMatchObject({ Labels: { a: 'b' } });
		});

		it('invents a name where none is given', async () => {
			const { id, warnings } = await engine.create({ ...emptyRun, image, command: ['true'] });
			kept.push(id);
			expect(warnings).toEqual([]);
			const [container] = await engine.containers([id]);
			expect(container?.name).toMatch(/^[a-z]+_[a-z]+/);
		});

		it('says who has a name already, and that an image is not there', async () => {
			const { id, name } = await created();
			await expect(engine.create({ ...emptyRun, image, name })).rejects.toThrow(
				`The container ${id.slice(0, 12)} has the name ${name} already: choose another one, or remove or rename that one.`,
			);
			await expect(engine.create({ ...emptyRun, image: 'nothing-like-it:1' })).rejects.toMatchObject({
				statusCode: 404,
				code: 'ENOIMAGE',
				message: 'There is no such image here: pull it first (u).',
			});
		});

		it('creates in several networks, and nothing where one of them cannot be', async () => {
			for (const name of ['front', 'back'])
				await done(socket, 'POST', '/networks/create', { Name: `${prefix}-${name}` });
			const networks = [`${prefix}-front`, `${prefix}-back`];
			const target = await created({ networks });
			const { NetworkSettings } = await rawOf(target);
			expect(Object.keys((NetworkSettings as { Networks: object }).Networks).toSorted()).toEqual([
				`${prefix}-back`,
				`${prefix}-front`,
			]);
			const name = `${prefix}-half`;
			await expect(
				engine.create({ ...emptyRun, image, name, networks: [`${prefix}-front`, 'host'] }),
			).rejects.toThrow(`${name} cannot be connected to this network.`);
			expect((await engine.containers()).some((container) => container.name === name)).toBe(false);
			const other = await created({ command: ['sleep', '1000'] });
			await engine.connectNetwork(other, `${prefix}-front`, ['alias']);
			const settings = (await rawOf(other)).NetworkSettings as {
				Networks: Record<string, { Aliases: string[] }>;
			};
			expect(settings.Networks[`${prefix}-front`]?.Aliases).toContain('alias');
			await engine.start(other);
			const front = (await engine.networks()).find(({ name }) => name === `${prefix}-front`);
			expect(front).toMatchObject({ isBuiltIn: false, users: [other.name] });
			await expect(engine.connectNetwork(other, `${prefix}-front`)).rejects.toThrow(
				`${other.name} is in this network already.`,
			);
			for (const one of [target, other]) await engine.remove(one, { force: true, volumes: false });
			const { removed } = await engine.pruneNetworks();
			expect(removed).toEqual(expect.arrayContaining(networks));
			const left = await engine.networks();
			expect(left.map(({ name }) => name)).not.toContain(`${prefix}-front`);
			expect(left.find(({ name }) => name === 'bridge')).toMatchObject({
				driver: 'bridge',
				isBuiltIn: true,
				id: expect.stringMatching(/^[0-9a-f]{64}$/),
			});
		});

		it.each([0, 3, 137])('runs to the exit code %i, and misses no output', async (code) => {
			const target = await sh(`echo begin; echo oops >&2; exit ${code}`);
			const { session, text } = await run(target);
			expect(await session.ended).toEqual({ how: 'exited', code });
			expect(text()).toContain('begin\n');
			expect(text()).toContain('oops\n');
			expect(await engine.inspect(target.id)).toMatchObject({ exitCode: code });
		});

		it('tells the exit code of what is removed with its end, and it is gone then', async () => {
			for (const tty of [false, true]) {
				const target = await sh('echo short; exit 4', { isRemoved: true, hasTerminal: tty });
				const { session, text } = await run(target, { tty, isRemoved: true });
				expect(await session.ended).toEqual({ how: 'exited', code: 4 });
				expect(text().trimEnd()).toBe('short');
				expect(await engine.containers([target.id])).toEqual([]);
			}
		});

		it('runs in a terminal of the right size, and types to it', async () => {
			const target = await created({ command: ['sh'], isInteractive: true, hasTerminal: true });
			const shell = await run(target, { tty: true, stdin: true });
			await expect
				.poll(() => {
					shell.type('stty size\r');
					return shell.text();
				}, patience)
				.toContain('30 90');
			shell.type('exit 5\r');
			expect(await shell.session.ended).toEqual({ how: 'exited', code: 5 });
		});

		it('runs with pipes, and ends what reads them with the end of its input', async () => {
			const target = await created({ command: ['cat'], isInteractive: true });
			const cat = await run(target, { stdin: true });
			cat.type('one\ntwo\n');
			await cat.shows('one\ntwo\n');
			cat.session.endInput();
			expect(await cat.session.ended).toEqual({ how: 'exited', code: 0 });
		});

		it('lets go of what it runs, which goes on', async () => {
			const target = await created({ command: ['sleep', '1000'] });
			const { session } = await run(target);
			session.detach();
			expect(await session.ended).toEqual({ how: 'detached' });
			expect(await engine.containers([target.id])).toMatchObject([{ state: 'running' }]);
			await engine.remove(target, { force: true, volumes: false });
		});

		it('says why something cannot be run: no such program, a port that is taken', async () => {
			const missing = await created({ command: ['no-such-program'] });
			await expect(run(missing)).rejects.toThrow(
				`${missing.name} could not be started: its image does not have this program.`,
			);
			expect(await engine.inspect(missing.id)).toMatchObject({ exitCode: 127 });
			const short = await created({ command: ['no-such-program'], isRemoved: true });
			await expect(run(short, { isRemoved: true })).rejects.toThrow(/does not have this program/);
			await expect.poll(() => engine.containers([short.id]), patience).toEqual([]);
			const first = await sh('sleep 1000', {
				ports: [{ address: '127.0.0.1', container: '80', protocol: 'tcp' }],
			});
			await engine.start(first);
			const [port] = (await engine.containers([first.id]))[0]?.ports ?? [];
			const host = String(port?.hostPort);
			const second = await sh('sleep 1000', {
				ports: [{ address: '127.0.0.1', host, container: '80', protocol: 'tcp' }],
			});
			await expect(run(second)).rejects.toThrow(/uses the port|publishes the same port/);
			await engine.remove(first, { force: true, volumes: false });
		});

		it('makes an image of a container, with changes, author and message', async () => {
			const target = await ended(await sh('echo kept > /kept', { env: ['OWN=1'] }));
			const id = await engine.commit(target, {
				reference: `${prefix}:made`,
				author: 'Ada <ada@example.com>',
				message: 'with a file',
				pauses: true,
				changes: ['CMD ["cat", "/kept"]', 'ENV ADDED="two words"', 'EXPOSE 8080'],
			});
			expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
			const { raw } = await engine.inspectImage(`${prefix}:made`);
			expect(raw).toMatchObject({
				Id: id,
				Author: 'Ada <ada@example.com>',
				Comment: 'with a file',
				Config: { Cmd: ['cat', '/kept'], ExposedPorts: { '8080/tcp': {} } },
			});
			expect((raw.Config as { Env: string[] }).Env).toEqual(
				expect.arrayContaining(['OWN=1', 'ADDED=two words']),
			);
			const { session, text } = await run(await created({ image: `${prefix}:made` }));
			expect(await session.ended).toEqual({ how: 'exited', code: 0 });
			expect(text()).toBe('kept\n');
			const [newest, ...older] = await engine.history({ name: `${prefix}:made` });
			expect(newest).toMatchObject({ id, comment: 'with a file', references: [`${prefix}:made`] });
			expect(newest?.size).toBeGreaterThan(0);
			expect(Math.abs((newest?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
			expect(older.length).toBeGreaterThan(0);
		});

		it('makes an image without a name, of what runs, and lets it stand still only if it is to', async () => {
			const target = await created({ command: ['sleep', '1000'] });
			await engine.start(target);
			const actions: string[] = [];
			const stop = new AbortController();
			await new Promise<void>((resolve, reject) => {
				const commits = async () => {
					const wish = { changes: [] };
					const plain = await engine.commit(target, { ...wish, pauses: false });
					expect(actions).not.toContain('pause');
					await engine.commit(target, { ...wish, pauses: true });
					const found = (await engine.images()).find(({ id }) => id === plain);
					expect(found?.references).toEqual([]);
					await expect.poll(() => actions, patience).toContain('unpause');
				};
				engine
					.events(
						stop.signal,
						() => commits().then(() => stop.abort(), reject),
						({ id, action }) => id === target.id && actions.push(action),
					)
					.then(resolve, reject);
			});
			expect(await engine.containers([target.id])).toMatchObject([{ state: 'running' }]);
			await engine.remove(target, { force: true, volumes: false });
		});

		it('says why it cannot make an image', async () => {
			const target = await created();
			const wish = { pauses: true, changes: [] };
			await expect(engine.commit(target, { ...wish, reference: 'NO/such:Name' })).rejects.toMatchObject({
				name: 'EngineError',
				message: expect.stringMatching(/does not accept this name|could not be made an image/),
			});
			await expect(engine.commit(target, { ...wish, changes: ['RUN true'] })).rejects.toThrow(
				'The engine does not accept this name, or one of the changes.',
			);
			await expect(engine.commit({ id: 'f'.repeat(64), name: 'web' }, wish)).rejects.toThrow('web is gone');
		});

		it('saves an image and loads it again, with its name and its files', async () => {
			const target = await ended(await sh('echo saved > /saved'));
			const wish = { reference: `${prefix}:saved`, pauses: true, changes: ['CMD ["cat", "/saved"]'] };
			const id = await engine.commit(target, wish);
			const tar = await buffer(await engine.save([`${prefix}:saved`], never));
			expect(tar.length % 512).toBe(0);
			await engine.removeImage({ name: `${prefix}:saved` }, { force: false });
			const source = Readable.from([tar]);
			const news = await told((onNews) => engine.load(source, never, onNews));
			expect(news).toContainEqual({ type: 'arrived', name: `${prefix}:saved` });
			expect(news.some((one) => one.type === 'layer' && (one.total ?? 0) > 0)).toBe(true);
			expect(source.destroyed).toBe(true);
			expect((await engine.inspectImage(`${prefix}:saved`)).id).toBe(id);
			const { session, text } = await run(await created({ image: `${prefix}:saved` }));
			await session.ended;
			expect(text()).toBe('saved\n');
		});

		it('loads an image that was saved by its id, and tells that id', async () => {
			const target = await created();
			const id = await engine.commit(target, { pauses: true, changes: [] });
			const tar = await buffer(await engine.save([id], never));
			await engine.removeImage({ name: id }, { force: true });
			const news = await told((onNews) => engine.load(Readable.from([tar]), never, onNews));
			expect(news).toContainEqual({ type: 'arrived', name: id });
			await engine.removeImage({ name: id }, { force: true });
		});

		it('says why it cannot save or load', async () => {
			await expect(engine.save(['nothing-like-it:1'], never)).rejects.toThrow(
				'There is no image nothing-like-it:1 any more.',
			);
			const garbage = Readable.from([Buffer.alloc(4096, 'x')]);
			await expect(engine.load(garbage, never, () => {})).rejects.toThrow('This is no archive of images');
			expect(garbage.destroyed).toBe(true);
			const files = Readable.from([await fileSystem('/file', 'text')]);
			await expect(engine.load(files, never, () => {})).rejects.toThrow('This is no archive of images');
			const broken = Readable.from(
				(async function* () {
					yield Buffer.alloc(512);
					throw new Error('the disk is gone');
				})(),
			);
			await expect(engine.load(broken, never, () => {})).rejects.toMatchObject({
				code: 'EFILE',
				engineMessage: 'the disk is gone',
			});
		});

		it('ends quietly when nobody wants it any more, and the file with it', async () => {
			const stop = new AbortController();
			const large = pack();
			large.entry({ name: 'large', size: 2 ** 40 });
			const begin = await new Promise<Buffer>((resolve) =>
				large.once('data', (header) => resolve(header as Buffer)),
			);
			let sent = 0;
			const endless = new Readable({
				read() {
					this.push(sent++ === 0 ? begin : Buffer.alloc(65_536));
					if (sent === 50) stop.abort();
				},
			});
			await engine.load(endless, stop.signal, () => {});
			expect(endless.destroyed).toBe(true);
			const tar = await engine.save([image], stop.signal);
			expect(tar.destroyed).toBe(true);
		});

		it('makes an image of a file system, with a name, a message and changes', async () => {
			const tar = await fileSystem('greeting.txt', 'hello\n');
			const news = await told((onNews) =>
				engine.importImage(
					Readable.from([tar]),
					{ reference: `${prefix}:imported`, message: 'a file', changes: ['CMD ["/greet"]', 'ENV A=b'] },
					never,
					onNews,
				),
			);
			expect(news).toEqual([{ type: 'arrived', name: `${prefix}:imported` }]);
			const { raw } = await engine.inspectImage(`${prefix}:imported`);
			expect(raw).toMatchObject({ Comment: 'a file', Config: { Cmd: ['/greet'], Env: ['A=b'] } });
			const target = await created({ image: `${prefix}:imported` });
			expect(await engine.statPath(target, '/greeting.txt')).toEqual({ size: 6, isFolder: false });
			const unnamed = await told((onNews) =>
				engine.importImage(Readable.from([tar]), { reference: '' }, never, onNews),
			);
			expect(unnamed).toEqual([{ type: 'arrived', name: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);
			await expect(
				engine.importImage(Readable.from([Buffer.alloc(4096, 'x')]), { reference: '' }, never, () => {}),
			).rejects.toMatchObject({ name: 'EngineError', message: expect.stringMatching(/^This is no tar/) });
		});

		it('tells files from folders and links, and from nothing', async () => {
			const target = await created();
			const tar = pack();
			tar.entry({ name: 'folder', type: 'directory' });
			tar.entry({ name: 'folder/file' }, '12345');
			tar.entry({ name: 'link', type: 'symlink', linkname: '/folder' });
			tar.finalize();
			await done(socket, 'PUT', `/containers/${target.id}/archive?path=/`, await buffer(tar));
			expect(await engine.statPath(target, '/folder/file')).toEqual({ size: 5, isFolder: false });
			expect(await engine.statPath(target, '/folder')).toMatchObject({ isFolder: true });
			expect(await engine.statPath(target, '/link')).toMatchObject({ linkTarget: '/folder' });
			expect(await engine.statPath(target, '/nothing')).toBeUndefined();
			expect(await engine.statPath(target, '/folder/file/below')).toBeUndefined();
			await expect(engine.statPath({ id: 'f'.repeat(64), name: 'web' }, '/')).rejects.toThrow('web is gone');
		});

		it('lists volumes, and prunes those nobody named, or all', async () => {
			await done(socket, 'POST', '/volumes/create', { Name: `${prefix}-named` });
			const target = await created({ volumes: ['/data'] });
			const [mount] = (await engine.inspect(target.id)).mounts;
			const anonymous = mount?.source ?? '';
			const listed = await engine.volumes();
			expect(listed.find(({ name }) => name === `${prefix}-named`)).toMatchObject({
				driver: 'local',
				isAnonymous: false,
				createdAt: expect.any(Number),
			});
			expect(listed.find(({ name }) => name === anonymous)).toMatchObject({ isAnonymous: true });
			expect((await engine.pruneVolumes({ all: false })).removed).not.toContain(anonymous);
			await engine.remove(target, { force: true, volumes: false });
			const { removed } = await engine.pruneVolumes({ all: false });
			expect(removed).toContain(anonymous);
			expect(removed).not.toContain(`${prefix}-named`);
			expect((await engine.pruneVolumes({ all: true })).removed).toContain(`${prefix}-named`);
			expect((await engine.volumes()).map(({ name }) => name)).not.toContain(`${prefix}-named`);
		});

		it('measures the layers together, and the build cache', async () => {
			const { layers, images, buildCache } = await engine.diskUse();
			expect(layers).toBeGreaterThan(0);
			expect(layers).toBeGreaterThanOrEqual(Math.max(...images.values()));
			for (const { id, size } of buildCache) {
				expect(id).not.toBe('');
				expect(size).toBeGreaterThanOrEqual(0);
			}
			const { bytes } = await engine.pruneBuildCache({ all: true });
			expect(bytes).toBeGreaterThanOrEqual(0);
			expect(
				(await engine.diskUse()).buildCache.filter(({ isInUse, isShared }) => !isInUse && !isShared),
			).toEqual([]);
		});

		it('says why it cannot pull or push', async () => {
			const closed = '127.0.0.1:1/nobody/nothing:1';
			const isUnreachable = `The registry of ${closed} cannot be reached: look at the network, and at the name of the registry.`;
			await expect(engine.pull(closed, {}, never, () => {})).rejects.toMatchObject({
				name: 'EngineError',
				message: isUnreachable,
			});
			await expect(engine.pull('NO/such', {}, never, () => {})).rejects.toThrow(
				'NO/such is no name of an image.',
			);
			await expect(engine.push(closed, {}, never, () => {})).rejects.toThrow(
				`There is no image ${closed} here.`,
			);
			await engine.tag({ name: image }, closed);
			const said: TransferNews[] = [];
			await expect(engine.push(closed, {}, never, (news) => said.push(...news))).rejects.toThrow(
				isUnreachable,
			);
			expect(said[0]).toMatchObject({ type: 'said', text: expect.stringContaining('127.0.0.1:1/nobody') });
			await engine.removeImage({ name: closed }, { force: false });
			const aborted = new AbortController();
			aborted.abort();
			await engine.pull(closed, {}, aborted.signal, () => {});
		});
	});
}

/** A tar of a file system that has one file. */
async function fileSystem(name: string, content: string): Promise<Buffer> {
	const tar = pack();
	tar.entry({ name }, content);
	tar.finalize();
	return buffer(tar);
}
