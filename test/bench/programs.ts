// What is measured: Portside, a bare Node program beside it, and every peer that is installed.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { peers } from './peers.ts';
import type { Program } from './program.ts';

/** The Node of Portside and of the bare program; the benchmark itself may run under another. */
export const node = process.env.PORTSIDE_NODE ?? process.execPath;

/** `dist` is the folder with the built program. */
export const portside = (dist: string): Program => ({
	name: 'portside',
	command: node,
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
	command: node,
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
