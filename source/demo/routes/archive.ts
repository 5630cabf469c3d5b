// Files in and out of a container: docker cp, docker export.

import { announce } from '../announce.ts';
import { type Call, empty, part, type Route, text } from '../call.ts';
import { type Container, filesOf, findContainer } from '../container.ts';
import { allPaths, baseName, type FileNode, follow, nodeAt, putDeep, resolvePath } from '../files.ts';
import { refuse } from '../refusal.ts';
import { readTar, writeTar } from '../tar.ts';

const directoryBit = 0x8000_0000;
const linkBit = 0x0800_0000;

const locate = (call: Call): { container: Container; path: string; node: FileNode } => {
	const container = findContainer(call.world, part(call, 'id'));
	const wanted = text(call, 'path');
	if (!wanted) refuse(400, 'bad parameter: path cannot be empty');
	const path = resolvePath('/', wanted);
	const node = nodeAt(filesOf(call.world, container), path);
	return node
		? { container, path, node }
		: refuse(404, `Could not find the file ${wanted} in container ${part(call, 'id')}`);
};

const statHeader = (path: string, node: FileNode) => {
	const bits = node.kind === 'directory' ? directoryBit : node.kind === 'link' ? linkBit : 0;
	const stat = {
		name: baseName(path),
		size: node.kind === 'file' ? node.bytes.length : node.kind === 'link' ? node.target.length : 4096,
		mode: bits + node.mode,
		mtime: new Date(node.modifiedAt).toISOString(),
		linkTarget: node.kind === 'link' ? node.target : '',
	};
	return { 'X-Docker-Container-Path-Stat': Buffer.from(JSON.stringify(stat)).toString('base64') };
};

const sendTar = (
	call: Call,
	bytes: Buffer,
	type: string,
	headers: Record<string, string> = {},
): undefined => {
	call.response.writeHead(200, { 'Content-Type': type, ...headers });
	call.response.end(bytes);
};

const head = (call: Call) => {
	const { path, node } = locate(call);
	return { status: 200, headers: statHeader(path, node) };
};

const get = (call: Call): undefined => {
	const { container, path, node } = locate(call);
	const files = filesOf(call.world, container);
	const paths = allPaths(files).filter(
		(each) => each === path || each.startsWith(path === '/' ? '/' : `${path}/`),
	);
	const top = path === '/' ? '' : baseName(path);
	const entries = paths.flatMap((each) => {
		const found = nodeAt(files, each);
		return found
			? [{ path: (top + each.slice(path === '/' ? 0 : path.length)).replace(/^\//, '') || '/', node: found }]
			: [];
	});
	announce(call.world, container, 'archive-path');
	return sendTar(call, writeTar(entries), 'application/x-tar', statHeader(path, node));
};

const put = async (call: Call) => {
	const { container, path } = locate(call);
	const files = filesOf(call.world, container);
	if (follow(files, path).node?.kind !== 'directory') refuse(400, 'extraction point is not a directory');
	const entries = readTar(await call.body(64 << 20)) ?? refuse(500, 'archive/tar: invalid tar header');
	for (const entry of entries) {
		const why = entry.path ? putDeep(files, resolvePath(path, entry.path), entry.node) : undefined;
		if (why) refuse(500, `${entry.path}: ${why}`);
	}
	announce(call.world, container, 'extract-to-dir');
	return empty;
};

const exportAll = (call: Call): undefined => {
	const container = findContainer(call.world, part(call, 'id'));
	const files = filesOf(call.world, container);
	const entries = allPaths(files).flatMap((path) => {
		const node = nodeAt(files, path);
		return node && path !== '/' ? [{ path: path.slice(1), node }] : [];
	});
	announce(call.world, container, 'export');
	return sendTar(call, writeTar(entries), 'application/octet-stream');
};

export const archiveRoutes: Route[] = [
	['HEAD', '/containers/:id/archive', head],
	['GET', '/containers/:id/archive', get],
	['PUT', '/containers/:id/archive', put],
	['GET', '/containers/:id/export', exportAll],
];
