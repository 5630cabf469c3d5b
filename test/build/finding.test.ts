import { rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { findDockerfiles, isDockerfileName } from '../../source/build/find-dockerfiles.ts';
import { listFolder } from '../../source/build/list-folder.ts';
import { makeTree, type Tree } from './as-docker.ts';

const folders: string[] = [];
const made = (tree: Tree): string => {
	const folder = makeTree(tree);
	folders.push(folder);
	return folder;
};
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('knows a Dockerfile by its name', () => {
	const yes = [
		'Dockerfile',
		'dockerfile',
		'Dockerfile.web',
		'web.Dockerfile',
		'web.dockerfile',
		'Containerfile',
		'Containerfile.dev',
		'Dockerfile.한글',
	];
	const no = [
		'Dockerfile.dockerignore',
		'.dockerignore',
		'Dockerfile~',
		'Dockerfile.swp',
		'Dockerfiles',
		'MyDockerfile',
		'Dockerfile.md',
		'.dockerfile',
	];
	expect(yes.filter((name) => !isDockerfileName(name))).toEqual([]);
	expect(no.filter(isDockerfileName)).toEqual([]);
});

it('finds Dockerfiles, near ones and new ones first', async () => {
	const folder = made({
		'b/Dockerfile': '',
		'a/Dockerfile.old': '',
		'a/x/y/web.Dockerfile': '',
		'node_modules/a/Dockerfile': '',
		'.git/Dockerfile': '',
		Containerfile: '',
		'Dockerfile/in-a-folder': '',
		'z.txt': '',
	});
	utimesSync(join(folder, 'a/Dockerfile.old'), 1, 1);
	symlinkSync('b/Dockerfile', join(folder, 'Dockerfile.link'));
	symlinkSync('nowhere', join(folder, 'Dockerfile.dangling'));
	symlinkSync('.', join(folder, 'loop'));
	utimesSync(join(folder, 'b/Dockerfile'), 2_000_000_000, 2_000_000_000);
	const { found, isCut } = await findDockerfiles(folder);
	expect(found.map(({ name, depth }) => [name, depth])).toEqual([
		['Dockerfile.link', 0],
		['Containerfile', 0],
		['b/Dockerfile', 1],
		['a/Dockerfile.old', 1],
		['a/x/y/web.Dockerfile', 3],
	]);
	expect(isCut).toBe(false);
	expect(await findDockerfiles(folder, { mostDepth: 1 })).toMatchObject({
		isCut: true,
		found: { length: 4 },
	});
	expect(await findDockerfiles(folder, { mostFound: 1 })).toMatchObject({
		isCut: true,
		found: { length: 1 },
	});
	expect(await findDockerfiles(join(folder, 'nowhere'))).toEqual({ found: [], isCut: false });
	await expect(findDockerfiles(folder, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});

it('lists a folder for a picker', async () => {
	const folder = made({ 'b/x': '', 'a.txt': '123', Dockerfile: '', '.hidden/x': '', '.env': '' });
	symlinkSync('b', join(folder, 'link'));
	symlinkSync('nowhere', join(folder, 'dangling'));
	const { items, more, problem } = await listFolder(folder);
	expect(items.map(({ name }) => name)).toEqual([
		'b',
		'link',
		'.hidden',
		'Dockerfile',
		'a.txt',
		'dangling',
		'.env',
	]);
	expect(items[1]).toMatchObject({ isFolder: true, isDockerfile: false });
	expect(items[3]).toMatchObject({ isFolder: false, isDockerfile: true, size: 0 });
	expect([more, problem]).toEqual([0, undefined]);
	expect(await listFolder(join(folder, 'nowhere'))).toEqual({
		items: [],
		more: 0,
		problem: `There is no folder ${join(folder, 'nowhere')}.`,
	});
	expect((await listFolder(join(folder, 'a.txt'))).problem).toContain('is not a folder');
});
