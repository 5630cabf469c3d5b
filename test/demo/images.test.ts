// Images: pulling, pushing, searching, tags and deletion, archives.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { ask, lines } from './request.ts';

let engine: DemoEngine;
const get = (path: string) => ask(engine.socketPath, 'GET', path);
const post = (path: string, body?: unknown) => ask(engine.socketPath, 'POST', path, body);
const remove = (path: string) => ask(engine.socketPath, 'DELETE', path);

beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

test('a pull reports every layer and ends with digest and status', async () => {
	const pull = await lines(engine.socketPath, 'POST', '/images/create?fromImage=nginx&tag=1.27');
	const seen = await pull.ended();
	expect(seen[0]).toEqual({ status: 'Pulling from library/nginx', id: '1.27' });
	const statuses = new Set(seen.filter((line) => line.progressDetail).map((line) => line.status));
	expect([...statuses]).toEqual(
		expect.arrayContaining([
			'Pulling fs layer',
			'Downloading',
			'Download complete',
			'Extracting',
			'Pull complete',
			'Already exists',
		]),
	);
	expect(seen.at(-1)).toEqual({ status: 'Status: Downloaded newer image for nginx:1.27' });
	expect((await get('/images/nginx:1.27/json')).json.RepoTags).toEqual(['nginx:1.27']);
	const again = await (
		await lines(engine.socketPath, 'POST', '/images/create?fromImage=nginx&tag=1.27')
	).ended();
	expect(again.at(-1)).toEqual({ status: 'Status: Image is up to date for nginx:1.27' });
});

test('a pull that is left behind leaves nothing behind', async () => {
	const pull = await lines(engine.socketPath, 'POST', '/images/create?fromImage=mysql&tag=8');
	await pull.until((all) => all.some((line) => line.status === 'Downloading'));
	pull.close();
	await pull.ended();
	expect((await get('/images/mysql:8/json')).status).toBe(404);
});

test('what cannot be pulled is refused before the stream', async () => {
	expect(await post('/images/create?fromImage=nope&tag=1')).toMatchObject({ status: 404 });
	expect((await post('/images/create?fromImage=ubuntu&tag=99')).json.message).toBe(
		'manifest for ubuntu:99 not found: manifest unknown: manifest unknown',
	);
	expect((await post('/images/create?fromImage=Bad&tag=1')).status).toBe(400);
	expect((await post('/images/create?fromImage=127.0.0.1:5999/x&tag=1')).json.message).toContain(
		'connection refused',
	);
});

test('a push goes to the account demo, and is denied to others', async () => {
	await post('/images/harbour/api:1.4/tag?repo=demo/api&tag=2');
	const pushed = await (await lines(engine.socketPath, 'POST', '/images/demo/api/push?tag=2')).ended();
	expect(pushed.at(-1)).toMatchObject({ aux: { Tag: '2' } });
	expect(pushed.some((line) => line.status === 'Pushed')).toBe(true);
	await remove('/images/demo/api:2');
	expect(
		(await (await lines(engine.socketPath, 'POST', '/images/create?fromImage=demo/api&tag=2')).ended()).at(-1)
			.status,
	).toContain('demo/api:2');
	const denied = await (await lines(engine.socketPath, 'POST', '/images/harbour/api/push?tag=1.4')).ended();
	expect(denied.at(-1).errorDetail.message).toBe('denied: requested access to the resource is denied');
	expect((await post('/auth', { username: 'demo', password: 'demo' })).json.Status).toBe('Login Succeeded');
	expect((await post('/auth', { username: 'demo', password: 'x' })).status).toBe(500);
});

test('deleting untags first, and never takes what a container uses', async () => {
	expect((await remove('/images/harbour/api:1.4')).json).toEqual([{ Untagged: 'harbour/api:1.4' }]);
	expect((await remove('/images/postgres:16')).json.message).toContain('must force');
	const gone = (await remove('/images/ubuntu:22.04')).json;
	expect(gone.map((line: object) => Object.keys(line)[0])).toEqual([
		'Untagged',
		'Untagged',
		'Deleted',
		'Deleted',
	]);
	expect((await remove('/images/nope')).status).toBe(404);
	expect((await post('/images/prune')).json.ImagesDeleted).not.toBeNull();
	expect((await post('/images/prune')).json.ImagesDeleted).toBeNull();
});

test('search, history, save and load', async () => {
	const found = (await get('/images/search?term=httpd')).json;
	expect(found[0]).toMatchObject({ name: 'httpd', is_official: true });
	expect((await get('/images/search?term=a&limit=200')).status).toBe(400);
	expect((await get('/images/httpd:2.4/history')).json.at(-1).Id).toBe('<missing>');
	const saved = await get('/images/busybox/get');
	await remove('/images/busybox');
	const loaded = await (await lines(engine.socketPath, 'POST', '/images/load', saved.bytes)).ended();
	expect(loaded).toEqual([{ stream: 'Loaded image: busybox:latest\n' }]);
	expect(
		(await (await lines(engine.socketPath, 'POST', '/images/load', Buffer.from('garbage'))).ended())[0]
			.errorDetail.message,
	).toContain('invalid archive');
});
