// Pulls, pushes, saves and loads that go wrong or are stopped: what is said, what is left, and how it goes on.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeWithRegistry, putImage, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { act, unique } from './driving.ts';
import { startSlowProxy } from './slow-proxy.ts';
import {
	askRegistry,
	asksLine,
	chooseImage,
	confirm,
	fillIn,
	journalEnd,
	learnerOn,
	pullByKey,
	pushByKey,
	transferIn,
	transferred,
	turnTo,
} from './tutorial.ts';

describeWithEngine('images on their way', (engine) => {
	const learner = learnerOn(engine);
	const { docker } = engine;
	/** Of what no compression makes smaller. */
	const ownImage = async (reference: string, bytes: number) => {
		const maker = learner.container('maker');
		await docker('run', '--name', maker, 'busybox', 'sh', '-c', `head -c ${bytes} /dev/urandom > /own`);
		await docker('commit', maker, learner.image('own', reference));
		return reference;
	};

	describeWithRegistry('from and to a registry', () => {
		let registry: Registry;
		beforeAll(async () => {
			registry = await startRegistry();
		});
		afterAll(() => registry?.stop());
		const proxied = async () => {
			const proxy = await startSlowProxy(registry.port);
			learner.after(proxy.stop);
			return proxy;
		};

		test('a layer that the registry has lost ends the pull, and says so', async () => {
			const repository = unique('lost');
			await putImage(registry.host, repository, ['1']);
			const { body } = await askRegistry(registry.host, `${repository}/manifests/1`);
			const [{ digest }] = body.layers as [{ digest: string }];
			const hash = digest.slice('sha256:'.length);
			rmSync(join(registry.folder, 'data/docker/registry/v2/blobs/sha256', hash.slice(0, 2), hash), {
				recursive: true,
			});
			const name = `${registry.host}/${repository}:1`;
			const session = await learner.open();
			await pullByKey(session, name);
			const { text } = transferIn(
				await session.waitFor(transferred(`The pull of ${name} failed`, /./), { timeout: 20_000 }),
			);
			expect(text).toContain(`${name} could not be pulled. (unknown blob)`);
			await journalEnd(session, `docker pull ${name}`, '✕');
			expect(await learner.exists(name)).toBe(false);
		}, 40_000);

		test('a push that is denied says so, and offers a login', async () => {
			const proxy = await proxied();
			const denied = { status: 403, code: 'DENIED', message: 'requested access to the resource is denied' };
			proxy.set({ gates: [{ of: /^POST .*blobs/, refusal: denied }] });
			const name = await ownImage(`${proxy.host}/${unique('denied')}`, 1000);
			const session = await learner.open();
			await pushByKey(session, name);
			const { text } = transferIn(
				await session.waitFor(transferred(`The push of ${name} failed`, /L logs in to/)),
			);
			expect(text).toContain(
				`${name} could not be pushed: its registry does not let you in: log in with an account that may do this.`,
			);
			expect(text).toContain(`L logs in to ${proxy.host}`);
			await journalEnd(session, `docker push ${name}`, '✕');
		});

		test('a pull is stopped by Ctrl+C, at the engine too', async () => {
			const proxy = await proxied();
			const name = await ownImage(`${proxy.host}/${unique('big')}:1`, 3_000_000);
			await docker('push', '--quiet', name);
			await docker('rmi', '--force', name);
			proxy.set({ pace: 200_000 });
			const session = await learner.open();
			await pullByKey(session, name);
			await session.waitFor((lines) => /\d+(\.\d+)?[kM]B of 3MB .*\/s .*left/.test(transferIn(lines).head));
			await act(session, 'transfer.cancel');
			await session.waitFor(transferred(`The pull of ${name} was cancelled`, /./));
			await vi.waitFor(async () => expect(await proxy.open()).toBe(0), { timeout: 8000 });
			expect(await learner.exists(name)).toBe(false);
			// and goes on where it may
			proxy.set({});
			await act(session, 'transfer.again');
			await session.waitFor(transferred(`Pulled ${name}`, 'downloaded newer'));
			expect(await learner.exists(name)).toBe(true);
		}, 40_000);

		test('a registry that dies in the middle of a push', async () => {
			const mortal = await startRegistry();
			learner.after(mortal.stop);
			const proxy = await startSlowProxy(mortal.port);
			learner.after(proxy.stop);
			const name = await ownImage(`${proxy.host}/${unique('mortal')}`, 2_000_000);
			proxy.set({ pace: 200_000 });
			const session = await learner.open();
			await pushByKey(session, name);
			await session.waitFor((lines) => transferIn(lines).layers.some(({ state }) => state === 'Pushing'));
			await mortal.stop();
			// the engine does not give up for a minute, and says so
			await session.waitFor((lines) =>
				transferIn(lines).layers.some(({ state }) => /^Retrying in \d+ seconds?$/.test(state)),
			);
			await act(session, 'transfer.cancel');
			await session.waitFor(/was cancelled/);
			await journalEnd(session, `docker push ${name}`, '✕');
		}, 40_000);
	});

	const saveTo = async (session: Awaited<ReturnType<typeof learner.open>>, image: string, path: string) => {
		await chooseImage(session, image);
		await act(session, 'app.save');
		await session.waitFor('Save images to a file');
		await fillIn(session, 'file', path);
		await confirm(session, `docker save -o ${path} ${image}:latest`);
	};

	test('a disk that is full ends a save, and nothing of the file is left', async () => {
		const folder = learner.folder('full');
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', folder]);
		learner.after(() => execFileSync('umount', [folder]));
		const image = await ownImage(unique('save'), 1000);
		const session = await learner.open();
		await saveTo(session, image, join(folder, 'a.tar'));
		const { text } = transferIn(await session.waitFor((lines) => /failed/.test(transferIn(lines).head)));
		expect(text).toContain(
			`The disk is full: ${join(folder, 'a.tar')} could not be written, and nothing of it was kept.`,
		);
		await journalEnd(session, `docker save -o ${join(folder, 'a.tar')} ${image}:latest`, '✕');
		expect(readdirSync(folder)).toEqual([]);
	});

	test('what was saved is the same once it is loaded', async () => {
		const image = await ownImage(unique('round'), 100_000);
		const session = await learner.open();
		const id = await learner.inspect(image, '.Id');
		const path = join(learner.folder('saved'), 'a.tar');
		await saveTo(session, image, path);
		await session.waitFor((lines) => /^ ?Saved/.test(transferIn(lines).head));
		await journalEnd(session, `docker save -o ${path} ${image}:latest`);
		await docker('rmi', '--force', image);
		expect(await learner.exists(id)).toBe(false);
		await act(session, 'app.load');
		await session.waitFor('Load images from a file');
		await fillIn(session, 'file', path);
		await confirm(session, `docker load -i ${path}`);
		await session.waitFor((lines) => /^ ?Loaded/.test(transferIn(lines).head));
		await session.waitFor((lines) => transferIn(lines).text.includes(`${image}:latest`));
		await journalEnd(session, `docker load -i ${path}`);
		expect(await learner.inspect(image, '.Id')).toBe(id);
	});

	test('a tar of files becomes an image', async () => {
		const folder = learner.folder('files');
		writeFileSync(join(folder, 'word'), 'imported');
		const path = join(folder, 'files.tar');
		execFileSync('tar', ['-cf', path, '-C', folder, 'word']);
		const image = learner.image('imported');
		const session = await learner.open();
		await act(session, 'app.load');
		await fillIn(session, 'file', path);
		await turnTo(session, 'it has', 'files of a system (import)');
		await fillIn(session, 'repository:tag', `${image}:1`);
		learner.image('imported', `${image}:1`);
		await session.waitFor(asksLine(`docker import ${path} ${image}:1`));
		await act(session, 'question.yes');
		await session.waitFor((lines) => /^ ?Imported/.test(transferIn(lines).head));
		await journalEnd(session, `docker import ${path} ${image}:1`);
		const maker = learner.container('look');
		await docker('create', '--name', maker, `${image}:1`, 'none');
		await docker('cp', `${maker}:/word`, join(folder, 'back'));
		expect(existsSync(join(folder, 'back'))).toBe(true);
	});
});
