// Pulls, pushes and logins between a real engine and a real registry, both on this machine.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine, RegistryCredentials } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { TransferNews } from '../../source/model/transfers.ts';
import { describeWithRegistry, putImage, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';

const never = new AbortController().signal;

type Layer = Extract<TransferNews, { type: 'layer' }>;

describeWithRegistry('with a registry', () => {
	describeWithEngine('a real engine', ({ host }) => {
		let open: Registry;
		let closed: Registry;
		let engine: Engine;
		const ada = { username: 'ada', password: 'lovelace:1815' };
		const made: string[] = [];

		async function told(
			transfer: (onNews: (news: readonly TransferNews[]) => void) => Promise<void>,
		): Promise<TransferNews[]> {
			const all: TransferNews[] = [];
			await transfer((news) => all.push(...news));
			return all;
		}

		const push = (reference: string, credentials?: RegistryCredentials) =>
			told((onNews) => engine.push(reference, credentials ? { credentials } : {}, never, onNews));

		const pull = (reference: string, credentials?: RegistryCredentials) =>
			told((onNews) => engine.pull(reference, credentials ? { credentials } : {}, never, onNews));

		const statesOf = (news: readonly TransferNews[]) =>
			news.filter((one): one is Layer => one.type === 'layer').map(({ state }) => state);

		const has = async (reference: string) =>
			(await engine.images()).some(({ references }) => references.includes(reference));

		/** An image of one layer with so many bytes that cannot be packed. */
		async function make(reference: string, bytes = 1000): Promise<string> {
			const tar = pack();
			tar.entry({ name: 'noise' }, randomBytes(bytes));
			tar.finalize();
			await engine.importImage(Readable.from(tar), { reference }, never, () => {});
			made.push(reference);
			return reference;
		}

		const forget = (reference: string) => engine.removeImage({ name: reference }, { force: true });

		beforeAll(async () => {
			[open, closed] = await Promise.all([
				startRegistry(),
				startRegistry({ htpasswd: { user: ada.username, password: ada.password } }),
			]);
			engine = await openEngine({ host, source: 'test', name: 'local' });
		});

		afterAll(async () => {
			for (const reference of made) await forget(reference).catch(() => {});
			engine?.close();
			await open?.stop();
			await closed?.stop();
		});

		it('pushes layer by layer, and pulls it again', async () => {
			const reference = await make(`${open.host}/ada/first:1`, 3_000_000);
			const pushed = await push(reference);
			expect(pushed[0]).toEqual({
				type: 'said',
				text: `The push refers to repository [${open.host}/ada/first]`,
			});
			const states = statesOf(pushed);
			expect(states[0]).toBe('Preparing');
			expect(states.at(-1)).toBe('Pushed');
			expect(
				pushed.some((one) => one.type === 'layer' && one.state === 'Pushing' && (one.current ?? 0) > 0),
			).toBe(true);
			const digests = pushed.filter((one) => one.type === 'digest');
			expect(digests).toEqual([
				{ type: 'digest', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), size: expect.any(Number) },
			]);
			expect(statesOf(await push(reference)).at(-1)).toBe('Layer already exists');

			await forget(reference);
			const pulled = await pull(reference);
			expect(pulled[0]).toEqual({ type: 'said', text: 'Pulling from ada/first' });
			expect(statesOf(pulled)[0]).toBe('Pulling fs layer');
			expect(statesOf(pulled).at(-1)).toBe('Pull complete');
			const { total } = pulled.find(
				(one): one is Layer => one.type === 'layer' && one.state === 'Downloading',
			) ?? { total: 0 };
			expect(total).toBeGreaterThan(3_000_000);
			const [digest] = digests;
			expect(pulled).toContainEqual({ type: 'digest', digest: digest?.digest });
			expect(pulled.at(-1)).toEqual({ type: 'compared', outcome: 'newer' });
			expect((await pull(reference)).at(-1)).toEqual({ type: 'compared', outcome: 'up-to-date' });
			await make(reference);
			await push(reference);
			await forget(reference);
			expect((await pull(reference)).at(-1)).toEqual({ type: 'compared', outcome: 'newer' });
		});

		it('mounts layers of another repository', async () => {
			const first = await make(`${open.host}/ada/source:1`);
			await push(first);
			const second = `${open.host}/ada/twin:1`;
			await engine.tag({ name: first }, second);
			made.push(second);
			expect(statesOf(await push(second)).at(-1)).toBe('Mounted from ada/source');
		});

		it('pulls one tag and not all, and by digest', async () => {
			const digest = await putImage(open.host, 'ada/small', ['latest', 'other']);
			const name = `${open.host}/ada/small`;
			made.push(`${name}:latest`);
			await pull(name);
			expect(await has(`${name}:latest`)).toBe(true);
			expect(await has(`${name}:other`)).toBe(false);
			await forget(`${name}:latest`);
			const news = await pull(`${name}@${digest}`);
			expect(news).toContainEqual({ type: 'digest', digest });
			const image = (await engine.images()).find(({ digests }) => digests.includes(`${name}@${digest}`));
			expect(image?.references).toEqual([]);
			await forget(`${name}@${digest}`);
		});

		it('says that a registry has no such image', async () => {
			for (const reference of [`${open.host}/ada/nothing:1`, `${open.host}/ada/first:nothing`]) {
				await expect(pull(reference)).rejects.toMatchObject({
					name: 'EngineError',
					code: undefined,
					message: `There is no image ${reference} in its registry.`,
				});
			}
		});

		it('logs in, and not with a wrong password or where nobody listens', async () => {
			expect(await engine.login(closed.host, ada)).toEqual({});
			await expect(engine.login(closed.host, { ...ada, password: 'wrong' })).rejects.toMatchObject({
				code: 'ELOGIN',
				message: `${closed.host} does not know this user, or the password is wrong.`,
			});
			await expect(engine.login('127.0.0.1:1', ada)).rejects.toMatchObject({
				code: undefined,
				message: '127.0.0.1:1 cannot be reached from the engine: look at the network, and at this name.',
			});
		});

		it('wants a login for a push and a pull, and takes the right one only', async () => {
			const reference = await make(`${closed.host}/ada/private:1`);
			const isPushRefused = {
				code: 'ELOGIN',
				message: `${reference} could not be pushed: its registry does not let you in: log in with an account that may do this.`,
			};
			await expect(push(reference)).rejects.toMatchObject(isPushRefused);
			await expect(push(reference, { ...ada, password: 'wrong' })).rejects.toMatchObject(isPushRefused);
			expect(statesOf(await push(reference, ada)).at(-1)).toBe('Pushed');
			await forget(reference);
			await expect(pull(reference)).rejects.toMatchObject({
				code: 'ELOGIN',
				message: `${reference} needs a login at its registry, or it does not exist there.`,
			});
			expect((await pull(reference, ada)).at(-1)).toEqual({ type: 'compared', outcome: 'newer' });
		});

		it('stops a pull in the middle of a layer, and begins it again later', async () => {
			const reference = await make(`${open.host}/ada/large:1`, 40_000_000);
			await push(reference);
			await forget(reference);
			const stop = new AbortController();
			let isUnderWay = false;
			await engine.pull(reference, {}, stop.signal, (news) => {
				isUnderWay ||= news.some((one) => one.type === 'layer' && (one.current ?? 0) > 0);
				if (isUnderWay) stop.abort();
			});
			expect(isUnderWay).toBe(true);
			expect(await has(reference)).toBe(false);
			expect((await pull(reference)).at(-1)).toEqual({ type: 'compared', outcome: 'newer' });
			expect(await has(reference)).toBe(true);
		});

		it('stops a push, and says nothing of it', async () => {
			const reference = await make(`${open.host}/ada/unpushed:1`, 40_000_000);
			const stop = new AbortController();
			const news: TransferNews[] = [];
			await engine.push(reference, {}, stop.signal, (more) => {
				news.push(...more);
				if (more.some((one) => one.type === 'layer' && (one.current ?? 0) > 0)) stop.abort();
			});
			expect(news.some(({ type }) => type === 'digest')).toBe(false);
			await expect(pull(`${reference}-gone`)).rejects.toThrow('There is no image');
		});

		it('says that a registry is gone', async () => {
			const own = await startRegistry();
			const reference = await make(`${own.host}/ada/cut:1`, 1000);
			await push(reference);
			await forget(reference);
			await own.stop();
			await expect(pull(reference)).rejects.toThrow(`The registry of ${reference} cannot be reached`);
		});
	});
});
