// Somebody opens a line of a log: all about it, each thing on its own row, to be read and copied.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';
import type { Listing } from '../../source/model/listing.ts';
import type { State } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, idOf, logLines } from '../model/things.ts';
import { play, world } from './player.ts';

const id = idOf('web');
const stamp = '2026-01-15T11:59:30.123456789Z';
const inLog = (lines: readonly LogLine[], ...events: readonly Event[]): State =>
	after(
		world(),
		{ type: 'log-opened', id },
		{ type: 'logged', id, lines },
		{ type: 'detail-focused', isFocused: true },
		...events,
	);

const opened = async (text: string, news: Partial<LogLine> = {}, size = { columns: 120, rows: 36 }) => {
	const player = play(inLog([{ source: 'stdout', text, stamp, ...news }], { type: 'resized', ...size }));
	await player.press('enter');
	return player;
};
type Player = Awaited<ReturnType<typeof opened>>;

const card = ({ state }: Player): Listing | undefined => {
	const { overlay } = state();
	return overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;
};
const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const drawn = (player: Player) => frameOf(player.state()).card?.lines.map(plain) ?? [];
/** Names, and what stands behind them. */
const rows = (player: Player) => card(player)?.rows.map(({ cells }) => cells) ?? [];
const named = (player: Player) => new Map(rows(player).map(([name = '', text = '']) => [name, text]));
/** What is copied of the row with this name. */
const copied = async (player: Player, name: string) => {
	await player.press('g');
	for (let step = rows(player).findIndex(([label]) => label === name); step > 0; step--)
		await player.press('j');
	await player.press('y');
	return player.did.at(-1);
};

describe('a line that is opened', () => {
	it('tells when, where and how loud, with all digits of the time', async () => {
		expect(rows(await opened('ERROR no', { source: 'stderr' }))).toEqual([
			['LINE', 'ERROR no'],
			['LOCAL', '2026-01-15 11:59:30.123456789 +00:00'],
			['UTC', stamp],
			['CONTAINER', 'web'],
			['STREAM', 'stderr'],
			['LEVEL', 'error'],
			['DOCKER', `docker logs -t --since ${stamp} --until ${stamp} web`],
		]);
	});

	it('tells the time of an engine that stamps in its own zone', async () => {
		const told = named(await opened('x', { stamp: '2026-01-15T20:59:30.5+09:00' }));
		expect(told.get('UTC')).toBe('2026-01-15T11:59:30.5Z');
		expect(told.get('LOCAL')).toBe('2026-01-15 11:59:30.5 +00:00');
	});

	it('shows every field of JSON, nested ones by their path, numbers as they were printed', async () => {
		const player = await opened(
			'{"level":"warn","id":12345678901234567890,"price":1.10,"big":1e400,"http":{"status":502,"headers":{"x-id":"7"}},"tags":["a",2],"items":[{"n":1},{"n":2}],"none":null,"empty":{},"two.words":"a b"}',
		);
		const all = rows(player);
		expect(
			all.slice(
				6,
				all.findIndex(([name]) => name === 'DOCKER'),
			),
		).toEqual([
			['level', 'warn'],
			['id', '12345678901234567890'],
			['price', '1.10'],
			['big', '1e400'],
			['http.status', '502'],
			['http.headers.x-id', '7'],
			['tags', '["a",2]'],
			['items[0].n', '1'],
			['items[1].n', '2'],
			['none', 'null'],
			['empty', '{}'],
			['two.words', 'a b'],
		]);
	});

	it('shows every pair of a line of pairs', async () => {
		const told = named(await opened('time=x n=1.0 msg="said \\"so\\"\\nand more" path=/data'));
		expect([told.get('n'), told.get('msg'), told.get('path')]).toEqual(['1.0', 'said "so"', '/data']);
	});

	it('shows a stack trace on as many rows as it has, and copies it as it was', async () => {
		const trace = 'Error: no\n\tat pay (/srv/pay.js:1:2)\n\tat main';
		const player = await opened(JSON.stringify({ msg: 'failed', err: { stack: trace } }));
		const all = rows(player);
		const from = all.findIndex(([name]) => name === 'err.stack');
		expect(all.slice(from, from + 3)).toEqual([
			['err.stack', 'Error: no'],
			['', '    at pay (/srv/pay.js:1:2)'],
			['', '    at main'],
		]);
		expect(await copied(player, 'err.stack')).toBe(`copy ${trace}`);
		expect(player.state().notice?.text).toBe('copied err.stack');
		// From any of its rows.
		await player.press('j', 'y');
		expect(player.did.at(-1)).toBe(`copy ${trace}`);
	});

	it('is copied as it was printed, whatever a terminal cannot show of it', async () => {
		const family = '👨\u200d👩\u200d👧 e\u0301';
		const player = await opened(`{"who":"${family}"}`);
		expect(await copied(player, 'who')).toBe(`copy ${family}`);
	});

	it('is copied whole on the first row', async () => {
		const text = `{"msg":"${'x'.repeat(300)}"}`;
		const player = await opened(text);
		await player.press('y');
		expect(player.did).toEqual([`copy ${text}`]);
		expect(rows(player).filter(([name]) => name === 'LINE')).toHaveLength(1);
	});

	it('shows a long text on as many rows as it takes, below what else there is to say', async () => {
		const text = Array.from({ length: 3000 }, (_, index) => `word${index} 단어`).join(' ');
		const player = await opened(text);
		const all = rows(player);
		const from = all.findIndex(([name]) => name === 'TEXT');
		expect(from).toBe(5);
		const to = all.findIndex(([name]) => name === 'DOCKER');
		expect(
			all
				.slice(from, to)
				.map(([, row]) => row)
				.join(' '),
		).toBe(text);
		await player.press('G');
		expect(drawn(player).join('\n')).toContain('DOCKER');
	});

	it('stays the same while the log goes on, and Esc leads back to it', async () => {
		const player = await opened('first');
		await player.press('j');
		const before = drawn(player);
		player.send({ type: 'logged', id, lines: logLines(['second', 'third']) });
		expect(drawn(player)).toEqual(before);
		await player.press('esc');
		expect(player.state()).toMatchObject({ isDetailFocused: true, known: { log: { ring: { length: 3 } } } });
		expect(player.state().overlay).toBeUndefined();
	});

	it('is broken anew where the screen gets narrower, with the cursor on the same text', async () => {
		const player = await opened(`ERROR ${'x'.repeat(200)}`);
		await player.press('j', 'j', 'j', 'j');
		const name = () => rows(player)[card(player)?.selected ?? -1]?.[0];
		expect(name()).toBe('UTC');
		player.send({ type: 'resized', columns: 60, rows: 15 });
		expect(name()).toBe('UTC');
		expect(rows(player).length).toBeGreaterThan(10);
	});

	it('of lines that are missing says so', async () => {
		const told = named(await opened('', { note: 'Lines are missing here.' }));
		expect([...told.keys()]).toEqual(['LINE', 'LOCAL', 'UTC', 'CONTAINER']);
		expect(told.get('LINE')).toBe('Lines are missing here.');
	});

	it('is none where there is no line', async () => {
		const player = play(inLog([]));
		await player.press('enter');
		expect(player.state().notice?.text).toBe('There is no line to open.');
		expect(player.state().overlay).toBeUndefined();
	});
});

describe('whatever the line is', () => {
	it.each([
		[
			'escape sequences',
			'{"a\\u001b[2J":"\\u001b]0;owned\\u0007red\\u202e\\ttab","b":{"한글 \\u0000":"👨‍👩‍👧\\r\\n줄"}}',
		],
		['a bar', '10%\r20%\r\x1b[31m100%\x1b[0m\tdone\x9b2J'],
		['long names', `{"${'name.'.repeat(40)}":{"${'x'.repeat(300)}":1}}`],
		['nothing', ''],
		['brackets', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
	])('a card with %s fits its place and moves no cursor', async (_, text) => {
		for (const [columns, height] of [
			[120, 36],
			[80, 24],
			[60, 15],
		] as const) {
			const player = await opened(text, {}, { columns, rows: height });
			for (let step = 0; step < 12; step++) {
				const { card: box } = frameOf(player.state());
				for (const line of box?.lines ?? []) {
					expect(width(plain(line))).toBe(box?.rectangle.width);
					expect(plain(line)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
				}
				await player.press('y', 'j');
			}
			expect(player.did.join('')).not.toMatch(/[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]/);
		}
	});

	it('a megabyte of it opens in a moment, and the cursor goes through it', async () => {
		const texts = [
			'한x'.repeat(1 << 19),
			'x'.repeat(1 << 20),
			JSON.stringify({ msg: '한글 \n'.repeat(100_000) }),
			'k=v '.repeat(200_000),
			`{"list":[${'1,'.repeat(400_000)}1]}`,
			`{${Array.from({ length: 50_000 }, (_, index) => `"key${index}":{"n":${index}}`).join(',')}}`,
		];
		for (const text of texts) {
			const start = performance.now();
			const player = await opened(text);
			await player.press('G', 'pageup', 'j');
			expect(drawn(player).length).toBeGreaterThan(10);
			expect(performance.now() - start).toBeLessThan(3000);
		}
	});
});
