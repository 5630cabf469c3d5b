// ls: names in columns, one per line, or with everything known about them.

import { baseName, childrenOf, type FileNode, follow, nodeAt, resolvePath } from '../files.ts';
import { at, operandsOf, optionsOf } from './operands.ts';
import type { Command } from './shell.ts';
import { padTo, textWidth } from './widths.ts';

export const modeText = (node: FileNode): string => {
	const kind = { directory: 'd', file: '-', link: 'l' }[node.kind];
	const bits = [6, 3, 0].map((shift) => (node.mode >> shift) & 7);
	return (
		kind +
		bits.map((each) => `${each & 4 ? 'r' : '-'}${each & 2 ? 'w' : '-'}${each & 1 ? 'x' : '-'}`).join('')
	);
};

export const sizeOf = (node: FileNode): number =>
	node.kind === 'file' ? node.bytes.length : node.kind === 'link' ? node.target.length : 4096;

const longLine = (name: string, node: FileNode): string => {
	const [, month = '', day = '', , time = ''] =
		/^\w+, (\d+) (\w+) (\d+) ([\d:]{5})/.exec(new Date(node.modifiedAt).toUTCString()) ?? [];
	const link = node.kind === 'link' ? ` -> ${node.target}` : '';
	return `${modeText(node)}    1 root     root     ${String(sizeOf(node)).padStart(9)} ${day} ${month.padStart(2)} ${time} ${name}${link}`;
};

/** Directories blue, programs green, links cyan: the colours everybody knows. */
const coloured = (name: string, node: FileNode | undefined): string => {
	const colour =
		node?.kind === 'directory'
			? '1;34'
			: node?.kind === 'link'
				? '1;36'
				: node && node.mode & 0o111
					? '1;32'
					: '';
	return colour ? `\x1b[${colour}m${name}\x1b[0m` : name;
};

const columns = (names: string[], width: number): string => {
	const widest = Math.max(0, ...names.map(textWidth)) + 2;
	const perRow = Math.max(1, Math.floor(width / widest));
	const rows = Math.ceil(names.length / perRow);
	return Array.from({ length: rows }, (_, row) =>
		Array.from({ length: perRow }, (_, column) => padTo(names[column * rows + row] ?? '', widest))
			.join('')
			.trimEnd(),
	).join('\n');
};

export const ls: Command = (args, io, shell) => {
	const options = optionsOf(args);
	const operands = operandsOf(args);
	let status = 0;
	for (const [index, operand] of (operands.length > 0 ? operands : ['.']).entries()) {
		const { path, node } = follow(shell.files, at(shell, operand));
		if (!node) {
			io.err(`ls: ${operand}: No such file or directory\n`);
			status = 1;
			continue;
		}
		const isListed = node.kind === 'directory' && !options.includes('d');
		const names = isListed ? childrenOf(shell.files, path).map(baseName) : [operand];
		const shown = options.includes('a')
			? isListed
				? ['.', '..', ...names]
				: names
			: names.filter((name) => !isListed || !name.startsWith('.'));
		const nodeOf = (name: string) => (isListed ? nodeAt(shell.files, resolvePath(path, name)) : node);
		const paint = (name: string) => (io.isTerminal ? coloured(name, nodeOf(name)) : name);
		if (operands.length > 1 && isListed) io.out(`${index > 0 ? '\n' : ''}${operand}:\n`);
		const text = options.includes('l')
			? shown.map((name) => longLine(paint(name), nodeOf(name) ?? node)).join('\n')
			: io.isTerminal && !options.includes('1')
				? columns(shown.map(paint), shell.launch.size.columns || 80)
				: shown.map(paint).join('\n');
		if (options.includes('l') && isListed) io.out(`total ${shown.length * 4}\n`);
		if (text) io.out(`${text}\n`);
	}
	return status;
};
