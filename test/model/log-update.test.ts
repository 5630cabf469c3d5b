// The log in the state: a bounded ring, read on at both of its ends, of one container or of several.
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../source/model/items.ts';
import { isOver, logNames } from '../../source/model/log/log.ts';
import {
	appended,
	emptyRing,
	lineAt,
	linesOf,
	mostCharacters,
	mostLines,
	prepended,
} from '../../source/model/log/ring.ts';
import type { State } from '../../source/model/state.ts';
import { wanted } from '../../source/model/wanted.ts';
import { after, container, detail, idOf, listed, logLines } from './things.ts';

const lines = (from: number, count: number): LogLine[] =>
	logLines(Array.from({ length: count }, (_, index) => `${from + index}`));
const textsOf = (ring: Parameters<typeof linesOf>[0]) =>
	[...linesOf(ring, { from: ring.dropped, isBackwards: false })].map(([, { text }]) => text);

describe('a ring', () => {
	it('keeps the newest lines, each with its number', () => {
		let ring = emptyRing;
		for (let from = 0; from < 120_000; from += 777) ring = appended(ring, lines(from, 777));
		expect(ring.length).toBeLessThanOrEqual(mostLines);
		expect(ring.length).toBeGreaterThan(mostLines - 5000);
		for (const number of [ring.dropped, ring.dropped + 1, ring.dropped + ring.length - 1])
			expect(lineAt(ring, number)?.text).toBe(`${number}`);
		expect(lineAt(ring, ring.dropped - 1)).toBeUndefined();
		const all = textsOf(ring);
		expect(all).toHaveLength(ring.length);
		expect([...linesOf(ring)].map(([, { text }]) => text).reverse()).toEqual(all);
	});

	it('is bounded also when all come at once, or are a megabyte each', () => {
		expect(appended(emptyRing, lines(0, 200_000)).length).toBeLessThanOrEqual(mostLines);
		const long = logLines(Array.from({ length: 64 }, () => 'x'.repeat(1 << 20)));
		let ring = emptyRing;
		for (const line of long) ring = appended(ring, [line]);
		expect(ring.characters).toBeLessThanOrEqual(mostCharacters);
		expect(ring.length).toBeGreaterThan(20);
	});

	it('lets the newest go when older ones come before them', () => {
		let ring = appended(emptyRing, lines(1000, mostLines - 500));
		ring = prepended(ring, lines(0, 1000));
		expect(ring.length).toBeLessThanOrEqual(mostLines);
		expect(ring.dropped).toBe(-1000);
		expect(lineAt(ring, -1000)?.text).toBe('0');
		expect(lineAt(ring, 0)?.text).toBe('1000');
	});
});

describe('a log', () => {
	const id = idOf('web');
	const shop = [
		container('web', { project: 'shop' }),
		container('db', { project: 'shop' }),
		container('other'),
	];
	const known = shop.map((item) => ({ type: 'inspected', detail: detail(item.id) }) as const);
	const start = after(listed(shop), { type: 'selected', pane: 'containers', id }, ...known);
	const open = after(start, { type: 'log-opened', id }, { type: 'logged', id, lines: lines(0, 100) });
	const whats = (state: State) => wanted(state).flatMap(({ what }) => (what.startsWith('log') ? [what] : []));

	it('is read on before its first line, once at a time', () => {
		expect(whats(open)).toEqual(['log']);
		const asked = after(open, { type: 'log-older-wanted' });
		expect(whats(asked)).toEqual(['log', 'log-older']);
		expect(after(asked, { type: 'log-older-wanted' })).toBe(asked);
		const read = after(asked, { type: 'log-older', id, lines: lines(-50, 50), isAll: false });
		expect(textsOf(read.known.log?.ring ?? emptyRing).slice(0, 2)).toEqual(['-50', '-49']);
		expect(read.known.log?.older).toBe('more');
		const all = after(read, { type: 'log-older-wanted' }, { type: 'log-older', id, lines: [], isAll: true });
		expect(all.known.log?.older).toBe('none');
		expect(after(all, { type: 'log-older-wanted' })).toBe(all);
	});

	it('may be wanted again where it could not be read', () => {
		const failed = after(
			open,
			{ type: 'log-older-wanted' },
			{ type: 'follow-failed', what: 'log-older', id, sentence: 'No.' },
		);
		expect(failed.known.log?.older).toBe('more');
	});

	it('that is read far back is not followed until one is at its end again', () => {
		const far = after(
			open,
			{ type: 'logged', id, lines: lines(100, mostLines - 200) },
			{ type: 'log-older-wanted' },
			{ type: 'log-older', id, lines: lines(-1000, 1000), isAll: false },
		);
		expect(far.known.log?.newer).toBe('more');
		expect(whats(far)).toEqual([]);
		expect(after(far, { type: 'logged', id, lines: lines(0, 1) })).toBe(far);
		const asked = after(far, { type: 'log-newer-wanted' });
		expect(whats(asked)).toEqual(['log-newer']);
		const back = after(asked, { type: 'log-newer', id, lines: lines(7, 3), isAll: true });
		expect(back.known.log?.newer).toBe('none');
		expect(whats(back)).toEqual(['log']);
		const anew = after(far, { type: 'log-newest-wanted' });
		expect(anew.known.log?.isStale).toBe(true);
		expect(whats(anew)).toEqual(['log']);
	});

	it('of a project has all its containers, and those that come later', () => {
		const chosen = after(start, { type: 'log-scope-chosen', scope: { kind: 'project', name: 'shop' } });
		const key = (state: State) => wanted(state).find(({ what }) => what === 'log');
		expect(key(chosen)?.id).toBe('project:shop');
		expect(key(chosen)?.version).toContain(idOf('db'));
		expect(key(chosen)?.version).not.toContain(idOf('other'));
		const late = container('late', { project: 'shop' });
		const joined = after(
			chosen,
			{ type: 'reread', containers: [late], gone: [], at: 0 },
			{ type: 'inspected', detail: detail(late.id) },
		);
		expect(key(joined)?.version).toContain(late.id);
		const ids = [id, idOf('db')];
		const opened = after(chosen, { type: 'log-opened', id: 'project:shop', ids });
		const ended = after(opened, { type: 'log-ended', id: 'project:shop', container: id });
		expect(ended.known.log && isOver(ended.known.log)).toBe(false);
		const both = after(ended, {
			type: 'log-ended',
			id: 'project:shop',
			container: idOf('db'),
			failure: 'No.',
		});
		expect(both.known.log && isOver(both.known.log)).toBe(true);
		const again = after(both, { type: 'log-joined', id: 'project:shop', ids, reopened: [idOf('db')] });
		expect(again.known.log?.failures.size).toBe(0);
		expect(again.known.log && isOver(again.known.log)).toBe(false);
	});

	it('that begins with fewer lines than were asked for has no older ones, until there are more', () => {
		const older = (state: State) => state.known.log?.older;
		const logged = (from: number, count: number) =>
			({ type: 'logged', id, lines: lines(from, count) }) as const;
		const short = after(start, { type: 'log-opened', id, hasOlder: false }, logged(0, 999));
		expect(older(short)).toBe('none');
		expect(older(after(short, logged(999, 1)))).toBe('more');
		expect(older(after(short, { type: 'log-opened', id, hasOlder: true }, logged(0, 3)))).toBe('more');
	});

	it('of a project keeps the names of those who are gone, and no failure of theirs', () => {
		const project = { type: 'log-scope-chosen', scope: { kind: 'project', name: 'shop' } } as const;
		const [db, late] = [idOf('db'), container('late', { project: 'shop' })];
		const gone = after(
			start,
			project,
			{ type: 'log-opened', id: 'project:shop', ids: [id, db] },
			{ type: 'reread', containers: [late], gone: [], at: 0 },
			{ type: 'log-joined', id: 'project:shop', ids: [id, db, late.id], reopened: [] },
			{ type: 'log-ended', id: 'project:shop', container: db, failure: 'No.' },
			{ type: 'reread', containers: [], gone: [db, late.id], at: 0 },
			{ type: 'log-joined', id: 'project:shop', ids: [id], reopened: [] },
		);
		const { log } = gone.known;
		expect(log && [...logNames(gone, log)]).toEqual([
			[id, 'web'],
			[db, 'db'],
			[late.id, 'late'],
		]);
		expect(log?.failures.size).toBe(0);
		const renamed = after(gone, {
			type: 'reread',
			containers: [container('front', { id, project: 'shop' })],
			gone: [],
			at: 0,
		});
		expect(log && logNames(renamed, log).get(id)).toBe('front');
	});

	it('of other times is opened anew', () => {
		const key = (state: State) => wanted(state).find(({ what }) => what === 'log')?.version;
		const ranged = after(open, { type: 'log-range-chosen', range: { since: 1_795_205_157_000 } });
		expect(key(ranged)).not.toBe(key(open));
		expect(ranged.known.log?.isStale).toBe(true);
	});
});
