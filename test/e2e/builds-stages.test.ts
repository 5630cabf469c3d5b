// Stages that run at once, and what the cache of the engine spares.
import { describe, expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	buildByForm,
	builders,
	buildsOn,
	finished,
	isRunning,
	stepIn,
	stepsIn,
	waitForEnd,
	waitForImage,
} from './building.ts';
import { act, actionLineIn } from './driving.ts';

/** Two stages that take a second each, and one that needs both. */
const stages = (word: string) => ({
	Dockerfile: `FROM busybox AS left
RUN sleep 1; echo left-${word} > /l
FROM busybox AS right
RUN sleep 1; echo right-${word} > /r
FROM busybox
COPY --from=left /l /
COPY --from=right /r /
`,
});

describeWithEngine('the stages of a build', (engine) => {
	const builds = buildsOn(engine);

	test('run at once, are cached the second time, and not with R', async () => {
		const tag = builds.tag('stages');
		const session = builds.build(builds.project(stages(tag)), ['-t', tag, '.'], { columns: 160 });
		await session.waitFor((lines) => isRunning('left-')(lines) && isRunning('right-')(lines));
		const lines = await session.waitFor(/\[\+\] Building \d+\.\ds \(\d+\/\d+\) /);
		expect(stepIn(lines, 'COPY --from=left')).toMatchObject({ sign: '·', line: '6', time: '' });
		const first = await waitForImage(session);
		expect(first).toContain(`image ${(await builds.imageId(tag)).slice(7, 19)}`);
		expect(await engine.docker('run', '--rm', tag, 'cat', '/l', '/r')).toBe(`left-${tag}\nright-${tag}\n`);

		await act(session, 'build.again');
		await session.waitFor((lines) => stepIn(lines, 'COPY --from=right')?.time === 'cached');
		const again = await waitForImage(session);
		const shown = stepsIn(await session.screen());
		const cached = shown.filter(({ time }) => time === 'cached');
		expect(cached.map(({ sign }) => sign)).toEqual(cached.map(() => '◦'));
		expect(cached.length).toBeGreaterThanOrEqual(4);
		expect(again).toContain(`${cached.length} of ${shown.length} steps cached`);

		await act(session, 'build.again-uncached');
		await session.waitFor(isRunning('left-'));
		await waitForEnd(session);
		expect(stepIn(await session.screen(), 'right-')).toMatchObject({ sign: '✓' });
		expect(stepIn(await session.screen(), 'COPY --from=right')?.time).not.toBe('cached');
		expect(actionLineIn(await session.screen())).toContain(`docker build -t ${tag} --no-cache .`);
	});

	test('run one after another with the classic builder, which counts them all', async () => {
		const tag = builds.tag('stages');
		const session = await builds.open(builds.project(stages(tag)));
		await buildByForm(session, tag, 'classic');
		await session.waitFor(isRunning('left-'));
		await session.waitFor(/\(1\/7\)/);
		await session.waitFor(isRunning('right-'));
		expect(stepIn(await session.screen(), 'left-')).toMatchObject({ sign: '✓', line: '2' });
		await waitForImage(session);
		expect(await session.text()).toContain('(7/7) FINISHED');
		await act(session, 'build.again');
		await session.waitGone(finished);
		const again = await waitForImage(session);
		// a FROM is not cached with it, but there
		expect(again).toContain('4 of 7 steps cached');
	});

	describe.each(builders)('with %s', (builder) => {
		test('can be walked through, opened and left', async () => {
			const tag = builds.tag('walk');
			const folder = builds.project({ Dockerfile: `FROM busybox\nRUN seq 1 200; echo ${tag}\nRUN true\n` });
			const session = await builds.open(folder);
			await buildByForm(session, tag, builder);
			await waitForImage(session);
			await act(session, 'build.first');
			await session.waitFor(() => true);
			const order = stepsIn(await session.screen()).map(({ name }) => name);
			const at = order.findIndex((name) => name.includes('RUN seq'));
			for (let step = 0; step < at; step++) await act(session, 'build.down');
			await session.waitFor(/… \d+ lines above: Enter opens them/);
			await act(session, 'build.open');
			await session.waitFor(/201\/201 lines · s save · Esc steps/);
			expect(await session.text()).toContain(`│ ${tag} `);
			await act(session, 'build.first');
			await session.waitFor(/│ 1 +│/);
			await act(session, 'build.down');
			await session.waitFor(/RUN seq .*\n.*│ 2 +│/);
			await act(session, 'build.up');
			await session.waitFor(/RUN seq .*\n.*│ 1 +│/);
			await act(session, 'build.back');
			await session.waitFor('Enter opens them');
			await act(session, 'build.down');
			await session.waitGone('Enter opens them');
			await act(session, 'build.last');
			await session.waitFor(/image [0-9a-f]{12}/);
		});
	});
});
