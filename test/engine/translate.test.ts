// What engines send, with all that may be absent or null, in our own words.
import { describe, expect, it } from 'vitest';
import { container, containerDetail } from '../../source/engine/containers.ts';
import { diskUse } from '../../source/engine/disk-use.ts';
import { engineEvent } from '../../source/engine/engine-events.ts';
import { imageReference } from '../../source/engine/image-reference.ts';
import { historyLayer, image, imageRemoval, searchResult } from '../../source/engine/images.ts';
import { agreedVersion, engineInfo } from '../../source/engine/info.ts';
import { network, volume } from '../../source/engine/networks.ts';
import { ports } from '../../source/engine/ports.ts';
import { pruned, prunedImages } from '../../source/engine/pruned.ts';
import { touched } from '../../source/engine/touched.ts';

const id = 'a'.repeat(64);

describe('container', () => {
	it('reads what docker lists', () => {
		const listed = {
			Id: id,
			Names: ['/db/web-alias', '/web'],
			Image: 'httpd:2.4',
			ImageID: `sha256:${id}`,
			Command: 'httpd-foreground',
			Created: 1_700_000_000,
			Ports: [],
			Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
			State: 'running',
			Status: 'Up 4 minutes (health: starting)',
			HostConfig: { NetworkMode: 'default' },
			NetworkSettings: { Networks: { shop: {}, back: {} } },
		};
		expect(container(listed)).toEqual({
			kind: 'container',
			id,
			name: 'web',
			image: 'httpd:2.4',
			imageId: `sha256:${id}`,
			command: 'httpd-foreground',
			state: 'running',
			health: 'starting',
			status: 'Up 4 minutes (health: starting)',
			createdAt: 1_700_000_000_000,
			ports: [],
			project: 'shop',
			service: 'web',
			network: 'back, shop',
		});
	});

	it('reads what Podman and newer engines list', () => {
		expect(
			container({ Id: id, Names: ['web'], ImageID: id, State: 'configured', Health: { Status: '' } }),
		).toMatchObject({
			name: 'web',
			imageId: `sha256:${id}`,
			state: 'created',
		});
		expect(container({ State: 'running', Status: 'Up', Health: { Status: 'unhealthy' } }).health).toBe(
			'unhealthy',
		);
		expect(container({ State: 'running', Health: { Status: 'none' } })).not.toHaveProperty('health');
	});

	it('survives null everywhere', () => {
		const nothing = {
			Id: null,
			Names: null,
			Ports: null,
			Labels: null,
			Mounts: null,
			NetworkSettings: null,
			HostConfig: null,
		};
		expect(container(nothing)).toMatchObject({ id: '', name: '', ports: [] });
		expect(containerDetail({ State: null, Config: null, HostConfig: null, Mounts: null })).toMatchObject({
			exitCode: 0,
			tty: false,
			mounts: [],
		});
	});
});

describe('containerDetail', () => {
	it('has no times for what never happened, and knows anonymous volumes', () => {
		const detail = containerDetail({
			Id: id,
			State: {
				StartedAt: '2026-11-20T20:05:57.035102310Z',
				FinishedAt: '0001-01-01T00:00:00Z',
				ExitCode: 3,
				Error: 'e',
			},
			Config: { Tty: true, OpenStdin: true },
			HostConfig: { AutoRemove: true, LogConfig: { Type: 'json-file' } },
			Mounts: [
				{ Type: 'volume', Name: id, Source: '/var/lib/x', Destination: '/data', RW: true },
				{ Type: 'bind', Source: '/etc', Destination: '/host', RW: false },
			],
		});
		expect(detail).toMatchObject({
			startedAt: Date.parse('2026-11-20T20:05:57.035Z'),
			exitCode: 3,
			error: 'e',
			tty: true,
			openStdin: true,
			autoRemove: true,
			logDriver: 'json-file',
			mounts: [
				{ type: 'volume', source: id, target: '/data', isReadOnly: false, isAnonymous: true },
				{ type: 'bind', source: '/etc', target: '/host', isReadOnly: true, isAnonymous: false },
			],
		});
		expect(detail).not.toHaveProperty('finishedAt');
	});
});

describe('ports', () => {
	it('are sorted, with one for the twins of IPv4 and IPv6', () => {
		const listed = [
			{ IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
			{ PrivatePort: 443, Type: 'tcp' },
			{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
			{ IP: '127.0.0.1', PrivatePort: 53, PublicPort: 53, Type: 'udp' },
			{ IP: '::', PrivatePort: 90, PublicPort: 90, Type: 'tcp' },
			{ IP: '127.0.0.1', PrivatePort: 53, PublicPort: 53, Type: 'udp' },
		];
		expect(ports(listed)).toEqual([
			{ address: '127.0.0.1', hostPort: 53, containerPort: 53, protocol: 'udp' },
			{ address: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' },
			{ address: '::', hostPort: 90, containerPort: 90, protocol: 'tcp' },
			{ address: '', containerPort: 443, protocol: 'tcp' },
		]);
	});
});

describe('image', () => {
	it.each([
		[['<none>:<none>'], ['<none>@<none>']],
		[[], null],
		[null, []],
	])('without a name is listed with %o and %o', (RepoTags, RepoDigests) => {
		expect(image({ Id: `sha256:${id}`, RepoTags, RepoDigests, Size: 5, Created: 1, ParentId: '' })).toEqual({
			kind: 'image',
			id: `sha256:${id}`,
			references: [],
			digests: [],
			size: 5,
			createdAt: 1000,
		});
	});

	it('removals and prunes keep the engine’s order', () => {
		expect(imageRemoval([{ Untagged: 'a:1' }, { Deleted: id }, { Deleted: 'sha256:b' }])).toEqual({
			untagged: ['a:1'],
			deleted: [`sha256:${id}`, 'sha256:b'],
		});
		expect(
			prunedImages({ ImagesDeleted: [{ Untagged: 'a:1' }, { Deleted: 'sha256:b' }], SpaceReclaimed: 9 }),
		).toEqual({
			removed: ['a:1', 'sha256:b'],
			bytes: 9,
		});
		expect(prunedImages({ ImagesDeleted: null, SpaceReclaimed: 0 })).toEqual({ removed: [], bytes: 0 });
		expect(pruned({ ContainersDeleted: null, SpaceReclaimed: 0 }, 'ContainersDeleted')).toEqual({
			removed: [],
			bytes: 0,
		});
	});
});

describe('diskUse', () => {
	const images = [
		{ Id: 'sha256:a', Size: 10, SharedSize: 4 },
		{ Id: 'sha256:b', Size: 10, SharedSize: -1 },
	];
	const containers = [{ Id: id, SizeRw: 3 }, { Id: 'b' }];
	const volumes = [
		{ Name: 'v', UsageData: { Size: 7, RefCount: 2 } },
		{ Name: 'w', UsageData: { Size: -1, RefCount: -1 } },
	];
	const cache = [
		{ ID: 'c', Description: 'pulled from x', Size: 5, InUse: true },
		{ ID: 'd', Shared: true },
	];

	it.each([
		[
			'old',
			{
				Images: images,
				Containers: containers,
				Volumes: volumes,
				LayersSize: 16,
				BuildCache: cache,
				BuilderSize: 5,
			},
		],
		[
			'API 1.52',
			{
				ImageUsage: { Items: images, TotalSize: 16 },
				ContainerUsage: { Items: containers },
				VolumeUsage: { Items: volumes },
				BuildCacheUsage: { Items: cache },
			},
		],
	])('reads the %s shape', (_, answer) => {
		expect(diskUse(answer)).toEqual({
			images: new Map([
				['sha256:a', 6],
				['sha256:b', 10],
			]),
			containers: new Map([
				[id, 3],
				['b', 0],
			]),
			volumes: new Map([
				['v', { size: 7, users: 2, isAnonymous: false }],
				['w', { size: 0, users: 0, isAnonymous: false }],
			]),
			layers: 16,
			buildCache: [
				{ id: 'c', description: 'pulled from x', size: 5, isInUse: true, isShared: false },
				{ id: 'd', description: '', size: 0, isInUse: false, isShared: true },
			],
		});
	});

	it('reads nothing as nothing', () => {
		expect(diskUse({ Images: null })).toEqual({
			images: new Map(),
			containers: new Map(),
			volumes: new Map(),
			layers: 0,
			buildCache: [],
		});
	});
});

describe('networks, volumes, histories and searches', () => {
	it('are read with all that may be absent', () => {
		expect(network({ Id: 'a', Name: 'podman', Driver: 'bridge', Created: '0001-01-01T00:00:00Z' })).toEqual({
			id: 'a',
			name: 'podman',
			driver: 'bridge',
			isBuiltIn: true,
			users: [],
		});
		expect(volume({ Name: id, Driver: 'local', Labels: null })).toEqual({
			name: id,
			driver: 'local',
			isAnonymous: true,
		});
		expect(volume({ Name: 'x', Labels: { 'com.docker.volume.anonymous': '' } })).toMatchObject({
			isAnonymous: true,
		});
		expect(historyLayer({ Id: '<missing>', CreatedBy: 'RUN x', Created: 2, Size: 3, Tags: null })).toEqual({
			createdBy: 'RUN x',
			comment: '',
			createdAt: 2000,
			size: 3,
			references: [],
		});
		expect(historyLayer({ Id: id, Tags: ['x:1'] })).toMatchObject({
			id: `sha256:${id}`,
			references: ['x:1'],
		});
		expect(searchResult({ name: 'httpd', star_count: 9, is_official: true })).toEqual({
			name: 'httpd',
			description: '',
			stars: 9,
			isOfficial: true,
		});
	});
});

describe('imageReference', () => {
	const digest = `sha256:${id}`;
	it.each([
		['httpd', 'httpd', 'latest', 'https://index.docker.io/v1/'],
		['ada/httpd:2.4', 'ada/httpd', '2.4', 'https://index.docker.io/v1/'],
		['docker.io/ada/httpd:2.4', 'docker.io/ada/httpd', '2.4', 'https://index.docker.io/v1/'],
		['localhost/web', 'localhost/web', 'latest', 'localhost'],
		['registry:5000/a/b', 'registry:5000/a/b', 'latest', 'registry:5000'],
		[`quay.io/a:1@${digest}`, 'quay.io/a', digest, 'quay.io'],
		[`httpd@${digest}`, 'httpd', digest, 'https://index.docker.io/v1/'],
	])('%s', (reference, name, version, host) => {
		expect(imageReference(reference)).toEqual({ name, version, host });
	});
});

describe('agreedVersion', () => {
	it.each([
		['1.41', '1.12', undefined, '1.41'],
		['1.51', '1.24', undefined, '1.51'],
		['1.52', '1.44', undefined, '1.51'],
		['1.60', '1.53', undefined, '1.60'],
		['1.41', '1.12', '1.40', '1.40'],
		['1.20', '1.12', undefined, undefined],
		[undefined, undefined, undefined, undefined],
	])(
		'of an engine with %s (at least %s), asked for %s, is %s',
		(ApiVersion, MinAPIVersion, wanted, agreed) => {
			expect(agreedVersion({ ApiVersion, MinAPIVersion }, wanted)).toBe(agreed);
		},
	);

	it('knows Podman and the demo by name', () => {
		const podman = { Version: '4.3.1', Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] };
		expect(engineInfo(podman, {}, '1.41')).toMatchObject({ flavour: 'podman', title: 'Podman 4.3.1' });
		const demo = {
			Version: '28.5.1',
			Platform: { Name: 'Portside demo engine' },
			Components: [{ Name: 'Engine' }],
		};
		expect(engineInfo(demo, {}, '1.47').flavour).toBe('demo');
	});
});

describe('touched', () => {
	const event = (Type: string, Action: string, Attributes: object = {}) =>
		touched(engineEvent({ Type, Action, Actor: { ID: id, Attributes }, timeNano: 1e15 }));

	it.each([
		['container', 'start', { what: 'container', id, delay: 0 }],
		['container', 'health_status: healthy', { what: 'container', id, delay: 0 }],
		['container', 'pause', { what: 'container', id, delay: 20 }],
		['container', 'stop', { what: 'container', id, delay: 100 }],
		['container', 'exec_create: sh -c x', undefined],
		['container', 'destroy', { what: 'gone', id }],
		['container', 'remove', { what: 'gone', id }],
		['container', 'prune', { what: 'everything' }],
		['container', 'commit', { what: 'images' }],
		['image', 'tag', { what: 'images' }],
		['image', 'push', undefined],
		['daemon', 'reload', { what: 'everything' }],
		['volume', 'create', undefined],
		['network', 'create', undefined],
	])('%s %s is %o', (type, action, expected) => {
		expect(event(type, action)).toEqual(expected);
	});

	it('a network event touches its container, which is its actor in Podman', () => {
		expect(event('network', 'connect', { container: 'c' })).toMatchObject({ what: 'container', id: 'c' });
		expect(event('network', 'disconnect')).toMatchObject({ what: 'container', id });
	});

	it('old engines name things differently', () => {
		expect(engineEvent({ status: 'exec_create: sh', id: 'x', time: 5 })).toMatchObject({
			action: 'exec_create',
			id: 'x',
			at: 5000,
		});
	});
});
