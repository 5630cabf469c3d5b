// Whether the ports of an engine are the ports we see: only then is it claimed who has them.
import { readFile, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { State } from '../model/state.ts';

export type HereGiven = {
	readonly proc?: string;
	readonly hostName?: string;
};

/**
 * The engine says its host is called as this one is, and its socket was made in our network namespace: the kernel lists
 * only those. An engine in a virtual machine, behind a tunnel or in a namespace of its own fails one of the two.
 */
export const isHere = async (
	{ connection }: Pick<State, 'connection'>,
	{ proc = '/proc', hostName = hostname() }: HereGiven = {},
): Promise<boolean> => {
	if (connection.status !== 'connected' || connection.info.flavour === 'demo') return false;
	const path = /^unix:\/\/(.+)$/.exec(connection.endpoint.host)?.[1];
	if (path === undefined || connection.info.hostName !== hostName) return false;
	const table = await readFile(`${proc}/net/unix`, 'utf8').catch(() => '');
	const bound = new Set(table.split('\n').map((line) => line.trim().split(/\s+/).slice(7).join(' ')));
	const real = await realpath(path).catch(() => path);
	// /var/run is a link to /run: either spelling may have been bound.
	const usual = (spelling: string): string => spelling.replace(/^\/var\/run\//, '/run/');
	return [...bound].some((spelling) => spelling !== '' && [path, real].map(usual).includes(usual(spelling)));
};
