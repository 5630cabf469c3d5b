// What an engine of a test run leaves on the machine outside its namespaces, and its removal.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Leftovers = {
	folder: string;
	/** The beginning of all its addresses: `10.219.7.`. */
	subnet: string;
	cgroup: string;
};

export function ip(...words: string[]): string {
	const env = { PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
	return execFileSync('ip', words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Notes down whose they are, for the run after one that could not clean up. */
export function note(leftovers: Leftovers) {
	writeFileSync(join(leftovers.folder, 'owner'), JSON.stringify({ ...leftovers, pid: process.pid }));
}

export function remove({ folder, subnet, cgroup }: Leftovers) {
	thaw({ cgroup });
	for (const bridge of bridgesOf(subnet)) {
		for (const link of [...linksOf('link', 'show', 'master', bridge), bridge]) {
			try {
				ip('link', 'delete', link);
			} catch {} // went by itself
		}
	}
	for (const hierarchy of ['', ...readdirSync(cgroups)]) removeCgroup(join(cgroups, hierarchy, cgroup));
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Its own, and those of networks that were made in it. */
const bridgesOf = (subnet: string) => linksOf('-4', 'address', 'show', 'to', `${subnet}0/24`);

const linksOf = (...words: string[]) =>
	ip('-oneline', ...words)
		.split('\n')
		.flatMap((line) => /^\d+: ([^:@\s]+)/.exec(line)?.[1] ?? []);

/** Lets paused containers go on, because what is frozen by cgroup v1 cannot even be killed. */
export function thaw({ cgroup }: Pick<Leftovers, 'cgroup'>) {
	const folder = join(cgroups, 'freezer', cgroup);
	if (!existsSync(folder)) return;
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		try {
			if (entry.isDirectory()) writeFileSync(join(folder, entry.name, 'freezer.state'), 'THAWED');
		} catch {} // its container ended meanwhile
	}
}

/** Removes those of processes that are gone. */
export function sweep() {
	for (const name of readdirSync(tmpdir())) {
		const owner = join(tmpdir(), name, 'owner');
		if (!name.startsWith('portside-') || !existsSync(owner)) continue;
		const { pid, ...leftovers } = JSON.parse(readFileSync(owner, 'utf8')) as Leftovers & { pid: number };
		if (!existsSync(`/proc/${pid}`)) remove(leftovers);
	}
}

const cgroups = '/sys/fs/cgroup';

function removeCgroup(folder: string) {
	try {
		for (const entry of readdirSync(folder, { withFileTypes: true })) {
			if (entry.isDirectory()) removeCgroup(join(folder, entry.name));
		}
		rmdirSync(folder);
	} catch {} // not in this hierarchy, or its last process is not yet gone
}
