// Commands on the toy file system: cat, touch, mkdir, rm, cp, mv, chmod, find, stat.

import {
	allPaths,
	baseName,
	childrenOf,
	follow,
	nodeAt,
	put,
	putDeep,
	removePath,
	resolvePath,
} from '../files.ts';
import { breathe } from './lines.ts';
import { ls, modeText, sizeOf } from './ls.ts';
import { at, operandsOf, optionsOf } from './operands.ts';
import type { Command, Shell } from './shell.ts';

/** Control characters as `^C`, and bytes beyond ASCII as `M-…`. */
const visible = (bytes: Buffer): string =>
	[...bytes]
		.map((byte) => {
			const low = byte & 127;
			const text =
				low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
			return byte >= 128 ? `M-${text}` : byte === 9 || byte === 10 ? String.fromCharCode(byte) : text;
		})
		.join('');

const pieceSize = 16_384;
const endless = ['/dev/zero', '/dev/urandom', '/dev/random', '/dev/full'];

const cat: Command = async (args, io, shell) => {
	const show = optionsOf(args).includes('v') ? visible : (bytes: Buffer) => bytes;
	const operands = operandsOf(args);
	let status = 0;
	for (const operand of operands.length > 0 ? operands : ['-']) {
		if (operand === '-') {
			for (let bytes = await io.chunk(); bytes; bytes = await io.chunk()) {
				io.out(show(bytes));
				await io.ready();
			}
			continue;
		}
		const { path, node } = follow(shell.files, at(shell, operand));
		if (node?.kind !== 'file') {
			const why = node ? 'read error: Is a directory' : `can't open '${operand}': No such file or directory`;
			io.err(`cat: ${why}\n`);
			status = 1;
			continue;
		}
		const isEndless = endless.includes(path);
		const bytes = isEndless ? Buffer.alloc(pieceSize) : node.bytes;
		for (let from = 0; from < bytes.length && !io.signal.aborted; from += isEndless ? 0 : pieceSize) {
			io.out(show(bytes.subarray(from, from + pieceSize)));
			if (bytes.length > pieceSize || isEndless) await breathe(io, shell);
		}
	}
	return io.signal.aborted ? 130 : status;
};

const make =
	(name: string, build: (shell: Shell, args: string[], operand: string) => string | undefined): Command =>
	(args, io, shell) => {
		let status = 0;
		for (const operand of operandsOf(args)) {
			const why = build(shell, args, operand);
			if (!why) continue;
			io.err(`${name}: ${operand}: ${why}\n`);
			status = 1;
		}
		return status;
	};

const touch = make('touch', (shell, _args, operand) => {
	const path = at(shell, operand);
	const node = nodeAt(shell.files, path) ?? {
		kind: 'file' as const,
		mode: 0o644,
		bytes: Buffer.alloc(0),
		modifiedAt: 0,
	};
	return put(shell.files, path, { ...node, modifiedAt: shell.launch.world.now() });
});

const mkdir = make('mkdir', (shell, args, operand) => {
	const path = at(shell, operand);
	const isDeep = optionsOf(args).includes('p');
	if (nodeAt(shell.files, path)) return isDeep ? undefined : 'File exists';
	return (isDeep ? putDeep : put)(shell.files, path, {
		kind: 'directory',
		mode: 0o755,
		modifiedAt: shell.launch.world.now(),
	});
});

const rm = make('rm', (shell, args, operand) => {
	const path = at(shell, operand);
	const options = optionsOf(args);
	const node = nodeAt(shell.files, path);
	if (!node) return options.includes('f') ? undefined : 'No such file or directory';
	if (path === '/') return "can't remove the root";
	if (node.kind === 'directory' && !/r/i.test(options)) return 'is a directory';
	removePath(shell.files, path, shell.launch.world.now());
	return undefined;
});

const rmdir = make('rmdir', (shell, _args, operand) => {
	const path = at(shell, operand);
	if (nodeAt(shell.files, path)?.kind !== 'directory') return 'No such file or directory';
	if (childrenOf(shell.files, path).length > 0) return 'Directory not empty';
	removePath(shell.files, path, shell.launch.world.now());
	return undefined;
});

const chmod: Command = ([mode = '', ...names], io, shell) => {
	for (const name of names) {
		const path = at(shell, name);
		const node = nodeAt(shell.files, path);
		if (!node) {
			io.err(`chmod: ${name}: No such file or directory\n`);
			return 1;
		}
		const bits = /^[0-7]{3,4}$/.test(mode)
			? Number.parseInt(mode, 8)
			: mode.includes('x')
				? node.mode | 0o111
				: node.mode;
		put(shell.files, path, { ...node, mode: bits });
	}
	return 0;
};

const copy =
	(isMove: boolean): Command =>
	(args, io, shell) => {
		const operands = operandsOf(args);
		const [target = '', ...sources] = [operands.at(-1) ?? '', ...operands.slice(0, -1)];
		for (const source of sources) {
			const from = at(shell, source);
			const isInto = nodeAt(shell.files, at(shell, target))?.kind === 'directory';
			const to = isInto ? resolvePath(at(shell, target), baseName(from)) : at(shell, target);
			const moved = allPaths(shell.files).filter((path) => path === from || path.startsWith(`${from}/`));
			if (moved.length === 0) {
				io.err(`${isMove ? 'mv' : 'cp'}: can't stat '${source}': No such file or directory\n`);
				return 1;
			}
			for (const path of moved) {
				const node = nodeAt(shell.files, path);
				const why = node && put(shell.files, to + path.slice(from.length), node);
				if (why) io.err(`${isMove ? 'mv' : 'cp'}: ${target}: ${why}\n`);
			}
			if (isMove) removePath(shell.files, from, shell.launch.world.now());
		}
		return 0;
	};

const find: Command = ([start = '.'], io, shell) => {
	const from = at(shell, start);
	const prefix = from === '/' ? '/' : `${from}/`;
	for (const path of allPaths(shell.files)) if (path === from || path.startsWith(prefix)) io.out(`${path}\n`);
	return 0;
};

const stat: Command = (args, io, shell) => {
	for (const operand of operandsOf(args)) {
		const node = nodeAt(shell.files, at(shell, operand));
		if (!node) {
			io.err(`stat: can't stat '${operand}': No such file or directory\n`);
			return 1;
		}
		io.out(
			`  File: ${operand}\n  Size: ${sizeOf(node)}\nAccess: (${node.mode.toString(8)}/${modeText(node)})\nModify: ${new Date(node.modifiedAt).toISOString()}\n`,
		);
	}
	return 0;
};

export const fileCommands: Record<string, Command> = {
	ls,
	cat,
	touch,
	mkdir,
	rm,
	rmdir,
	chmod,
	cp: copy(false),
	mv: copy(true),
	find,
	stat,
};
