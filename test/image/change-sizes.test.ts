// Sizes of what changed in a container, asked one by one.
import { describe, expect, it } from 'vitest';
import { changeSizes } from '../../source/image/change-sizes.ts';
import type { Change, PathStat } from '../../source/model/items.ts';

const web = { id: 'web', name: 'web' };
const never = new AbortController().signal;
const added = (...paths: string[]): Change[] => paths.map((path) => ({ kind: 'added', path }));

/** An engine that answers by path, and notes what it was asked and how much of it at once. */
const engineOf = (answer: (path: string) => Promise<PathStat | undefined>) => {
	const seen = { asked: [] as string[], now: 0, most: 0 };
	const statPath = async (_: unknown, path: string) => {
		seen.asked.push(path);
		seen.most = Math.max(seen.most, ++seen.now);
		try {
			await new Promise(setImmediate);
			return await answer(path);
		} finally {
			seen.now--;
		}
	};
	return { engine: { statPath }, seen };
};
const ofSize = (size: number): PathStat => ({ size, isFolder: false });

describe('sizes of changes', () => {
	it('are those of files; folders, links, what went and what fails have none', async () => {
		const { engine, seen } = engineOf(async (path) => {
			if (path === '/gone') return undefined;
			if (path === '/broken') throw new Error('500');
			if (path === '/empty') return { size: 4096, isFolder: true };
			return path === '/link' ? { size: 7, isFolder: false, linkTarget: 'a' } : ofSize(path.length);
		});
		const changes: Change[] = [
			{ kind: 'changed', path: '/etc' },
			{ kind: 'changed', path: '/etc/passwd' },
			{ kind: 'deleted', path: '/deleted' },
			...added('/gone', '/broken', '/empty', '/link', '/new'),
		];
		expect(await changeSizes(engine, web, changes, never)).toEqual(
			new Map([
				['/etc/passwd', 11],
				['/new', 4],
			]),
		);
		expect(seen.asked).not.toContain('/etc');
		expect(seen.asked).not.toContain('/deleted');
	});

	it('are asked for eight at a time, and no more than were wanted', async () => {
		const { engine, seen } = engineOf(async () => ofSize(1));
		const changes = added(...Array.from({ length: 1000 }, (_, index) => `/${index}`));
		expect((await changeSizes(engine, web, changes, never)).size).toBe(400);
		expect(seen).toMatchObject({ now: 0, most: 8 });
		expect((await changeSizes(engine, web, changes, never, 10)).size).toBe(10);
		expect(await changeSizes(engine, web, [], never)).toEqual(new Map());
	});

	it('are what was known when it was stopped', async () => {
		const stop = new AbortController();
		const { engine } = engineOf((path) => {
			if (path === '/fast') return Promise.resolve(ofSize(5));
			stop.abort();
			return new Promise(() => {});
		});
		expect(await changeSizes(engine, web, added('/fast', '/never'), stop.signal)).toEqual(
			new Map([['/fast', 5]]),
		);
		expect(await changeSizes(engine, web, added('/fast'), AbortSignal.abort())).toEqual(new Map());
	});
});
