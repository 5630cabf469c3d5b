// The engines that tests run against.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dockerd, startDockerd } from './dockerd.ts';
import { describeWithDockerd, describeWithEngine } from './with-engine.ts';

describeWithEngine('the shared engine', (engine) => {
	test('runs the base image', async () => {
		expect(await engine.docker('run', '--rm', 'busybox', 'echo', 'hello')).toBe('hello\n');
	});
});

describeWithDockerd('an engine of its own', () => {
	let engine: Dockerd;
	beforeAll(async () => {
		engine = await startDockerd({ name: 'own', args: ['--live-restore'] });
	});
	afterAll(async () => {
		const bridge = `/sys/class/net/br-${(await engine.docker('network', 'create', 'own')).slice(0, 12)}`;
		expect(existsSync(bridge)).toBe(true);
		await engine.docker('run', '-d', '--network', 'own', 'busybox', 'sleep', '1000');
		await engine.stop();
		expect(existsSync(engine.folder)).toBe(false);
		expect(existsSync(bridge)).toBe(false);
	});

	test('publishes ports, and is back after a kill with its containers running', async () => {
		const script = 'mkdir /w; echo hello > /w/index.html; exec httpd -f -p 80 -h /w';
		await engine.docker('run', '-d', '--name', 'web', '-p', '80', 'busybox', 'sh', '-c', script);
		const port = (await engine.docker('port', 'web', '80')).match(/:(\d+)/)?.[1];
		await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello\n');
		const before = engine.pid;
		await engine.kill('SIGKILL');
		await expect(engine.docker('ps')).rejects.toThrow('Cannot connect');
		await engine.start();
		expect(engine.pid).not.toBe(before);
		expect(await engine.docker('ps', '--format', '{{.Names}}')).toBe('web\n');
	});

	test('can be frozen', async () => {
		await engine.freeze();
		let answered = false;
		const version = engine.docker('version').then(() => {
			answered = true;
		});
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(answered).toBe(false);
		await engine.thaw();
		await version;
	});
});
