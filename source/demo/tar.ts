// Tar archives: the few kinds of entries that images, archives and build contexts are made of.

import type { FileNode } from './files.ts';

export type TarEntry = { path: string; node: FileNode };

const block = 512;
const mostEntries = 50_000;

const octal = (value: number, length: number): string =>
	`${Math.floor(value)
		.toString(8)
		.padStart(length - 1, '0')}\0`;

const header = (name: string, type: string, size: number, node: FileNode): Buffer => {
	const bytes = Buffer.alloc(block);
	bytes.write(name.slice(0, 100), 0);
	bytes.write(octal(node.mode, 8), 100);
	bytes.write(octal(0, 8), 108);
	bytes.write(octal(0, 8), 116);
	bytes.write(octal(size, 12), 124);
	bytes.write(octal(node.modifiedAt / 1000, 12), 136);
	bytes.write('        ', 148);
	bytes.write(type, 156);
	if (node.kind === 'link') bytes.write(node.target.slice(0, 100), 157);
	bytes.write('ustar\x0000', 257);
	bytes.write('root', 265);
	bytes.write('root', 297);
	bytes.write(
		octal(
			bytes.reduce((sum, byte) => sum + byte, 0),
			7,
		),
		148,
	);
	return bytes;
};

const padded = (bytes: Buffer): Buffer =>
	Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block)]);

export const writeTar = (entries: Iterable<TarEntry>): Buffer => {
	const parts: Buffer[] = [];
	for (const { path, node } of entries) {
		const name = node.kind === 'directory' && !path.endsWith('/') ? `${path}/` : path;
		if (Buffer.byteLength(name) > 100) {
			const long = Buffer.from(`${name}\0`);
			parts.push(
				header('././@LongLink', 'L', long.length, { kind: 'file', mode: 0, modifiedAt: 0, bytes: long }),
				padded(long),
			);
		}
		const type = { directory: '5', link: '2', file: '0' }[node.kind];
		parts.push(header(name, type, node.kind === 'file' ? node.bytes.length : 0, node));
		if (node.kind === 'file') parts.push(padded(node.bytes));
	}
	parts.push(Buffer.alloc(block * 2));
	return Buffer.concat(parts);
};

const field = (bytes: Buffer, from: number, length: number): string => {
	const end = bytes.indexOf(0, from);
	return bytes.toString('utf8', from, end < 0 || end > from + length ? from + length : end);
};

const paxPath = (bytes: Buffer): string | undefined =>
	/(?:^|\n)\d+ path=([^\n]*)\n/.exec(`${bytes.toString()}`)?.[1];

/** The entries of an archive, or undefined when it is none. */
export const readTar = (bytes: Buffer): TarEntry[] | undefined => {
	const entries: TarEntry[] = [];
	let longName: string | undefined;
	for (let at = 0; at + block <= bytes.length && entries.length < mostEntries; ) {
		const head = bytes.subarray(at, at + block);
		if (head[0] === 0) break;
		const size = Number.parseInt(field(head, 124, 12).trim() || '0', 8);
		const sum = head.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
		if (
			sum !== Number.parseInt(field(head, 148, 8).trim(), 8) ||
			!(size >= 0) ||
			at + block + size > bytes.length
		)
			return undefined;
		const body = bytes.subarray(at + block, at + block + size);
		at += block + Math.ceil(size / block) * block;
		const type = field(head, 156, 1) || '0';
		if (type === 'L') longName = body.toString().replace(/\0+$/, '');
		else if (type === 'x') longName = paxPath(body) ?? longName;
		else if (type !== 'g') {
			const prefix = field(head, 257, 5) === 'ustar' ? field(head, 345, 155) : '';
			const name = longName ?? (prefix ? `${prefix}/` : '') + field(head, 0, 100);
			const common = {
				mode: Number.parseInt(field(head, 100, 8).trim() || '0', 8) & 0o7777,
				modifiedAt: Number.parseInt(field(head, 136, 12).trim() || '0', 8) * 1000,
			};
			const path = name.replace(/^(\.?\/)+/, '').replace(/\/$/, '');
			longName = undefined;
			if (type === '5') entries.push({ path, node: { kind: 'directory', ...common } });
			else if (type === '1' || type === '2')
				entries.push({
					path,
					node: { kind: 'link', ...common, target: (type === '1' ? '/' : '') + field(head, 157, 100) },
				});
			else if (type === '0' || type === '7')
				entries.push({ path, node: { kind: 'file', ...common, bytes: Buffer.from(body) } });
		}
	}
	return bytes.length > 0 && bytes.length < block ? undefined : entries;
};
