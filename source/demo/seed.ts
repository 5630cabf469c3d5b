// The world a demo starts with: networks, volumes, and ten containers, most of which have been running for a while.

import type { Container } from './container.ts';
import type { CreateBody } from './container-config.ts';
import { createContainer } from './create.ts';
import { catchUp } from './daemon.ts';
import { start } from './lifecycle.ts';
import { addNetwork } from './network.ts';
import { seedImages } from './seed-images.ts';
import { pauseContainer } from './verbs.ts';
import { addVolume } from './volume.ts';
import type { World } from './world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const bridgeOptions = {
	'com.docker.network.bridge.default_bridge': 'true',
	'com.docker.network.bridge.enable_icc': 'true',
	'com.docker.network.bridge.enable_ip_masquerade': 'true',
	'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
	'com.docker.network.bridge.name': 'docker0',
	'com.docker.network.driver.mtu': '1500',
};

export const seedNetworks = (world: World): void => {
	addNetwork(world, 'bridge', 'bridge', { options: bridgeOptions });
	addNetwork(world, 'host', 'host');
	addNetwork(world, 'none', 'null');
};

/** A container that was created and, unless `upFor` is undefined, started that long ago. */
const settle = (world: World, name: string, body: CreateBody, age: number, upFor?: number): Container => {
	const container = createContainer(world, name, { Hostname: name, ...body }, true);
	container.createdAt = world.now() - age;
	if (upFor !== undefined) start(world, container, world.now() - upFor, true);
	return container;
};

const compose = (service: string) => ({
	'com.docker.compose.project': 'harbour',
	'com.docker.compose.service': service,
});

const healthLog = (world: World, code: number, output: string) => [
	{
		Start: new Date(world.now() - 12_000).toISOString(),
		End: new Date(world.now() - 11_900).toISOString(),
		ExitCode: code,
		Output: output,
	},
];

export const seedContainers = (world: World): void => {
	addVolume(world, 'harbour-data', {
		size: 48_300_000,
		createdAt: world.now() - 26 * hour,
		labels: { 'com.docker.compose.project': 'harbour' },
	});
	addVolume(world, 'old-backup', { size: 9_100_000, createdAt: world.now() - 300 * hour });
	settle(
		world,
		'sandbox',
		{ Image: 'busybox', Cmd: ['sh'], Tty: true, OpenStdin: true, Labels: { team: 'everybody' } },
		28 * hour,
		28 * hour,
	);
	settle(world, 'beacon', { Image: 'harbour/beacon:1.0' }, 27 * hour, 27 * hour);
	const hello = settle(world, 'hello', { Image: 'hello-world' }, 2 * hour);
	Object.assign(hello, {
		status: 'exited',
		startedAt: world.now() - 2 * hour,
		finishedAt: world.now() - 2 * hour + second,
	});
	const job = settle(
		world,
		'paused-job',
		{ Image: 'harbour/jobs', Cmd: ['python', 'job.py'], Labels: { team: '사진' } },
		50 * minute,
		50 * minute,
	);
	const db = settle(
		world,
		'db',
		{
			Image: 'postgres:16',
			Env: ['POSTGRES_PASSWORD=harbour'],
			Labels: compose('db'),
			HostConfig: {
				Binds: ['harbour-data:/var/lib/postgresql/data'],
				PortBindings: { '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: '5432' }] },
				RestartPolicy: { Name: 'unless-stopped', MaximumRetryCount: 0 },
			},
		},
		26 * hour,
		26 * hour,
	);
	const cache = settle(
		world,
		'cache',
		{
			Image: 'redis:7',
			Labels: compose('cache'),
			Healthcheck: { Test: ['CMD-SHELL', 'redis-cli ping || exit 1'], Interval: 30e9, Retries: 3 },
		},
		26 * hour,
		3 * hour,
	);
	settle(world, 'api', { Image: 'harbour/api:1.4', Labels: compose('api') }, 26 * hour, 47 * minute);
	settle(
		world,
		'batch',
		{
			Image: 'harbour/jobs',
			Cmd: ['python', 'batch.py'],
			HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 0 } },
		},
		12 * minute,
		20 * second,
	);
	settle(
		world,
		'worker',
		{
			Image: 'harbour/jobs',
			Cmd: ['python', 'worker.py'],
			Labels: { ...compose('worker'), 설명: '주문 처리' },
			HostConfig: { Memory: 512 << 20 },
		},
		26 * hour,
		12 * minute,
	);
	const web = settle(
		world,
		'web',
		{
			Image: 'httpd:2.4',
			Labels: compose('web'),
			Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 30e9, Retries: 3 },
			HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } },
		},
		4 * minute + 2 * second,
		4 * minute,
	);
	web.health = { status: 'healthy', failingStreak: 0, log: healthLog(world, 0, '') };
	cache.health = {
		status: 'unhealthy',
		failingStreak: 4,
		log: healthLog(world, 1, 'Could not connect to Redis at 127.0.0.1:6379\n'),
	};
	catchUp(world, db);
	pauseContainer(world, job);
	world.events.recent.length = 0;
};

/** Many small running containers, for the benchmark. */
export const seedBench = (world: World, count: number): void => {
	for (let index = 0; index < Math.min(count, 10_000); index++)
		settle(
			world,
			`bench-${String(index).padStart(5, '0')}`,
			{ Image: 'busybox', Cmd: ['httpd', '-f'], Labels: { bench: String(index % 10) } },
			hour,
			hour,
		);
	world.events.recent.length = 0;
};

export const seed = (world: World, options: { isEmpty: boolean; bench: number }): void => {
	seedNetworks(world);
	if (!options.isEmpty || options.bench > 0) seedImages(world);
	if (!options.isEmpty) seedContainers(world);
	seedBench(world, options.bench);
};
