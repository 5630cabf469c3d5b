// The files a client sent to build with.

import { gunzipSync } from 'node:zlib';
import type { FileNode } from '../files.ts';
import { refuse } from '../refusal.ts';
import { readTar } from '../tar.ts';
import { sha256 } from '../world.ts';

export type Context = Map<string, FileNode>;

const largest = 256 << 20;

export const readContext = (body: Buffer): Context => {
	const isZipped = body[0] === 0x1f && body[1] === 0x8b;
	const bytes = isZipped ? gunzipSync(body, { maxOutputLength: largest }) : body;
	const entries = readTar(bytes) ?? refuse(500, 'archive/tar: invalid tar header');
	return new Map(entries.map(({ path, node }) => [path, node]));
};

/** Paths of the context that a COPY source names: a file, a directory's contents, or a pattern. */
export const select = (
	context: ReadonlyMap<string, FileNode>,
	source: string,
): { from: string; to: string; node: FileNode }[] => {
	const wanted = source
		.replace(/^\.?\/+/, '')
		.replace(/\/+$/, '')
		.replace(/^\.$/, '');
	const prefix = wanted === '' ? '' : `${wanted}/`;
	const node = context.get(wanted);
	if (node?.kind === 'file' || node?.kind === 'link')
		return [{ from: wanted, to: wanted.split('/').at(-1) ?? '', node }];
	const inside = [...context].filter(([path]) => path.startsWith(prefix) && path !== wanted && path !== '');
	if (inside.length > 0 || node || wanted === '')
		return inside.map(([path, each]) => ({ from: path, to: path.slice(prefix.length), node: each }));
	if (!/[*?]/.test(wanted)) return [];
	const expression = new RegExp(
		`^${wanted
			.replace(/[.+^${}()|[\]\\]/g, '\\$&')
			.replaceAll('*', '[^/]*')
			.replaceAll('?', '[^/]')}$`,
	);
	return [...context]
		.filter(([path]) => expression.test(path))
		.map(([path, each]) => ({ from: path, to: path.split('/').at(-1) ?? '', node: each }));
};

export const digestOfFiles = (files: { from: string; node: FileNode }[]): string =>
	sha256(
		files
			.map(
				({ from, node }) => `${from} ${node.mode} ${node.kind === 'file' ? sha256(node.bytes) : node.kind}`,
			)
			.join('\n'),
	);
