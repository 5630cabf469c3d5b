// What wishes are held against in tests: containers, images and networks by their names.
import type { Container, Network, Port } from '../../source/model/items.ts';
import type { Listener } from '../../source/model/ports.ts';
import type { CheckContext } from '../../source/run/context.ts';
import { image } from '../model/things.ts';

type Given = {
	readonly networks?: readonly string[];
	readonly images?: readonly string[];
	readonly containers?: readonly Container[];
	/** All that is on this machine. */
	readonly paths?: readonly string[];
};

export const published = (hostPort: number, containerPort: number, address = '0.0.0.0'): Port => ({
	address,
	hostPort,
	containerPort,
	protocol: 'tcp',
});

export const contextOf = (
	{ networks = [], images = [], containers = [], paths }: Given,
	more: Partial<CheckContext> = {},
): CheckContext => ({
	containers: new Map(containers.map((one) => [one.id, one])),
	images: new Map(images.map((reference) => [reference, image([reference])])),
	networks: networks.map(networkOf),
	pathExists: (path) => paths?.includes(path),
	isLocal: true,
	...more,
});

/** Somebody whom nobody may know listens on all addresses. */
export const listener: Listener = { protocol: 'tcp', address: '0.0.0.0', port: 80, uid: 0, isEngine: false };

export const listenersOn = (...ports: readonly number[]): Listener[] =>
	ports.map((port) => ({ ...listener, port }));

const networkOf = (name: string): Network => ({
	id: `id-of-${name}`,
	name,
	driver: 'bridge',
	isBuiltIn: name === 'bridge',
	users: [],
});
