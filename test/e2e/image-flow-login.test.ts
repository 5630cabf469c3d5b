// Registries that want a login: who is let in, who is not, and that nobody reads the password anywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithRegistry, putImage, type Registry, startRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { alice } from './command-table.ts';
import { act, unique } from './driving.ts';
import { startSlowProxy } from './slow-proxy.ts';
import {
	askRegistry,
	confirm,
	fillIn,
	journal,
	journalEnd,
	learnerOn,
	logIn,
	pullByKey,
	pushByKey,
	runLine,
	savedScript,
	transferred,
	turnTo,
} from './tutorial.ts';

/** All text of all files below a folder. */
const allIn = (folder: string): string =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
		.join('\n');

/** The command lines and environments of all processes but this one. */
const allProcesses = (): string =>
	readdirSync('/proc')
		.filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
		.flatMap((pid) =>
			['cmdline', 'environ'].map((name) => {
				try {
					return readFileSync(`/proc/${pid}/${name}`, 'latin1');
				} catch {
					return ''; // it has ended
				}
			}),
		)
		.join('\n');

describeWithEngine('a registry that wants a login', (engine) => {
	const learner = learnerOn(engine);
	describeWithRegistry('with a password', () => {
		let registry: Registry;
		beforeAll(async () => {
			registry = await startRegistry({ htpasswd: alice });
		});
		afterAll(() => registry?.stop());

		/** With a configuration of docker’s that has no login yet. */
		const open = async () => {
			const home = learner.folder('home');
			const session = await learner.open({
				env: { HOME: home, XDG_STATE_HOME: join(home, 'state'), DOCKER_CONFIG: join(home, 'docker') },
			});
			return { session, home };
		};
		const ownImage = async () => {
			const name = learner.image('own', `${registry.host}/${unique('own')}`);
			await engine.docker('tag', 'busybox', name);
			return name;
		};

		test('does not let a wrong password in, and nothing is kept', async () => {
			const { session, home } = await open();
			await logIn(session, registry.host, { ...alice, password: 'wrong' });
			await session.waitFor('does not know this user');
			// The form is back with all but the password.
			await session.waitFor(new RegExp(`registry \\(empty: Docker Hub\\): +${registry.host}`));
			await session.press('esc');
			await session.waitGone('Log in to a registry');
			const { message } = await journalEnd(session, `docker login ${registry.host}`, '✕');
			expect(message).toContain(`${registry.host} does not know this user, or the password is wrong.`);
			expect(allIn(home)).not.toContain('auths');
		});

		test('says so before a push and a pull, and L and r help', async () => {
			const { session } = await open();
			const name = await ownImage();
			await pushByKey(session, name);
			await session.waitFor(transferred(`The push of ${name} failed`, `L logs in to ${registry.host}`));
			await act(session, 'app.login');
			await session.waitFor('Log in to a registry');
			await session.waitFor(new RegExp(`registry \\(empty: Docker Hub\\): +${registry.host}`));
			await fillIn(session, 'user', alice.user);
			await fillIn(session, 'password', alice.password, true);
			await confirm(session, `docker login ${registry.host}`);
			await session.waitFor(`logged in to ${registry.host}`);
			await act(session, 'transfer.again');
			await session.waitFor(transferred(`Pushed ${name}`, 'manifest '));
			const path = name.slice(registry.host.length + 1);
			expect((await askRegistry(registry.host, `${path}/manifests/latest`, alice)).status).toBe(200);

			// and out again
			await act(session, 'app.login');
			await fillIn(session, 'registry', registry.host);
			await turnTo(session, 'what', 'log out');
			await confirm(session, `docker logout ${registry.host}`);
			await session.waitFor(`logged out of ${registry.host}`);
			const secret = unique('secret');
			await putImage(registry.host, secret, ['1'], alice);
			await pullByKey(session, `${registry.host}/${secret}:1`);
			await session.waitFor(
				transferred(`The pull of ${registry.host}/${secret}:1 failed`, `L logs in to ${registry.host}`),
			);
		}, 40_000);

		test('gets the password, and nobody else reads it', async () => {
			const proxy = await startSlowProxy(registry.port);
			learner.after(proxy.stop);
			let go = () => {};
			const until = new Promise<void>((resolve) => {
				go = resolve;
			});
			proxy.set({ gates: [{ of: /^GET \/v2\/$/, until }] });
			const { session, home } = await open();
			await act(session, 'app.login');
			await fillIn(session, 'registry', proxy.host);
			await fillIn(session, 'user', alice.user);
			await fillIn(session, 'password', alice.password, true);
			await confirm(session, `docker login ${proxy.host}`);
			await session.waitFor('asking the registry');
			const encoded = Buffer.from(`${alice.user}:${alice.password}`).toString('base64');
			const secrets = [alice.password, encoded, Buffer.from(alice.password).toString('base64')];
			// while it is under way, too
			for (const secret of secrets) expect(allProcesses().includes(secret)).toBe(false);
			go();
			await session.waitFor(`logged in to ${proxy.host}`);
			// what was run is remembered there
			const ran = learner.container('ran');
			await runLine(session, `docker run -d --name ${ran} busybox true`);
			await session.waitFor(`started ${ran}`);
			const name = learner.image('own', `${proxy.host}/${unique('own')}`);
			await engine.docker('tag', 'busybox', name);
			await pushByKey(session, name);
			await session.waitFor(transferred(`Pushed ${name}`, 'manifest '));
			for (const secret of secrets) expect(allProcesses().includes(secret)).toBe(false);
			const script = await savedScript(session);
			expect(script).toContain(`\ndocker login ${proxy.host}\n`);
			const said = [
				script,
				JSON.stringify(await journal(session)),
				session.output,
				allIn(join(home, 'state')),
			];
			for (const secret of secrets)
				expect(said.map((text) => text.includes(secret))).toEqual(said.map(() => false));
			// docker’s own file has it, as docker keeps it
			expect(readFileSync(join(home, 'docker/config.json'), 'utf8')).toContain(encoded);
		}, 40_000);
	});
});
