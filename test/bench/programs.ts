// What is measured: Portside, a bare Node program beside it, and every peer that is installed.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { peers } from './peers.ts';
import type { Program } from './program.ts';

/** `dist` is the folder with the built program. */
export const portside = (dist: string): Program => ({
	name: 'portside',
	command: process.execPath,
	args: [join(dist, 'cli.js')],
	list: [0, 2, 58, 17],
	cursor: [1, 2, 57, 16],
	span: 8,
	whenEmpty: /No containers yet/,
	running: /Up /,
	stopped: /Exited/,
	quit: 'q',
});

export const bareNode: Program = {
	name: 'bare Node',
	command: process.execPath,
	args: [resolve('test/bench/bare-node.mjs')],
	whenEmpty: /NAME IMAGE STATUS/,
	running: /Up /,
	quit: '\x03',
	isOneShot: true,
};

export const installedPeers = (): Program[] =>
	peers.filter(({ command }) =>
		(process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command))),
	);

export const absentPeers = (): string[] => {
	const installed = new Set(installedPeers());
	return peers.filter((peer) => !installed.has(peer)).map(({ name }) => name);
};
