// What the demo engine says about itself, how it refuses, and that it starts, breaks and ends cleanly.

import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { ask, type Json, lines } from './request.ts';

let engine: DemoEngine;
afterEach(() => engine.close());

test('speaks versions it knows and refuses the others in words', async () => {
	engine = await startDemo({ frozen: true });
	const ping = await ask(engine.socketPath, 'GET', '/_ping');
	expect(ping).toMatchObject({ status: 200, text: 'OK' });
	expect(ping.headers).toMatchObject({
		'api-version': '1.47',
		'builder-version': '2',
		ostype: 'linux',
		server: 'Docker/28.5.1-demo (linux)',
	});
	expect((await ask(engine.socketPath, 'GET', '/v1.41/version')).json.ApiVersion).toBe('1.47');
	expect(await ask(engine.socketPath, 'GET', '/v1.99/info')).toMatchObject({
		status: 400,
		json: { message: 'client version 1.99 is too new. Maximum supported API version is 1.47' },
	});
	expect((await ask(engine.socketPath, 'GET', '/v1.12/info')).text).toContain(
		'client version 1.12 is too old. Minimum supported API version is 1.24',
	);
	expect(await ask(engine.socketPath, 'GET', '/nope')).toMatchObject({
		status: 404,
		json: { message: 'page not found' },
	});
	expect((await ask(engine.socketPath, 'GET', '/containers//json')).status).toBe(301);
});

test('its socket is private and goes away with it', async () => {
	engine = await startDemo({ frozen: true });
	const folder = dirname(engine.socketPath);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	const events = await lines(engine.socketPath, 'GET', '/events');
	await engine.close();
	await events.ended();
	expect(existsSync(folder)).toBe(false);
});

test('two frozen engines are the same to the last byte', async () => {
	engine = await startDemo({ frozen: true });
	const other = await startDemo({ frozen: true });
	for (const path of [
		'/containers/json?all=1',
		'/images/json',
		'/info',
		'/containers/web/logs?stdout=1&stderr=1&timestamps=1',
		'/containers/api/stats?stream=0',
		'/system/df',
	]) {
		const [one, two] = await Promise.all([
			ask(engine.socketPath, 'GET', path),
			ask(other.socketPath, 'GET', path),
		]);
		expect(one.text, path).toBe(two.text);
	}
	await other.close();
});

test('connections can be dropped, and the engine can hang and come back', async () => {
	engine = await startDemo({ empty: true });
	const events = await lines(engine.socketPath, 'GET', '/events');
	engine.drop();
	await events.ended();
	expect((await ask(engine.socketPath, 'GET', '/_ping')).status).toBe(200);
	engine.hang(true);
	let isAnswered = false;
	const ping = ask(engine.socketPath, 'GET', '/_ping').then(() => {
		isAnswered = true;
	});
	await new Promise((resolve) => setImmediate(resolve));
	expect(isAnswered).toBe(false);
	engine.hang(false);
	await ping;
});

test('ten thousand containers are there at once', async () => {
	engine = await startDemo({ containers: 10_000, empty: true });
	const list = await ask(engine.socketPath, 'GET', '/containers/json');
	expect(list.json).toHaveLength(10_000);
	expect(list.json[0]).toMatchObject({ Names: ['/bench-09999'], State: 'running' });
});

test('the world of the demo has something of everything', async () => {
	engine = await startDemo({ frozen: true });
	const { json } = await ask(engine.socketPath, 'GET', '/containers/json?all=1');
	const byName = Object.fromEntries(json.map((row: Json) => [row.Names[0], row]));
	expect(byName['/web'].Status).toBe('Up 4 minutes (healthy)');
	expect(byName['/web'].Ports).toEqual([
		{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
		{ IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
	]);
	expect(byName['/api'].Ports).toEqual([{ PrivatePort: 3000, Type: 'tcp' }]);
	expect(byName['/cache'].Status).toBe('Up 3 hours (unhealthy)');
	expect(byName['/hello'].Status).toBe('Exited (0) 2 hours ago');
	expect(byName['/paused-job'].Status).toBe('Up 50 minutes (Paused)');
	const images = (await ask(engine.socketPath, 'GET', '/images/json')).json;
	expect(images.filter((image: Json) => image.RepoTags.length === 0)).toHaveLength(1);
	expect(images.find((image: Json) => image.RepoTags.length === 2).RepoTags).toEqual([
		'harbour/api:1.4',
		'harbour/api:latest',
	]);
});
