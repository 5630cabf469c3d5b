// The builds on screen: they come, change and go; one is in front, and the person is somewhere along its steps.
import { describe, expect, it } from 'vitest';
import type { StepState } from '../../source/model/build.ts';
import {
	type Build,
	counts,
	elapsedOf,
	frontBuild,
	isUnderWay,
	noBuilds,
	type OpenedStep,
	seconds,
	stepInFocus,
	stepsInOrder,
} from '../../source/model/builds.ts';
import type { Event } from '../../source/model/event.ts';
import { layoutOf } from '../../source/model/layout.ts';
import { pace } from '../../source/model/pace.ts';
import type { State } from '../../source/model/state.ts';
import { wanted } from '../../source/model/wanted.ts';
import {
	after,
	blank,
	buildOf,
	container,
	detail,
	hour,
	idOf,
	image,
	listed,
	now,
	opened,
	second,
	stepOf,
	terminalTab,
} from './things.ts';

const world = after(listed([container('web')], [image(['httpd:2.4'])]), {
	type: 'inspected',
	detail: detail(idOf('web'), { startedAt: now - hour }),
});
const started = (build: Build): Event => ({ type: 'build-started', build });
const changed = (build: Build): Event => ({ type: 'build-changed', build });
const closed = (id: number): Event => ({ type: 'build-closed', id });
const fronted = (id: number): Event => ({ type: 'build-fronted', id });
const chosen = (step?: string): Event => ({ type: 'step-chosen', ...(step === undefined ? {} : { step }) });
const openedAt = (news: Partial<OpenedStep> = {}): Event => ({
	type: 'step-opened',
	opened: { step: 'a', lines: ['one', 'two'], ...news },
});
const hidden: Event = { type: 'builds-hidden' };
const lists: Event = { type: 'detail-focused', isFocused: false };

const first = buildOf({}, [stepOf('a', { state: 'running', tail: ['one', 'two'] })]);
const one = after(world, started(first));
const three = after(world, ...[1, 2, 3].map((id) => started(buildOf({ id }))));
const ids = ({ builds }: State) => builds.list.map(({ id }) => id);

it('there are none at the beginning', () => {
	expect(world.builds).toEqual(noBuilds);
	expect(frontBuild(world.builds)).toBeUndefined();
});

describe('started', () => {
	it('it is in front and has the focus, wherever the person was', () => {
		for (const before of [world, after(world, ...opened(terminalTab(1)))]) {
			const state = after(before, started(first));
			expect(state).toMatchObject({
				isDetailFocused: true,
				beside: 'builds',
				builds: { front: 1 },
				terminals: { isInside: false },
			});
			expect(frontBuild(state.builds)).toBe(first);
		}
	});

	it('the newest is in front, followed, and the others keep their places', () => {
		expect([ids(three), three.builds.front]).toEqual([[1, 2, 3], 3]);
		const state = after(one, chosen('a'), openedAt(), started(buildOf({ id: 2 })));
		expect(state.builds).toEqual({ list: [first, buildOf({ id: 2 })], front: 2 });
	});

	it('again in front it begins anew, where the person is', () => {
		const again = buildOf({ startedAt: now });
		expect(after(one, chosen('a'), openedAt(), started(again)).builds).toEqual({
			list: [again],
			front: 1,
		});
		const away = after(one, hidden, lists, started(again));
		expect(away).toMatchObject({ isDetailFocused: false, beside: 'details', builds: { list: [again] } });
	});

	it('again in the background it does not come to the front, and moves nobody', () => {
		const state = after(three, chosen('x'), openedAt());
		const again = buildOf({ id: 1, startedAt: now });
		const next = after(state, started(again));
		expect(next.builds).toEqual({ ...state.builds, list: [again, ...state.builds.list.slice(1)] });
		const inShell = after(three, ...opened(terminalTab(1)));
		expect(after(inShell, started(again)).terminals).toBe(inShell.terminals);
	});
});

describe('changed', () => {
	it('is told in its place', () => {
		const build = buildOf({ id: 2, status: 'done' });
		const state = after(three, changed(build));
		expect([ids(state), state.builds.list[1], state.builds.front]).toEqual([[1, 2, 3], build, 3]);
		expect(state.builds.list[0]).toBe(three.builds.list[0]);
	});

	it('one that is gone is told nothing', () => {
		expect(after(three, closed(2), changed(buildOf({ id: 2 }))).builds).toEqual(
			after(three, closed(2)).builds,
		);
	});

	const printed = (...lines: readonly string[]) =>
		changed(buildOf({}, [stepOf('a', { state: 'running', tail: lines.slice(-200), lines: lines.length })]));

	it('who looks at the newest lines of a step sees those that come', () => {
		const state = after(one, openedAt(), printed('one', 'two more', 'three'));
		expect(state.builds.opened).toEqual({ step: 'a', lines: ['one', 'two more', 'three'] });
		const burst = Array.from({ length: 900 }, (_, index) => `line ${index}`);
		expect(after(state, printed(...burst)).builds.opened?.lines).toEqual(burst.slice(-200));
		const slow = Array.from({ length: 500 }, (_, index) => `line ${index}`);
		const seen = slow.reduce(
			(past, _, index) => after(past, printed(...slow.slice(0, index + 1))),
			after(world, started(buildOf({}, [stepOf('a')])), openedAt({ lines: [] })),
		);
		expect(seen.builds.opened?.lines).toEqual(slow.slice(-200));
	});

	it('who reads older ones, or another build, is not disturbed', () => {
		const reading = after(one, openedAt({ top: 0 }));
		expect(after(reading, printed('one', 'two', 'three')).builds.opened).toBe(reading.builds.opened);
		const other = after(
			one,
			started(buildOf({ id: 2 }, [stepOf('a', { tail: ['one', 'two'] })])),
			openedAt(),
		);
		expect(after(other, printed('one', 'two', 'three')).builds.opened).toBe(other.builds.opened);
	});
});

describe('closed', () => {
	it('the one in front: the newest comes to the front, followed', () => {
		const state = after(three, fronted(2), chosen('x'), openedAt(), closed(2));
		expect(state.builds).toEqual({
			list: three.builds.list.filter(({ id }) => id !== 2),
			front: 3,
		});
		expect(state).toMatchObject({ beside: 'builds', isDetailFocused: true });
	});

	it('another one: nothing moves', () => {
		const before = after(three, chosen('x'), openedAt());
		const state = after(before, closed(1));
		expect(state.builds).toEqual({ ...before.builds, list: before.builds.list.slice(1) });
		expect(after(three, closed(9)).builds).toEqual(three.builds);
	});

	it('the last one: the lists have the focus again', () => {
		const state = after(one, chosen('a'), openedAt(), closed(1));
		expect(state.builds).toEqual(noBuilds);
		expect(state).toMatchObject({ beside: 'details', isDetailFocused: false });
	});

	it('the last one while it is hidden: the details keep the focus', () => {
		const state = after(one, hidden, { type: 'detail-focused', isFocused: true }, closed(1));
		expect([state.builds, state.isDetailFocused]).toEqual([noBuilds, true]);
	});
});

describe('hidden', () => {
	it('by a terminal that is opened, entered or looked at, and back again', () => {
		for (const event of [
			...opened(terminalTab(2)),
			{ type: 'terminal-fronted', id: 1 },
			{ type: 'terminal-entered' },
		] as const) {
			const state = after(world, ...opened(terminalTab(1)), { type: 'terminal-left' }, started(first), event);
			expect(state, event.type).toMatchObject({
				beside: 'terminals',
				builds: { front: 1 },
			});
			expect(after(state, fronted(1))).toMatchObject({
				isDetailFocused: true,
				beside: 'builds',
				terminals: { isInside: false },
			});
		}
	});

	it.each(['Logs', 'Stats', 'Config', 'Top', 'Diff'] as const)('by the details with %s', (tab) => {
		const state = after(one, { type: 'tab-chosen', tab });
		expect([state.beside, state.builds]).toEqual(['details', one.builds]);
	});

	it('the lists may have the focus beside it', () => {
		expect(after(one, lists)).toMatchObject({ isDetailFocused: false, beside: 'builds' });
	});
});

describe('along the steps', () => {
	it('one is chosen, and again none', () => {
		expect(after(one, chosen('a')).builds.cursor).toBe('a');
		expect('cursor' in after(one, chosen('a'), chosen()).builds).toBe(false);
	});

	it('one is opened, read and left, and the cursor stays', () => {
		const state = after(one, chosen('a'), openedAt({ top: 3 }));
		expect(state.builds).toMatchObject({ cursor: 'a', opened: { step: 'a', top: 3 } });
		expect(after(state, { type: 'step-opened' }).builds).toEqual(after(one, chosen('a')).builds);
		expect(after(world, openedAt()).builds).toEqual(noBuilds);
	});

	it('another build begins where it is', () => {
		const state = after(three, chosen('x'), openedAt(), fronted(1));
		expect(state.builds).toEqual({ ...three.builds, front: 1 });
	});
});

const withStates = (...states: readonly StepState[]): Build =>
	buildOf(
		{},
		states.map((state, index) => stepOf(String(index), { state, startedAt: now + index })),
	);

it('what counts as done is done or from the cache', () => {
	expect(counts(withStates('done', 'cached', 'cached', 'running', 'failed', 'cancelled', 'waiting'))).toEqual(
		{
			done: 3,
			cached: 2,
			of: 7,
		},
	);
	expect(counts(buildOf())).toEqual({ done: 0, cached: 0, of: 0 });
});

describe('the step in focus', () => {
	it.each<[string, readonly StepState[], string | undefined]>([
		['none, without steps', [], undefined],
		['none, while all wait', ['waiting', 'waiting'], undefined],
		['the one that runs', ['done', 'running', 'waiting'], '1'],
		['the one that began last of those that run', ['running', 'running', 'done'], '1'],
		['the last that did anything', ['done', 'cached', 'waiting'], '1'],
		['the one that failed', ['done', 'failed', 'running', 'cancelled'], '1'],
		['the last one that was cancelled', ['done', 'cancelled', 'waiting'], '1'],
	])('is %s', (_, states, id) => {
		expect(stepInFocus(withStates(...states))).toBe(id);
	});

	it('is the one the failure names', () => {
		const build = withStates('failed', 'failed');
		expect(stepInFocus({ ...build, failure: { message: '', step: '1' } })).toBe('1');
		expect(stepInFocus({ ...build, failure: { message: '', step: 'gone' } })).toBe('0');
	});

	it('is by its time, not by its place', () => {
		const build = buildOf({}, [
			stepOf('late', { state: 'running', startedAt: now }),
			stepOf('early', { state: 'running', startedAt: now - second }),
		]);
		expect(stepInFocus(build)).toBe('late');
	});
});

describe('the order of the steps', () => {
	const ordered = (...steps: readonly ReturnType<typeof stepOf>[]) =>
		stepsInOrder(buildOf({}, steps)).map(({ id }) => id);

	it('is that of the Dockerfile: stage by stage, what is of no stage around them', () => {
		expect(
			ordered(
				stepOf('load'),
				stepOf('last 1', { stage: '2', number: 1, line: 9 }),
				stepOf('web 2', { stage: 'web', number: 2, line: 6 }),
				stepOf('web 10', { stage: 'web', number: 10 }),
				stepOf('deps 1', { stage: 'deps', number: 1, line: 1 }),
				stepOf('web 1', { stage: 'web', number: 1, line: 5 }),
				stepOf('export', { name: 'exporting to image' }),
			),
		).toEqual(['load', 'deps 1', 'web 1', 'web 2', 'web 10', 'last 1', 'export']);
	});

	it('is as they were announced where nothing is known', () => {
		expect(ordered(stepOf('b'), stepOf('a'))).toEqual(['b', 'a']);
		expect(ordered(stepOf('b', { stage: 'y' }), stepOf('a', { stage: 'x' }))).toEqual(['b', 'a']);
		expect(ordered()).toEqual([]);
	});

	it('has every step once, whatever they are', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const digit = (place: number) => Math.floor(seed * 7919 * (place + 1) * 104_729) % 7;
			const steps = Array.from({ length: 9 }, (_, index) =>
				stepOf(String(index), {
					...(digit(index) > 2 ? { stage: String(digit(index + 9) % 3) } : {}),
					...(digit(index + 18) > 3 ? { line: digit(index + 27) } : {}),
					...(digit(index + 36) > 3 ? { number: digit(index + 45) } : {}),
				}),
			);
			expect(ordered(...steps).sort()).toEqual(steps.map(({ id }) => id));
		}
	});
});

it('times are never less than nothing', () => {
	expect([seconds(-5), seconds(0), seconds(61_250)]).toEqual(['0.0s', '0.0s', '61.3s']);
	expect(elapsedOf({}, now)).toBe(0);
	expect(elapsedOf({ startedAt: now + second }, now)).toBe(0);
	expect(elapsedOf({ startedAt: now - second }, now)).toBe(second);
	expect(elapsedOf({ startedAt: now, endedAt: now + second }, now + 9 * second)).toBe(second);
});

it.each(['preparing', 'building', 'cancelling'] as const)(
	'%s is under way, and moves the clock',
	(status) => {
		const state = after(world, started(buildOf({ status })));
		expect(state.builds.list.map(isUnderWay)).toEqual([true]);
		expect(pace(state)).toBeLessThan(100);
		expect(pace(after(state, hidden))).toBeGreaterThanOrEqual(second);
	},
);

it.each(['done', 'failed', 'cancelled'] as const)('%s is over, and rests', (status) => {
	const state = after(world, started(buildOf({ status })));
	expect(state.builds.list.map(isUnderWay)).toEqual([false]);
	expect(pace(state)).toBe(10 * second);
});

it('in the place of the details nothing is followed for them', () => {
	const whats = (state: State) => wanted(state).map(({ what }) => what);
	expect(whats(world)).toContain('log');
	expect(whats(one)).not.toContain('log');
	expect(whats(after(one, hidden))).toEqual(whats(world));
	const images = after(one, { type: 'pane-focused', pane: 'images' });
	expect(whats(images)).not.toContain('image');
	expect(whats(after(images, hidden))).toContain('image');
});

it('has eighty columns where the lists can give way', () => {
	expect(layoutOf(one).details?.width).toBe(76);
	expect(layoutOf(after(one, { type: 'resized', columns: 140, rows: 40 })).details?.width).toBe(82);
	expect(layoutOf(after(one, hidden)).details?.width).toBe(58);
	expect(layoutOf(after(blank({ columns: 80, rows: 24 }), started(first))).details?.width).toBe(80);
});

describe('a question that is asked anew', () => {
	const text = (id: string) => ({ kind: 'text', id, label: id, value: '' }) as const;
	const asked = (...fields: readonly string[]) => ({
		title: '',
		body: [],
		fields: fields.map(text),
		yes: 'x',
		isDestructive: false,
	});
	const inField = (field: number, question = asked('folder', 'arg A', 'tag')): State =>
		after(
			world,
			{ type: 'asked', actionId: 'app.build', itemIds: [idOf('web')], question },
			{ type: 'field-focused', field },
		);
	const fieldOf = ({ overlay }: State) =>
		overlay?.type === 'question' ? overlay.question.fields[overlay.field]?.id : undefined;

	it('keeps the cursor on its field, wherever that is now', () => {
		expect(fieldOf(after(inField(2), { type: 'revised', question: asked('folder', 'tag') }))).toBe('tag');
		expect(
			fieldOf(after(inField(2), { type: 'revised', question: asked('folder', 'arg A', 'arg B', 'tag') })),
		).toBe('tag');
		expect(fieldOf(after(inField(1), { type: 'revised', question: asked('folder', 'tag') }))).toBe('tag');
		expect(after(inField(2), { type: 'revised', question: asked() }).overlay).toMatchObject({ field: 0 });
	});

	it('is nothing where none is asked', () => {
		expect(after(world, { type: 'revised', question: asked() })).toBe(world);
	});
});
