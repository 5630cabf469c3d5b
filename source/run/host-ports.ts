// Which ports of this machine somebody listens on, as the kernel of Linux tells it. Elsewhere nobody tells.
import { readFileSync } from 'node:fs';

/** LISTEN, as the kernel numbers it. */
const listening = '0A';

/** The ports of a table as in /proc/net/tcp. */
export const listeningPorts = (table: string): number[] =>
	table.split('\n').flatMap((line) => {
		const [, local = '', , state] = line.trim().split(/\s+/);
		return state === listening ? [Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16)] : [];
	});

const read = (path: string): string => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
};

export const hostPorts = (): ReadonlySet<number> =>
	new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => listeningPorts(read(path))));
