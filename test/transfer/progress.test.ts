// What an engine tells of a transfer as one total: checked on what real engines told, and on what nobody should tell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TransferKind, TransferNews } from '../../source/model/transfers.ts';
import { createProgress, type Progress } from '../../source/transfer/progress.ts';
import { createSpeed } from '../../source/transfer/speed.ts';

const layer = (id: string, state: string, current?: number, total?: number): TransferNews => ({
	type: 'layer',
	id,
	state,
	...(current !== undefined && { current }),
	...(total !== undefined && { total }),
});

const after = (kind: TransferKind, news: readonly TransferNews[], isDone = false): Progress => {
	const progress = createProgress(kind);
	progress.tell(news);
	return progress.drawn(isDone);
};

/** A pull of four layers, of which one was there. */
const pull: readonly TransferNews[] = [
	{ type: 'said', text: 'Pulling from library/httpd' },
	layer('5c90d4a2d1a8', 'Already exists'),
	layer('2ec9ec5d5b2e', 'Pulling fs layer'),
	layer('f10a5e1a3a4c', 'Pulling fs layer'),
	layer('9b2f0a1bc000', 'Pulling fs layer'),
	layer('9b2f0a1bc000', 'Waiting'),
	layer('f10a5e1a3a4c', 'Downloading', 293, 293),
	layer('f10a5e1a3a4c', 'Verifying Checksum'),
	layer('f10a5e1a3a4c', 'Download complete'),
	layer('2ec9ec5d5b2e', 'Downloading', 539_000, 52_680_000),
	layer('2ec9ec5d5b2e', 'Downloading', 26_400_000, 52_680_000),
	layer('9b2f0a1bc000', 'Downloading', 31_900, 3_060_000),
	layer('9b2f0a1bc000', 'Verifying Checksum'),
	layer('9b2f0a1bc000', 'Download complete'),
	layer('2ec9ec5d5b2e', 'Verifying Checksum'),
	layer('2ec9ec5d5b2e', 'Download complete'),
	layer('2ec9ec5d5b2e', 'Extracting', 557_000, 52_680_000),
	layer('2ec9ec5d5b2e', 'Extracting', 52_680_000, 52_680_000),
	layer('2ec9ec5d5b2e', 'Pull complete'),
	layer('f10a5e1a3a4c', 'Extracting', 293, 293),
	layer('f10a5e1a3a4c', 'Pull complete'),
	layer('9b2f0a1bc000', 'Extracting', 3_060_000, 3_060_000),
	layer('9b2f0a1bc000', 'Pull complete'),
	{ type: 'digest', digest: 'sha256:ac85f380' },
	{ type: 'compared', outcome: 'newer' },
];

/** A push: more bytes than there are, a layer that was there, one from elsewhere, one without a size. */
const push: readonly TransferNews[] = [
	{ type: 'said', text: 'The push refers to repository [127.0.0.1:5000/web]' },
	...['a1', 'b2', 'c3', 'd4'].map((id) => layer(id, 'Preparing')),
	layer('d4', 'Waiting'),
	layer('b2', 'Layer already exists'),
	layer('c3', 'Mounted from library/httpd'),
	layer('a1', 'Pushing', 512, 1_200_000),
	layer('a1', 'Pushing', 1_210_368, 1_200_000),
	layer('a1', 'Pushed'),
	layer('d4', 'Pushing', 1536),
	layer('d4', 'Pushed'),
	{ type: 'digest', digest: 'sha256:e100', size: 1155 },
];

const load: readonly TransferNews[] = [
	layer('e100c2d3f4a5', 'Loading layer', 32_768, 2_000_000),
	layer('e100c2d3f4a5', 'Loading layer', 2_000_000, 2_000_000),
	{ type: 'arrived', name: 'web:1' },
	{ type: 'arrived', name: 'web:2' },
];

/** What dockerd 20.10 told, of an image with layers of 12 MB, 6 MB and less. */
const recorded = (name: string): readonly TransferNews[] =>
	readFileSync(join(import.meta.dirname, 'recordings', `${name}.news.jsonl`), 'utf8')
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));

const streams: Readonly<Record<string, readonly [TransferKind, readonly TransferNews[]]>> = {
	pull: ['pull', pull],
	push: ['push', push],
	load: ['load', load],
	'recorded pull': ['pull', recorded('pull')],
	'recorded push': ['push', recorded('push')],
	'recorded push of what is there': ['push', recorded('push-again')],
	'recorded load': ['load', recorded('load')],
};

describe('a pull', () => {
	it('is done when everything was downloaded and extracted', () => {
		const done = after('pull', pull, true);
		expect(done).toMatchObject({
			current: 55_740_293,
			total: 55_740_293,
			share: 1,
			outcome: 'downloaded newer',
		});
		expect(done.digest).toBe('sha256:ac85f380');
		expect(done.layers.map(({ id, isDone, total }) => [id, isDone, total])).toEqual([
			['5c90d4a2d1a8', true, undefined],
			['2ec9ec5d5b2e', true, 52_680_000],
			['f10a5e1a3a4c', true, 293],
			['9b2f0a1bc000', true, 3_060_000],
		]);
	});

	it('has at least so many bytes while a layer has not told its size', () => {
		expect(after('pull', pull.slice(0, 10))).toMatchObject({
			current: 539_293,
			total: 52_680_293,
			isTotalLeast: true,
		});
		expect(after('pull', pull.slice(0, 12))).not.toHaveProperty('isTotalLeast');
		expect(after('pull', pull.slice(0, 6))).toEqual(
			expect.not.objectContaining({ total: expect.anything() }),
		);
	});

	it('counts nothing twice: what is extracted was downloaded before', () => {
		expect(after('pull', pull.slice(0, 17))).toMatchObject({ current: 55_740_293, total: 55_740_293 });
	});

	it('counts a download that begins anew no lower', () => {
		const broken = [
			layer('a', 'Downloading', 80, 100),
			layer('a', 'Retrying in 1 second'),
			layer('a', 'Downloading', 5, 100),
		];
		const { current, layers } = after('pull', broken);
		expect([current, layers]).toEqual([
			80,
			[{ id: 'a', state: 'Downloading', current: 5, total: 100, isDone: false }],
		]);
	});

	it('of what is here already has nothing to count', () => {
		const news: TransferNews[] = [layer('a', 'Already exists'), { type: 'compared', outcome: 'up-to-date' }];
		expect(after('pull', news)).toEqual({
			layers: [{ id: 'a', state: 'Already exists', isDone: true }],
			current: 0,
		});
		expect(after('pull', news, true).outcome).toBe('up to date');
		expect(after('pull', [], true).outcome).toBe('pulled');
	});
});

it('a push counts what is uploaded, and what was told too much as the whole', () => {
	const done = after('push', push, true);
	expect(done).toMatchObject({
		current: 1_211_904,
		total: 1_211_904,
		digest: 'sha256:e100',
		manifestSize: 1155,
	});
	expect(done.outcome).toBe('pushed');
	expect(after('push', push.slice(0, 10)).layers[0]).toMatchObject({ current: 1_200_000, total: 1_200_000 });
	expect(after('push', push.slice(0, 8)).layers.map(({ isDone }) => isDone)).toEqual([
		false,
		true,
		true,
		false,
	]);
});

it.each([
	['pull', 'pull', 'downloaded newer'],
	['push', 'push', 'pushed'],
	['push-again', 'push', 'pushed'],
	['load', 'load', expect.stringMatching(/^loaded .*web:1$/)],
] as const)('what was recorded of a %s comes to its end', (name, kind, outcome) => {
	const done = after(kind, recorded(name), true);
	expect(done.outcome).toEqual(outcome);
	expect(done.layers.length).toBeGreaterThanOrEqual(4);
	expect(done.layers.every(({ isDone }) => isDone)).toBe(true);
	// Before the end is told, all of its bytes have been.
	expect(after(kind, recorded(name).slice(0, -1)).current).toBe(done.current);
});

it('a load names what arrived, and leaves counting to whoever has the file', () => {
	expect(after('load', load, true)).toMatchObject({ current: 0, outcome: 'loaded web:1, web:2' });
	expect(after('load', load).layers).toMatchObject([{ state: 'Loading layer', isDone: true }]);
	expect(after('import', [{ type: 'arrived', name: 'base:1' }], true).outcome).toBe('imported base:1');
	expect(after('save', [], true).outcome).toBe('saved');
});

/** The same numbers every time. */
const dice = (seed: number) => () => {
	seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
	return seed / 2 ** 32;
};

describe.each(Object.entries(streams))('a %s, cut, shuffled and made worse', (_, [kind, stream]) => {
	it.each(Array.from({ length: 40 }, (_, seed) => seed))('never goes back (%i)', (seed) => {
		const random = dice(seed);
		const odd = [Number.NaN, -5, Number.POSITIVE_INFINITY, 0, 2 ** 53, undefined];
		const worse = stream
			.flatMap((news): readonly TransferNews[] => {
				if (random() < 0.15) return [];
				if (random() < 0.1) return [news, news];
				if (news.type !== 'layer' || random() > 0.2) return [news];
				const value = odd[Math.floor(random() * odd.length)];
				return [layer(news.id, news.state, value, odd[Math.floor(random() * odd.length)])];
			})
			.map((news) => ({ news, at: seed % 2 ? random() : 0 }))
			.sort((one, other) => one.at - other.at)
			.slice(0, Math.ceil(random() * stream.length * 1.2))
			.map(({ news }) => news);
		const progress = createProgress(kind);
		let past: Progress = { layers: [], current: 0 };
		for (const [index, news] of [...worse, ...worse.slice(0, 3)].entries()) {
			progress.tell([news]);
			const next = progress.drawn(index === worse.length + 2);
			expect(next.current).toBeGreaterThanOrEqual(past.current);
			expect(next.total ?? 0).toBeGreaterThanOrEqual(Math.max(past.total ?? 0, next.current));
			expect(next.share ?? 0).toBeGreaterThanOrEqual(past.share ?? 0);
			expect(next.share ?? 0).toBeLessThanOrEqual(1);
			for (const { current = 0, total = current } of next.layers) expect(current).toBeLessThanOrEqual(total);
			past = next;
		}
	});
});

describe('the speed', () => {
	it('is that of the last three seconds', () => {
		const speed = createSpeed();
		expect(speed(0, 0)).toBeUndefined();
		expect(speed(100, 100)).toBeUndefined();
		expect(speed(1000, 1000)).toBe(1000);
		expect(speed(3000, 3000)).toBe(1000);
		for (let at = 3100; at <= 6000; at += 100) speed(3000, at);
		expect(speed(3000, 6100)).toBe(0);
	});
});
