// The verbs on containers: what they answer and which events follow, in order.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { ask, filters, lines, takeOver, unframe } from './request.ts';

let engine: DemoEngine;
const get = (path: string) => ask(engine.socketPath, 'GET', path);
const post = (path: string, body?: unknown) => ask(engine.socketPath, 'POST', path, body);
const remove = (path: string) => ask(engine.socketPath, 'DELETE', path);

beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

const run = async (name: string, body: object): Promise<string> => {
	const { json } = await post(`/containers/create?name=${name}`, { Image: 'busybox', ...body });
	expect((await post(`/containers/${name}/start`)).status).toBe(204);
	return json.Id;
};

test('a command prints, ends, and is listed with its exit code', async () => {
	await post('/containers/create?name=once', {
		Image: 'busybox',
		Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 5'],
	});
	const wait = post('/containers/once/wait?condition=next-exit');
	const attached = await takeOver(engine.socketPath, '/containers/once/attach?stream=1&stdout=1&stderr=1');
	expect(attached.status).toBe(101);
	expect((await post('/containers/once/start')).status).toBe(204);
	expect((await wait).json).toEqual({ StatusCode: 5 });
	expect(unframe(await attached.ended())).toEqual({ out: 'out\n', err: 'err\n' });
	const logs = await get('/containers/once/logs?stdout=1&stderr=1');
	expect(logs.headers['content-type']).toBe('application/vnd.docker.multiplexed-stream');
	expect(unframe(logs.bytes)).toEqual({ out: 'out\n', err: 'err\n' });
	expect((await get(`/containers/json?all=1&filters=${filters({ name: ['once'] })}`)).json[0].Status).toBe(
		'Exited (5) Less than a second ago',
	);
});

test('events follow the verbs as a real engine sends them', async () => {
	const events = await lines(
		engine.socketPath,
		'GET',
		`/events?filters=${filters({ container: ['steady'] })}`,
	);
	const network = await lines(engine.socketPath, 'GET', `/events?filters=${filters({ type: ['network'] })}`);
	await run('steady', { Cmd: ['httpd', '-f'], Labels: { tier: 'front' } });
	expect((await post('/containers/steady/start')).status).toBe(304);
	await post('/containers/steady/pause');
	await post('/containers/steady/unpause');
	await post('/containers/steady/stop');
	expect((await post('/containers/steady/stop')).status).toBe(304);
	await remove('/containers/steady');
	const seen = await events.until((all) => all.some((event) => event.Action === 'destroy'));
	expect(seen.filter((event) => event.Type === 'container').map((event) => event.Action)).toEqual([
		'create',
		'start',
		'pause',
		'unpause',
		'kill',
		'die',
		'stop',
		'destroy',
	]);
	expect(seen[0].Actor.Attributes).toEqual({ image: 'busybox', name: 'steady', tier: 'front' });
	expect(seen.find((event) => event.Action === 'die').Actor.Attributes).toMatchObject({
		exitCode: '143',
		execDuration: '0',
	});
	expect((await network.until((all) => all.length >= 2)).map((event) => event.Action)).toEqual([
		'connect',
		'disconnect',
	]);
	const replay = await get(`/events?since=1&until=1&filters=${filters({ event: ['die'] })}`);
	expect(replay.text).toBe('');
});

test('refusals carry the status and the sentence of docker', async () => {
	expect(await post('/containers/create?name=x1', { Image: 'nope', Cmd: ['a'] })).toMatchObject({
		status: 404,
		json: { message: 'No such image: nope:latest' },
	});
	expect((await post('/containers/create?name=web', { Image: 'busybox' })).json.message).toMatch(
		/^Conflict\. The container name "\/web" is already in use by container "[0-9a-f]{64}"/,
	);
	expect((await post('/containers/create?name=a%20b', { Image: 'busybox' })).status).toBe(400);
	expect((await remove('/containers/web')).status).toBe(409);
	expect((await get('/containers/nope/json')).json).toEqual({ message: 'No such container: nope' });
	expect((await post('/containers/paused-job/pause')).status).toBe(409);
	expect((await post('/containers/web/unpause')).status).toBe(500);
	expect((await post('/containers/hello/kill')).status).toBe(409);
	expect((await post('/containers/web/rename?name=db')).status).toBe(409);
	expect((await post('/containers/paused-job/exec', { Cmd: ['ls'] })).status).toBe(409);
	expect((await get('/containers/web/logs')).status).toBe(400);
	expect((await get('/containers/json?filters=x')).status).toBe(400);
});

test('a published port belongs to one container at a time', async () => {
	await post('/containers/create?name=second', {
		Image: 'httpd:2.4',
		HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
	});
	const start = await post('/containers/second/start');
	expect(start.status).toBe(500);
	expect(start.json.message).toContain('Bind for 0.0.0.0:8080 failed: port is already allocated');
	const { State } = (await get('/containers/second/json')).json;
	expect(State).toMatchObject({ Status: 'created', ExitCode: 128, Error: start.json.message });
	await run('any', { Image: 'httpd:2.4', HostConfig: { PublishAllPorts: true } });
	expect((await get('/containers/any/json')).json.NetworkSettings.Ports['80/tcp'][0]).toEqual({
		HostIp: '0.0.0.0',
		HostPort: '32768',
	});
});

test('a program that is not there: 400, and the container keeps the reason', async () => {
	await post('/containers/create?name=wrong', { Image: 'busybox', Cmd: ['zzz'] });
	expect(await post('/containers/wrong/start')).toMatchObject({ status: 400 });
	expect((await get('/containers/wrong/json')).json.State).toMatchObject({
		Status: 'created',
		ExitCode: 127,
	});
});

test('a restart policy starts a failed container again', async () => {
	const events = await lines(
		engine.socketPath,
		'GET',
		`/events?filters=${filters({ container: ['flaky'], event: ['start', 'die'] })}`,
	);
	await run('flaky', {
		Cmd: ['false'],
		HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 } },
	});
	const seen = await events.until((all) => all.length === 4);
	expect(seen.map((event) => event.Action)).toEqual(['start', 'die', 'start', 'die']);
	expect((await get('/containers/flaky/json')).json).toMatchObject({
		RestartCount: 1,
		State: { Status: 'exited', ExitCode: 1 },
	});
});

test('--rm takes the container away at its end', async () => {
	const events = await lines(engine.socketPath, 'GET', `/events?filters=${filters({ event: ['destroy'] })}`);
	const id = await run('brief', { Cmd: ['true'], HostConfig: { AutoRemove: true } });
	await events.until((all) => all.some((event) => event.id === id));
	expect((await get('/containers/brief/json')).status).toBe(404);
});

test('logs: tail, timestamps, since, and following to the end', async () => {
	const logs = unframe((await get('/containers/worker/logs?stdout=1&stderr=1&tail=2&timestamps=1')).bytes);
	const [line = ''] = (logs.out + logs.err).split('\n');
	expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z .*[가-힣]/);
	await run('talker', { Cmd: ['sh', '-c', 'echo one; sleep 0.1; echo two'] });
	expect(unframe((await get('/containers/talker/logs?stdout=1&follow=1')).bytes).out).toBe('one\ntwo\n');
	expect((await get('/containers/talker/logs?stdout=1&since=4000000000')).bytes).toHaveLength(0);
});

test('stats: numbers while it runs, the zero time when it does not', async () => {
	const { json } = await get('/containers/api/stats?stream=0');
	expect(json.cpu_stats.cpu_usage.total_usage).toBeGreaterThan(json.precpu_stats.cpu_usage.total_usage);
	expect(json.memory_stats.stats.inactive_file).toBeLessThan(json.memory_stats.usage);
	expect((await get('/containers/hello/stats?stream=0')).json).toMatchObject({
		read: '0001-01-01T00:00:00Z',
		memory_stats: {},
	});
	const stream = await lines(engine.socketPath, 'GET', '/containers/api/stats');
	const [first, second] = await stream.until((all) => all.length === 2);
	expect(first.precpu_stats.system_cpu_usage).toBeUndefined();
	expect(second.cpu_stats.system_cpu_usage).toBeGreaterThan(first.cpu_stats.system_cpu_usage);
	stream.close();
});

test('inspect, top, update, rename and prune', async () => {
	expect((await get('/containers/db/top')).json.Titles).toContain('CMD');
	expect((await post('/containers/db/update', { Memory: 64 << 20 })).json).toEqual({ Warnings: [] });
	expect((await post('/containers/db/rename?name=database')).status).toBe(204);
	const { json } = await get('/containers/database/json?size=1');
	expect(json).toMatchObject({ Name: '/database', HostConfig: { Memory: 64 << 20 }, SizeRw: 0 });
	const pruned = (await post('/containers/prune')).json;
	expect(pruned.ContainersDeleted).toHaveLength(1);
	expect((await post('/containers/prune')).json.ContainersDeleted).toBeNull();
});
