// The frame around a build: its tabs, its rows and its edges, whatever is built, and however little room there is.
import './surroundings.ts';
import { describe, expect, it } from 'vitest';
import type { Build } from '../../source/model/builds.ts';
import type { Event } from '../../source/model/event.ts';
import type { State } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import { boxed } from '../../source/ui/border.ts';
import { footer } from '../../source/ui/footer.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, buildOf, now, second, stepOf } from '../model/things.ts';
import { sampleState } from './sample-state.ts';
import { screens } from './screens.ts';

const size = { columns: 120, rows: 36 };
const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
const started = (build: Build): Event => ({ type: 'build-started', build });
const of = (build: Build, ...events: readonly Event[]): State => sampleState(size, started(build), ...events);
const lines = (state: State): string[] => (frameOf(state).details?.lines ?? []).map(plain);
const text = (state: State): string => lines(state).join('\n');
const tabs = (state: State): string[] => {
	const { details } = frameOf(state);
	if (!details) return [];
	const { rectangle } = details;
	const edge = plain(boxed({ ...details, width: rectangle.width, height: rectangle.height })[0] ?? '');
	return edge
		.slice(1, -1)
		.split('─')
		.map((part) => part.trim())
		.filter(Boolean);
};
const status = (state: State) => frameOf(state).details?.bottom.trim();

describe('every line is exactly as wide as the pane', () => {
	it.each(Object.keys(screens).filter((name) => name.startsWith('build-') && !/form|quit/.test(name)))(
		'of %s, at every size',
		(name) => {
			const state = screens[name]?.() as State;
			for (let columns = 60; columns <= 200; columns += 7) {
				for (const rows of [15, 19, 24, 36, 60]) {
					const { details } = frameOf(after(state, { type: 'resized', columns, rows }));
					if (!details) continue;
					const { width: whole, height } = details.rectangle;
					expect(details.lines.length).toBeLessThanOrEqual(height - 2);
					for (const line of details.lines) {
						expect(width(plain(line)), `${columns}×${rows} ${plain(line)}`).toBe(whole - 2);
						expect(plain(line), `${columns}×${rows}`).not.toMatch(/…$/);
					}
					for (const edge of [0, height - 1]) {
						const drawn = plain(boxed({ ...details, width: whole, height })[edge] ?? '');
						expect(width(drawn)).toBe(whole);
						expect(drawn).not.toMatch(/…[╮╯]/);
					}
				}
			}
		},
	);
});

describe('the tabs', () => {
	const many = Array.from({ length: 12 }, (_, index) =>
		started(buildOf({ id: index + 1, title: `registry.example.com/team/service-${index + 1}` })),
	);

	it.each([
		[120, 36],
		[80, 24],
		[60, 15],
	])('the one in front is always among them at %i×%i, and how many are not', (columns, rows) => {
		for (let id = 1; id <= 12; id++) {
			const seen = tabs(after(sampleState({ columns, rows }), ...many, { type: 'build-fronted', id }));
			expect(
				seen.some((tab) => tab.endsWith(`service-${id}`)),
				seen.join(' | '),
			).toBe(true);
			expect(seen.at(-1)).toBe(`+${12 - (seen.length - 1)}`);
		}
	});

	it('say how each of them goes', () => {
		const all = (['done', 'failed', 'cancelled', 'building'] as const).map((state, index) =>
			started(buildOf({ id: index + 1, title: state, status: state })),
		);
		expect(tabs(sampleState({ columns: 200, rows: 60 }, ...all))).toEqual([
			'✓ done',
			'✕ failed',
			'– cancelled',
			expect.stringMatching(/^\S building$/),
		]);
	});
});

describe('the head', () => {
	it.each<[Partial<Build>, string]>([
		[{ status: 'preparing' }, '[+] Reading the context 10.0s'],
		[{}, '[+] Building 10.0s (0/0)'],
		[{ status: 'cancelling' }, '[+] Building 10.0s (0/0) cancelling …'],
		[{ status: 'done', endedAt: now }, '[+] Building 10.0s (0/0) FINISHED'],
		[{ status: 'failed', endedAt: now - 9 * second }, '[+] Building 1.0s (0/0) ERROR'],
		[{ status: 'cancelled', endedAt: now }, '[+] Building 10.0s (0/0) CANCELED'],
	])('of %o is %s', (news, head) => {
		expect(lines(of(buildOf(news)))[0]).toContain(` ${head} `);
	});

	it('tells the context and the builder, as far as they are known', () => {
		const right = (news: Partial<Build>) =>
			lines(of(buildOf(news)))[0]
				?.split(/ {3,}/)
				.at(-1)
				?.trim();
		expect(right({ status: 'preparing' })).toBe('BuildKit');
		expect(right({ builder: 'classic', context: { files: 1, bytes: 10, sent: 10 } })).toBe(
			'context 1 file 10B · classic builder',
		);
		expect(right({ context: { files: 2, bytes: 4000, sent: 1000 } })).toBe(
			'context 2 files 1kB/4kB · BuildKit',
		);
	});

	it('leaves out the context where there is no room for it beside the builder', () => {
		const done: Partial<Build> = {
			builder: 'classic',
			status: 'done',
			context: { files: 20, bytes: 212, sent: 212 },
		};
		const steps = Array.from({ length: 11 }, (_, index) => stepOf(String(index), { state: 'done' }));
		const [first] = lines(of(buildOf({ ...done, endedAt: now }, steps)));
		expect(first).toMatch(/^ \[\+\] Building 10\.0s \(11\/11\) FINISHED +classic builder $/);
	});
});

describe('the rows', () => {
	const forty = (running: number, news: Partial<Build> = {}): Build =>
		buildOf(
			news,
			Array.from({ length: 40 }, (_, index) =>
				stepOf(String(index), {
					name: `RUN step-${index}-`,
					state: index < running ? 'done' : index === running ? 'running' : 'waiting',
					...(index <= running ? { startedAt: now - 40 * second + index * second } : {}),
				}),
			),
		);

	it.each([0, 1, 10, 20, 30, 38, 39])('have the running one among them: %i of 40', (running) => {
		for (const rows of [15, 24, 36]) {
			const state = after(sampleState({ columns: 80, rows }), started(forty(running)));
			expect(text(state), `${rows} rows`).toContain(`step-${running}-`);
		}
	});

	it('go with the cursor', () => {
		for (const at of [0, 7, 39]) {
			const state = after(sampleState({ columns: 80, rows: 15 }), started(forty(20)), {
				type: 'step-chosen',
				step: String(at),
			});
			expect(text(state)).toContain(`step-${at}-`);
			expect(text(state)).not.toContain('step-20-');
		}
	});

	it('end with the result once all is done', () => {
		const done = forty(40, { status: 'done', imageId: 'sha256:0123456789abcdef', tags: ['app:1'] });
		expect(text(after(sampleState({ columns: 80, rows: 15 }), started(done)))).toContain(
			'image 0123456789ab · app:1',
		);
	});

	it('end with the result whatever the image is called, and however much the last step printed', () => {
		const tags = Array.from({ length: 20 }, (_, index) => `${'very-'.repeat(12)}long:${index}`);
		const tail = Array.from({ length: 200 }, (_, index) => `line ${index}`);
		const last = stepOf('last', { state: 'done', startedAt: now - 3000, endedAt: now, tail, lines: 200 });
		const done = buildOf({ status: 'done', imageId: 'sha256:0123456789abcdef', imageSize: 1_980_000, tags }, [
			last,
		]);
		for (const size of [
			{ columns: 80, rows: 24 },
			{ columns: 120, rows: 36 },
		]) {
			const shown = text(after(sampleState(size), started(done))).replace(/\s+/g, ' ');
			expect(shown).toContain('image 0123456789ab · ');
			expect(shown).toContain('and 16 more · 1.98MB · 0 of 1 steps cached');
			expect(shown).toContain('slowest: RUN last 3.0s');
		}
	});

	const failing = (news: Partial<Build> = {}) =>
		buildOf(
			{
				status: 'failed',
				failure: { message: 'RUN b ended with exit code 7.', exitCode: 7, step: 'b' },
				excerpt: [{ number: 5, text: 'RUN the-line', isMarked: true }],
				...news,
			},
			[
				stepOf('a', { state: 'failed', error: 'the reason of a' }),
				stepOf('b', { state: 'failed', error: 'the reason of b' }),
			],
		);

	it('name the exit code and the line under the step that failed first, and nowhere else', () => {
		const drawn = lines(of(failing()));
		const place = (part: string) => drawn.findIndex((line) => line.includes(part));
		expect(drawn.filter((line) => line.includes('exit code 7'))).toHaveLength(2);
		expect(drawn.filter((line) => line.includes('RUN the-line'))).toHaveLength(1);
		expect(place('the reason of a')).toBeLessThan(place('RUN b'));
		expect(place('the-line')).toBeGreaterThan(place('✕     RUN b'));
	});

	it('of a step with more than fits end with its end', () => {
		const tail = Array.from({ length: 30 }, (_, index) => `printed ${index}`);
		const excerpt = Array.from({ length: 7 }, (_, index) => ({
			number: index,
			text: `# ${index}`,
			isMarked: index === 3,
		}));
		const failed = buildOf(
			{ status: 'failed', failure: { message: 'no', exitCode: 7, step: 'b' }, excerpt },
			[stepOf('b', { state: 'failed', tail })],
		);
		const state = after(sampleState({ columns: 60, rows: 15 }), started(failed));
		expect(text(state)).toContain('exit code 7');
	});

	it('promise Enter only where it opens them', () => {
		const step = (id: string, at: number) =>
			stepOf(id, { state: 'running', startedAt: now - at, tail: ['x'], lines: 100 });
		const drawn = text(of(buildOf({}, [step('a', 5000), step('b', 1000)])));
		expect(drawn.match(/… 99 lines above/g)).toHaveLength(2);
		expect(drawn.match(/: Enter opens them/g)).toHaveLength(1);
		const one = { ...stepOf('c', { state: 'running', tail: ['x'], lines: 2 }) };
		expect(text(of(buildOf({}, [one])))).toContain('… 1 line above: Enter opens them');
	});
});

describe('an opened step', () => {
	const tail = Array.from({ length: 40 }, (_, index) => `line ${index}`);
	const build = buildOf({}, [stepOf('a', { state: 'running', tail, lines: 400 }), stepOf('b')]);
	const openedAt = (step: string, shown: readonly string[], top?: number): Event => ({
		type: 'step-opened',
		opened: { step, lines: shown, ...(top === undefined ? {} : { top }) },
	});

	it('shows its newest lines where they are followed, else from the one that is read', () => {
		const followed = lines(of(build, openedAt('a', tail)));
		expect(followed.at(-1)?.trim()).toBe('line 39');
		const read = lines(of(build, openedAt('a', tail, 7)));
		expect([read[0]?.trim(), read[1]?.trim()]).toEqual(['RUN a', 'line 0']);
	});

	it('says where in it one is', () => {
		expect(status(of(build, openedAt('a', tail)))).toBe('400/400 lines · s save · Esc steps');
		expect(status(of(build, openedAt('a', tail.slice(0, 30), 7)))).toBe('37/400 lines · s save · Esc steps');
	});

	it('that printed nothing says so', () => {
		expect(text(of(build, openedAt('b', [])))).toContain('It printed nothing.');
	});
});

it('the line below the panes is the one that was run', () => {
	expect(plain(footer(of(buildOf())).action).trim()).toBe('$ docker build -t app:1 app');
	expect(plain(footer(of(buildOf(), { type: 'builds-hidden' })).action)).not.toContain('docker build');
});

it('a question with more fields than fit has the one with the cursor', () => {
	const form = screens['build-form-long-80x24']?.() as State;
	const { overlay } = form;
	if (overlay?.type !== 'question') throw new Error('There is no form.');
	for (const rows of [15, 20, 24, 36]) {
		for (const [field, { label }] of overlay.question.fields.entries()) {
			const state = after(form, { type: 'field-focused', field }, { type: 'resized', columns: 80, rows });
			const { card } = frameOf(state);
			expect(
				card?.lines.map(plain).some((line) => line.includes(`> ${label}`) || line.includes(`] ${label}`)),
				`${rows} ${label}`,
			).toBe(true);
			expect((card?.rectangle.top ?? 0) + (card?.rectangle.height ?? 99)).toBeLessThanOrEqual(rows);
		}
	}
});
