// Who listens on this machine: the kernel's tables, and the processes that hold those sockets open.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { Listener } from '../model/ports.ts';
import { type Socket, waitingSockets } from './proc-net.ts';

/** File descriptors that are looked at in search of owners, at most. */
const mostDescriptors = 20_000;
/** Milliseconds of work without a pause. */
const slice = 4;
/** Characters of one table; those that listen stand first. */
const mostCharacters = 2 << 20;

/** Programs that listen for containers: of docker, rootless docker, Podman, and the virtual machines of both. */
const ofEngines =
	/^(docker-proxy|dockerd|rootlesskit|rootlessport|slirp4netns|pasta(\.avx2)?|conmon|vpnkit|com\.docker\.ba|gvproxy)/;

type Owner = { readonly pid: number; readonly name: string };

export type ListenersGiven = {
	/** Where the kernel tells; a folder of the same kind in tests. */
	readonly proc?: string;
};

const tables = [
	['net/tcp', 'tcp'],
	['net/tcp6', 'tcp'],
	['net/udp', 'udp'],
	['net/udp6', 'udp'],
] as const;

/** One reader for the whole session: it looks for the owner of a socket once. */
export const createListeners = ({ proc = '/proc' }: ListenersGiven = {}) => {
	/** By inode. Undefined: nobody may tell us. */
	let owners = new Map<string, Owner | undefined>();
	let inodesNow: ReadonlySet<string> = new Set();

	const readSockets = async (): Promise<Socket[] | undefined> => {
		const texts = await Promise.all(
			tables.map(([path]) => readFile(`${proc}/${path}`, 'latin1').catch(() => undefined)),
		);
		if (texts.every((text) => text === undefined)) return undefined;
		const sockets: Socket[] = [];
		for (const [index, text = ''] of texts.entries()) {
			const whole = text.slice(0, mostCharacters);
			// Of a table of thousands only so much at once.
			for (let from = 0; from < whole.length; ) {
				const end = whole.indexOf('\n', from + 65_536);
				const part = end < 0 ? whole.slice(from) : whole.slice(from, end);
				sockets.push(...waitingSockets(part, tables[index]?.[1] ?? 'tcp'));
				from = end < 0 ? whole.length : end + 1;
				if (from < whole.length) await turn();
			}
		}
		return sockets;
	};

	const nameOf = async (pid: string): Promise<string> =>
		(await readFile(`${proc}/${pid}/comm`, 'utf8').catch(() => '')).trim();

	/** A program may have its workers hold the socket, too: the one that began them is meant. */
	const ownerOf = async (pid: string): Promise<Owner> => {
		const name = await nameOf(pid);
		let owner = pid;
		for (let steps = 0; steps < 8; steps++) {
			const status = await readFile(`${proc}/${owner}/status`, 'utf8').catch(() => '');
			const parent = /^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? '0';
			if (parent === '0' || name === '' || (await nameOf(parent)) !== name) break;
			if (!(await hasSocketOf(owner, parent))) break;
			owner = parent;
		}
		return { pid: Number(owner), name };
	};

	const hasSocketOf = async (child: string, parent: string): Promise<boolean> => {
		const [own, other] = await Promise.all([socketsOf(child), socketsOf(parent)]);
		return [...own].some((inode) => inodesNow.has(inode) && other.has(inode));
	};

	const socketsOf = async (pid: string): Promise<Set<string>> => {
		const names = await readdir(`${proc}/${pid}/fd`).catch(() => []);
		const links = await Promise.all(
			names.slice(0, 256).map((name) => readlink(`${proc}/${pid}/fd/${name}`).catch(() => '')),
		);
		return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
	};

	const findOwners = async (wanted: Set<string>): Promise<void> => {
		let looked = 0;
		let pausedAt = performance.now();
		const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name));
		// Newest first: what is new is looked for.
		for (const pid of pids.reverse()) {
			if (wanted.size === 0 || looked >= mostDescriptors) return;
			const names = await readdir(`${proc}/${pid}/fd`).catch(() => []);
			const open = names.slice(0, mostDescriptors - looked);
			looked += open.length;
			for (let at = 0; at < open.length && wanted.size > 0; at += 64) {
				const links = await Promise.all(
					open.slice(at, at + 64).map((name) => readlink(`${proc}/${pid}/fd/${name}`).catch(() => '')),
				);
				for (const link of links) {
					const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? '';
					const owner = wanted.has(inode) ? await ownerOf(pid) : undefined;
					// Without a name it ended while it was looked at.
					if (!owner?.name) continue;
					wanted.delete(inode);
					owners.set(inode, owner);
				}
				if (performance.now() - pausedAt < slice) continue;
				await turn();
				pausedAt = performance.now();
			}
		}
	};

	return async (): Promise<readonly Listener[] | undefined> => {
		let sockets = await readSockets();
		if (sockets === undefined) return undefined;
		const inodes = new Set(sockets.map(({ inode }) => inode));
		inodesNow = inodes;
		owners = new Map([...owners].filter(([inode]) => inodes.has(inode)));
		const wanted = new Set([...inodes].filter((inode) => inode !== '0' && !owners.has(inode)));
		for (const inode of wanted) owners.set(inode, undefined);
		if (wanted.size > 0) await findOwners(wanted);
		// What nobody holds may have been on its way out.
		if (wanted.size > 0) sockets = ((await readSockets()) ?? []).filter(({ inode }) => inodes.has(inode));
		return sockets.map(({ inode, ...socket }) => {
			const owner = owners.get(inode);
			return { ...socket, ...owner, isEngine: owner !== undefined && ofEngines.test(owner.name) };
		});
	};
};
