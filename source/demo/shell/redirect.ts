// Redirections: where a command reads from and writes to instead.

import { follow, nodeAt, put, resolvePath } from '../files.ts';
import type { Capture } from './expand.ts';
import { expandText } from './expand.ts';
import type { Redirect } from './parse.ts';
import { collect, pipeOf, readingFrom } from './pipes.ts';
import type { Io, Shell } from './shell.ts';

const ready = () => Promise.resolve();

const largestFile = 16 << 20;

/** The io of a command after its redirections, and what writes its files when it is done; or why it cannot be. */
export const redirected = async (
	redirects: Redirect[],
	shell: Shell,
	io: Io,
	capture: Capture,
): Promise<{ io: Io; finish: () => void } | string> => {
	let next = io;
	const writes: (() => void)[] = [];
	for (const { from, how, target } of redirects) {
		if (how === 'same') {
			next = from === 2 ? { ...next, err: next.out } : { ...next, out: next.err };
			continue;
		}
		const name = await expandText(target, shell, capture);
		const { path, node } = follow(shell.files, resolvePath(shell.directory, name));
		const isDevice = ['/dev/null', '/dev/tty', '/dev/stdout', '/dev/stderr'].includes(path);
		if (how === 'read') {
			if (node?.kind !== 'file') return `can't open ${name}: ${node ? 'Is a directory' : 'no such file'}`;
			if (path !== '/dev/tty') next = readingFrom(next, pipeOf(node.bytes));
			continue;
		}
		const collected = collect(io, largestFile);
		const out = path === '/dev/null' ? () => {} : isDevice ? io.out : collected.add;
		if (!isDevice) {
			const before = how === 'append' && node?.kind === 'file' ? node.bytes : Buffer.alloc(0);
			const mode = nodeAt(shell.files, path)?.mode ?? 0o644;
			const save = () =>
				put(shell.files, path, {
					kind: 'file',
					mode,
					modifiedAt: shell.launch.world.now(),
					bytes: Buffer.concat([before, collected.bytes()]),
				});
			const why = node?.kind === 'directory' ? 'Is a directory' : save();
			if (why) return `can't create ${name}: ${why}`;
			writes.push(() => void save());
		}
		next =
			from === 2
				? { ...next, err: out }
				: { ...next, out, ready, isTerminal: isDevice && io.isTerminal && path !== '/dev/null' };
	}
	return { io: next, finish: () => writes.forEach((write) => void write()) };
};
