// What every engine must do for us, as one suite: it runs against the embedded engine and against a real dockerd.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineEvent, Target } from '../../source/engine/contract.ts';
import { openEngine } from '../../source/engine/engine.ts';
import type { Container, LogLine, Sample } from '../../source/model/items.ts';
import { churn, cleanUpChurn } from './churn.ts';
import { patience } from './patience.ts';
import { done, raw } from './raw.ts';
import { differences, startWatch } from './watched.ts';

/** Asked when the tests begin. `image` has `sh` and `sleep`, and may be given further names. */
export type Subject = { readonly socket: string; readonly image: string };

const never = new AbortController().signal;

export function engineContract(name: string, getSubject: () => Subject): void {
	describe(`${name} keeps the contract:`, () => {
		let socket = '';
		let image = '';
		let engine: Engine;
		let count = 0;

		async function create(options: object = {}): Promise<Target> {
			const name = `contract-${++count}`;
			const body = { Image: image, Cmd: ['sleep', '1000'], StopSignal: 'SIGKILL', ...options };
			const { Id } = (await done(socket, 'POST', `/containers/create?name=${name}`, body)) as { Id: string };
			return { id: Id, name };
		}

		async function started(options: object = {}): Promise<Target> {
			const target = await create(options);
			await engine.start(target);
			return target;
		}

		const shell = (script: string, options: object = {}): Promise<Target> =>
			started({ Cmd: ['sh', '-c', script], ...options });

		async function listed({ id }: Target): Promise<Container | undefined> {
			const [found] = await engine.containers([id]);
			return found;
		}

		const stateOf = async (target: Target) => (await listed(target))?.state;

		const exited = (target: Target) => expect.poll(() => stateOf(target), { timeout: 10_000 }).toBe('exited');

		const names = async (): Promise<string[]> =>
			(await engine.images()).flatMap(({ references }) => references);

		async function logOf(target: Target, tty = false): Promise<LogLine[]> {
			const lines: LogLine[] = [];
			await engine.logs(target.id, { tail: 1000, follow: false, tty }, never, (batch) =>
				lines.push(...batch),
			);
			return lines;
		}

		beforeAll(async () => {
			({ socket, image } = getSubject());
			engine = await openEngine({ host: `unix://${socket}`, source: 'test', name: 'local' });
		});

		afterAll(async () => {
			for (let at = 1; at <= count; at++)
				await raw(socket, 'DELETE', `/containers/contract-${at}?force=1&v=1`);
			engine.close();
		});

		it('says who it is, and that it is there', async () => {
			expect(engine.info.title).toMatch(/\w/);
			expect(engine.info.apiVersion).toMatch(/^1\.\d+$/);
			expect(engine.info.cpus).toBeGreaterThan(0);
			expect(engine.info.memory).toBeGreaterThan(0);
			await engine.ping(1000);
		});

		it('lists a container with what is known of it, alone or with all', async () => {
			const target = await create({
				Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
				ExposedPorts: { '80/tcp': {} },
			});
			const container = await listed(target);
			expect(container).toMatchObject({
				kind: 'container',
				...target,
				image,
				imageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
				command: expect.stringContaining('sleep'),
				state: 'created',
				project: 'shop',
				service: 'web',
				network: 'bridge',
			});
			expect(Math.abs((container?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
			const all = await engine.containers();
			expect(all.find(({ id }) => id === target.id)).toEqual(container);
			expect(await engine.containers(['f'.repeat(64)])).toEqual([]);
			expect(await engine.containers([])).toEqual([]);
		});

		it('starts and stops, and does not mind when it is so already', async () => {
			const target = await create();
			await engine.start(target);
			expect(await listed(target)).toMatchObject({ state: 'running', status: expect.stringMatching(/^Up /) });
			await engine.start(target);
			await engine.stop(target);
			expect(await listed(target)).toMatchObject({
				state: 'exited',
				status: expect.stringMatching(/^Exited \(137\)/),
			});
			await engine.stop(target);
			await engine.restart(target);
			expect(await stateOf(target)).toBe('running');
		});

		it('shows published ports, and exposed ones as such', async () => {
			const target = await started({
				ExposedPorts: { '80/tcp': {}, '90/udp': {} },
				HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
			});
			expect((await listed(target))?.ports).toEqual([
				{ address: '127.0.0.1', hostPort: expect.any(Number), containerPort: 80, protocol: 'tcp' },
				{ address: '', containerPort: 90, protocol: 'udp' },
			]);
		});

		it('pauses and goes on, and says why it cannot', async () => {
			const target = await started();
			await engine.pause(target);
			expect(await stateOf(target)).toBe('paused');
			await expect(engine.pause(target)).rejects.toMatchObject({
				statusCode: 409,
				message: /cannot be paused/,
			});
			await engine.unpause(target);
			expect(await stateOf(target)).toBe('running');
			await expect(engine.unpause(target)).rejects.toThrow(`${target.name} is not paused.`);
		});

		it('kills with a signal, and says that what does not run cannot be killed', async () => {
			const target = await started();
			await engine.kill(target, 'SIGKILL');
			await exited(target);
			await expect(engine.kill(target, 'SIGKILL')).rejects.toThrow(/not running/);
			await expect(engine.kill(await started(), 'SIGNONSENSE')).rejects.toMatchObject({ statusCode: 400 });
		});

		it('renames, but not to a name that is taken or none', async () => {
			const target = await create();
			const other = await create();
			await engine.rename(target, `${target.name}-new`);
			expect((await listed(target))?.name).toBe(`${target.name}-new`);
			await expect(engine.rename(target, other.name)).rejects.toThrow(
				'Another container has this name already.',
			);
			await expect(engine.rename(target, 'no/name')).rejects.toThrow(/does not accept this name/);
			await engine.rename(target, target.name);
		});

		it('removes, with force what runs, and with it the volumes nobody named', async () => {
			const target = await started({ Volumes: { '/data': {} } });
			const { mounts } = await engine.inspect(target.id);
			expect(mounts).toMatchObject([{ type: 'volume', target: '/data', isAnonymous: true }]);
			await expect(engine.remove(target, { force: false, volumes: true })).rejects.toMatchObject({
				statusCode: 409,
				message: `${target.name} is running or paused: stop it first, or remove it with force.`,
			});
			await engine.remove(target, { force: true, volumes: true });
			expect(await listed(target)).toBeUndefined();
			expect((await raw(socket, 'GET', `/volumes/${mounts[0]?.source}`)).status).toBe(404);
			await engine.remove(target, { force: true, volumes: true });
		});

		it('inspects, and says so of what is gone', async () => {
			const target = await started({ Tty: true, OpenStdin: true });
			expect(await engine.inspect(target.id)).toMatchObject({
				id: target.id,
				tty: true,
				openStdin: true,
				autoRemove: false,
				error: '',
				startedAt: expect.any(Number),
				raw: { Id: target.id },
			});
			await expect(engine.inspect('f'.repeat(64))).rejects.toMatchObject({
				statusCode: 404,
				message: /is gone/,
			});
			await expect(engine.start({ id: 'f'.repeat(64), name: 'web' })).rejects.toThrow('web is gone');
		});

		it('tells untagging an image from deleting it', async () => {
			const target = await create();
			const { Id } = (await done(
				socket,
				'POST',
				`/commit?container=${target.id}&repo=contract&tag=one`,
				{},
			)) as { Id: string };
			await done(socket, 'POST', '/images/contract:one/tag?repo=contract&tag=two');
			expect(await engine.inspectImage('contract:one')).toMatchObject({ id: Id, raw: { Id } });
			const image = (await engine.images()).find(({ id }) => id === Id);
			expect(image?.references.toSorted()).toEqual(['contract:one', 'contract:two']);
			expect(image?.size).toBeGreaterThan(0);
			await expect(engine.removeImage({ name: Id }, { force: false })).rejects.toMatchObject({
				statusCode: 409,
			});
			expect(await engine.removeImage({ name: 'contract:one' }, { force: false })).toEqual({
				untagged: ['contract:one'],
				deleted: [],
			});
			const last = await engine.removeImage({ name: 'contract:two' }, { force: false });
			expect(last.untagged).toContain('contract:two');
			expect(last.deleted).toContain(Id);
			expect(await names()).not.toContain('contract:two');
			await expect(engine.removeImage({ name: 'contract:two' }, { force: false })).rejects.toMatchObject({
				statusCode: 404,
				message: 'There is no image contract:two any more.',
			});
		});

		it('keeps an image that a container runs', async () => {
			const base = await create();
			await done(socket, 'POST', `/commit?container=${base.id}&repo=contract&tag=busy`, {});
			const target = await started({ Image: 'contract:busy' });
			await expect(engine.removeImage({ name: 'contract:busy' }, { force: false })).rejects.toThrow(
				/still needed/,
			);
			await engine.remove(target, { force: true, volumes: false });
			await engine.removeImage({ name: 'contract:busy' }, { force: false });
		});

		it('lists the processes of what runs', async () => {
			const target = await started();
			const { titles, rows } = await engine.processes(target.id);
			expect(titles).toContain('PID');
			expect(rows.some((row) => row.length === titles.length && row.join(' ').includes('sleep 1000'))).toBe(
				true,
			);
			await expect(engine.processes((await create()).id)).rejects.toThrow(/not running/);
		});

		it('lists what changed in the files since the image', async () => {
			expect(await engine.changes((await create()).id)).toEqual([]);
			const target = await shell('echo hello > /new-file');
			await exited(target);
			expect(await engine.changes(target.id)).toContainEqual({ kind: 'added', path: '/new-file' });
		});

		it('reads the log by stream, with a stamp at each line', async () => {
			const target = await shell('echo one; echo "zwei é€"; echo oops >&2');
			await exited(target);
			const lines = await logOf(target);
			const said = (source: string) => lines.filter((line) => line.source === source).map(({ text }) => text);
			expect(said('stdout')).toEqual(['one', 'zwei é€']);
			expect(said('stderr')).toEqual(['oops']);
			for (const { stamp } of lines)
				expect(stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
		});

		it('reads the log of a terminal without its carriage returns', async () => {
			const target = await shell('echo one; echo two', { Tty: true });
			await exited(target);
			expect((await logOf(target, true)).map(({ source, text }) => `${source} ${text}`)).toEqual([
				'tty one',
				'tty two',
			]);
		});

		it('follows a log until its container ends, or nobody wants it any more', async () => {
			const target = await shell('echo first; sleep 1; echo last');
			const lines: string[] = [];
			await engine.logs(target.id, { tail: 10, follow: true, tty: false }, never, (batch) => {
				lines.push(...batch.map(({ text }) => text));
			});
			expect(lines).toEqual(['first', 'last']);

			const stop = new AbortController();
			const other = await shell('echo first; sleep 1000');
			const seen: string[] = [];
			const pending = engine.logs(other.id, { tail: 10, follow: true, tty: false }, stop.signal, (batch) => {
				seen.push(...batch.map(({ text }) => text));
			});
			await expect.poll(() => seen, patience).toEqual(['first']);
			stop.abort();
			await pending;
		});

		it('samples what a container uses, with CPU from the second sample on, and nothing of one that is stopped', async () => {
			const target = await started();
			const samples: Sample[] = [];
			const stop = new AbortController();
			const pending = engine.stats(target.id, stop.signal, (sample) => samples.push(sample));
			await expect.poll(() => samples.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
			expect(samples.at(-1)).toMatchObject({ cpu: expect.any(Number), processes: expect.any(Number) });
			expect(samples.at(-1)?.memory).toBeGreaterThan(0);
			expect(samples.at(-1)?.memoryLimit).toBeGreaterThan(samples.at(-1)?.memory ?? 0);
			stop.abort();
			await pending;
			expect(Math.abs((samples[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
		});

		it('tells events in order once it is open, and keeps exec noise to itself', async () => {
			const stop = new AbortController();
			const events: EngineEvent[] = [];
			let target: Target | undefined;
			await new Promise<void>((resolve, reject) => {
				const pending = engine.events(
					stop.signal,
					async () => {
						target = await shell('sleep 1000');
						const { Id } = (await done(socket, 'POST', `/containers/${target.id}/exec`, {
							Cmd: ['true'],
						})) as { Id: string };
						await done(socket, 'POST', `/exec/${Id}/start`, { Detach: true });
						await engine.kill(target, 'SIGKILL');
						await exited(target);
						await engine.remove(target, { force: true, volumes: false });
					},
					(event) => {
						events.push(event);
						if (event.action === 'destroy' && event.id === target?.id) stop.abort();
					},
				);
				pending.then(resolve, reject);
			});
			const actions = events
				.filter(({ type, id }) => type === 'container' && id === target?.id)
				.map(({ action }) => action);
			expect(actions.filter((action) => action !== 'kill')).toEqual(['create', 'start', 'die', 'destroy']);
			expect(Math.abs((events[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
		});

		it('measures what containers and images take', async () => {
			const target = await shell('head -c 100000 /dev/zero > /big || echo 12345678 > /big');
			await exited(target);
			const use = await engine.diskUse();
			expect(use.containers.get(target.id)).toBeGreaterThan(0);
			for (const { id } of await engine.images()) expect(use.images.get(id)).toBeGreaterThanOrEqual(0);
		});

		it('prunes stopped containers and images without a name', async () => {
			const stopped = await create();
			const running = await started();
			const { Id } = (await done(socket, 'POST', `/commit?container=${stopped.id}`, {})) as { Id: string };
			expect((await engine.images()).find(({ id }) => id === Id)?.references).toEqual([]);
			const { removed } = await engine.pruneContainers();
			expect(removed).toContain(stopped.id);
			expect(removed).not.toContain(running.id);
			expect(await listed(stopped)).toBeUndefined();
			expect((await engine.pruneImages({ all: false })).removed).toContain(Id);
			expect(await names()).toContain(image);
		});

		it('is told by watch after every single operation', async () => {
			const watched = startWatch(`unix://${socket}`);
			try {
				await expect.poll(() => watched.story, patience).toEqual(['connecting', 'connected']);
				const target = await create();
				const told = (state: string | undefined) =>
					expect
						.poll(() => watched.containers.get(target.id)?.state, { timeout: 1000, interval: 5 })
						.toBe(state);
				await told('created');
				await engine.start(target);
				await told('running');
				await engine.pause(target);
				await told('paused');
				await engine.unpause(target);
				await told('running');
				await engine.kill(target, 'SIGKILL');
				await told('exited');
				await engine.remove(target, { force: false, volumes: false });
				await told(undefined);
			} finally {
				await watched.stop();
			}
		});

		it('is told by watch without any difference after a hundred operations', async () => {
			const watched = startWatch(`unix://${socket}`);
			try {
				await expect.poll(() => watched.story, patience).toEqual(['connecting', 'connected']);
				await churn(socket, image, 100);
				await expect.poll(() => differences(watched, engine), patience).toEqual([]);
				expect(watched.story).toEqual(['connecting', 'connected']);
				expect(watched.containers.size).toBeGreaterThan(0);
			} finally {
				await watched.stop();
				await cleanUpChurn(socket);
			}
		}, 120_000);
	});
}
