// Whole screens, compared with test/frames: what stands on them, and that every line fits exactly.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { width } from '../../source/model/text.ts';
import { boxed } from '../../source/ui/border.ts';
import { type Frame, frameOf, kept } from '../../source/ui/frame.ts';
import { after, now } from '../model/things.ts';
import { ansiOf, screenOf } from './draw.tsx';
import { expectFile } from './expected-file.ts';
import { manyState, sampleState } from './sample-state.ts';
import { screens } from './screens.ts';
import { showcases } from './showcase.ts';

const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const size = { columns: 120, rows: 36 };

/** Every line of a frame, with the columns it must take. */
const linesOf = ({ columns, header, action, hints, lists, details, card, plain: screen }: Frame) => [
	...(screen ? [] : [header, action, hints].map((text) => ({ text, room: columns }))),
	...[...lists, ...(details ? [details] : [])].flatMap(({ rectangle, ...box }) =>
		boxed({ ...box, width: rectangle.width, height: rectangle.height }).map((text) => ({
			text,
			room: rectangle.width,
		})),
	),
	...(card?.lines.map((text) => ({ text, room: card.rectangle.width })) ?? []),
];

describe.each(Object.entries(screens))('%s', (name, make) => {
	it('is drawn as expected', async () => {
		const state = make();
		// The name says the size.
		expect(name.endsWith(`-${state.columns}x${state.rows}`)).toBe(true);
		expectFile(`test/frames/${name}.txt`, await screenOf(state));
	});

	it('has lines exactly as wide as their place', () => {
		const frame = frameOf(make());
		for (const { text, room } of linesOf(frame)) expect(width(plain(text)), plain(text)).toBe(room);
		for (const text of frame.plain ?? [])
			expect(width(plain(text)), plain(text)).toBeLessThanOrEqual(frame.columns);
		const { card } = frame;
		if (!card) return;
		expect(card.rectangle.top).toBeGreaterThanOrEqual(1);
		expect(card.rectangle.top + card.rectangle.height).toBeLessThanOrEqual(frame.rows);
	});

	it('says nothing to the terminal but text and colours', () => {
		expect(ansiOf(make()).replace(/\x1b\[[0-9;]*m/g, '')).not.toMatch(
			/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/,
		);
	});
});

it('there is a frame for every kind of screen, and none that nobody draws', () => {
	const drawn = Object.values(screens).map((make) => make());
	const kinds = new Set(drawn.map(({ overlay, connection }) => overlay?.type ?? connection.status));
	for (const kind of [
		'question',
		'preparing',
		'palette',
		'help',
		'journal',
		'listing',
		'filter',
		'search',
		'unavailable',
		'connecting',
		'lost',
	]) {
		expect(kinds).toContain(kind);
	}
	const written = readdirSync('test/frames').map((name) => name.replace(/\.txt$/, ''));
	expect(written.sort()).toEqual(Object.keys(screens).sort());
});

describe('the time zone', () => {
	const drawnIn = async (name: string, zone: string) => {
		const make = screens[name];
		if (!make) throw new Error(`There is no screen ${name}`);
		process.env.TZ = zone;
		const text = await screenOf(make());
		process.env.TZ = 'UTC';
		return text;
	};
	const isEqual = async (name: string) =>
		expect(await drawnIn(name, 'Asia/Seoul')).toBe(await drawnIn(name, 'America/New_York'));
	// The journal and a line of a log have the person's own time of day, on purpose.
	const isTimed = (name: string) => /^(journal|log-line)-\d/.test(name);

	it.each(Object.keys(screens).filter((name) => !isTimed(name)))('does not matter for %s', isEqual);
});

describe('kept', () => {
	it('is the same frame when nothing visible changed', () => {
		const state = sampleState(size);
		const frame = frameOf(state);
		expect(kept(frame, frameOf(state))).toBe(frame);
		expect(kept(frame, frameOf({ ...state, journal: [], runs: new Map() }))).toBe(frame);
		expect(kept(frame, frameOf(after(state, { type: 'ticked', now: now + 1 })))).toBe(frame);
	});

	it('keeps every part that looks the same', () => {
		const state = sampleState(size);
		const frame = frameOf(state);
		const next = kept(frame, frameOf(after(state, { type: 'moved', by: 1, unit: 'row' })));
		expect(next).not.toBe(frame);
		expect(next.lists[0]).not.toBe(frame.lists[0]);
		expect(next.lists[1]).toBe(frame.lists[1]);
		expect(next.lists[2]).toBe(frame.lists[2]);
		expect(next.lists[0]?.lines[5]).toBe(frame.lists[0]?.lines[5]);
	});

	it('tells values apart that are not the same', () => {
		expect(kept<unknown>({ a: 1 }, { a: 2 })).toEqual({ a: 2 });
		expect(kept<unknown>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
		expect(kept<unknown>({ a: 1 }, { a: 1, b: undefined })).toEqual({ a: 1, b: undefined });
		expect(kept<unknown>([1, 2], [1])).toEqual([1]);
		expect(kept<unknown>([1], { 0: 1 })).toEqual({ 0: 1 });
		expect(kept<unknown>(null, {})).toEqual({});
		const list = [{ a: 1 }, { b: 2 }];
		expect(kept(list, [{ a: 1 }, { b: 2 }])).toBe(list);
	});
});

it('a frame of 10,000 rows is drawn as fast as one of 40', () => {
	const state = manyState(size);
	frameOf(state);
	const started = performance.now();
	for (let step = 0; step < 50; step++) frameOf({ ...state, now: now + step });
	expect((performance.now() - started) / 50).toBeLessThan(20);
});

describe('nothing that matters is lost:', () => {
	const drawn = async (name: string) => screenOf((screens[name] as () => ReturnType<typeof sampleState>)());

	it('the port of a published address, and the address beside it where that is cut', async () => {
		expect(await drawn('ports-120x36')).toMatch(/…2\.168\.0\.7:9153 .* 192\.168\.0\.7 /);
		expect(await drawn('dashboard-200x60')).toContain(' 192.168.0.7:9153 ');
	});

	it('how long ago a container ended, at 120 columns', async () => {
		expect(await drawn('dashboard-120x36')).toMatch(/Exited \(0\) 6/);
	});

	it('the title of a pane with a long filter', async () => {
		expect(await drawn('filter-long-120x36')).toContain('1 Containers');
	});

	it('why the engine does not answer any more', async () => {
		expect(await drawn('lost-120x36')).toContain('killed or restarted');
	});

	it('that the engine does not answer any more, beside a long name', async () => {
		const state = sampleState({ columns: 60, rows: 15 });
		if (state.connection.status !== 'connected') throw new Error('The sample is not connected.');
		const endpoint = { ...state.connection.endpoint, name: 'production-cluster-frankfurt' };
		const lost = after(
			{ ...state, connection: { ...state.connection, endpoint } },
			{ type: 'lost', reason: '', at: now },
		);
		expect(await screenOf(lost)).toContain('does not answer');
	});

	it('the blank lines between what was tried', async () => {
		expect(await drawn('unavailable-120x36')).toMatch(/machine\.\n\n {2}unix/);
	});

	it('the remedy of what is listed, and how much is not', async () => {
		const screen = await drawn('unavailable-60x15');
		expect(screen).toContain('DOCKER_HOST to use the one of this machine.');
		expect(screen).not.toContain('unix:///var/run/docker.sock');
		expect(screen).toContain('… and 2 places more, without an engine too.');
		expect(await drawn('unavailable-80x24')).toContain('usermod');
	});

	it('the gap between the counts and the totals', async () => {
		expect(await screenOf((showcases.dashboard as () => ReturnType<typeof sampleState>)())).toMatch(
			/(images|ports) {3,}CPU/,
		);
	});

	it('the chosen tab beside a name', async () => {
		const size = { columns: 80, rows: 24 };
		const chosen = { type: 'tab-chosen', tab: 'Diff' } as const;
		expect(await screenOf(sampleState(size, { type: 'moved', by: 4, unit: 'row' }, chosen))).toContain(
			' Diff ',
		);
	});

	it('the keys of the help, and the gap after them', async () => {
		const screen = await drawn('help-keys-120x36');
		expect(screen).toMatch(/Esc \? q Ctrl\+C +Close\./);
		expect(screen).toMatch(/PgDn Ctrl\+D Space +Page down\./);
	});

	it('where the journal was saved to, while it is open', async () => {
		const text = 'Saved as /home/me/portside.sh';
		const events = [
			{ type: 'opened', overlay: 'journal' },
			{ type: 'noticed', text, tone: 'good', at: now },
		] as const;
		expect(await screenOf(sampleState({ columns: 120, rows: 36 }, ...events))).toContain(text);
	});

	it('the end of a refusal', async () => {
		expect(await drawn('refused-60x15')).toContain('stop it first (s)');
	});
});
