// The end of builds before they are done: cancelled, closed and left behind, and nothing of them goes on.
import { describe, expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	buildByForm,
	builders,
	buildsOn,
	cancelled,
	isRunning,
	leaveForLists,
	paneText,
	processesWith,
	stepIn,
	uniqueSleep,
	waitForEnd,
	waitForImage,
	waitForProcess,
} from './building.ts';
import { act, rowsIn } from './driving.ts';
import { hasTab, tabsIn } from './inside.ts';

const sleeping = (word: string) => ({
	Dockerfile: `FROM busybox\nRUN echo begun; sleep ${word}; true\nRUN true\n`,
});

describeWithEngine('a build', (engine) => {
	const builds = buildsOn(engine);

	describe.each(builders)('with %s', (builder) => {
		test('is cancelled on the engine too, and Portside goes on', async () => {
			const word = uniqueSleep();
			const tag = builds.tag('cancel');
			const session = await builds.open(builds.project(sleeping(word)));
			await buildByForm(session, tag, builder);
			await session.waitFor((lines) => isRunning(word)(lines) && /begun/.test(paneText(lines)));
			await waitForProcess(word, true, 5000);
			await act(session, 'build.cancel');
			await waitForProcess(word, false, 2000);
			await session.waitFor(cancelled);
			await session.waitFor(' Cancelled.');
			expect(stepIn(await session.screen(), word)?.sign).toBe('–');
			await session.waitFor(`✕ the build of ${tag} was cancelled`);
			expect(await builds.has(tag)).toBe(false);
			expect(await engine.docker('ps', '--all', '--quiet', '--filter', `label=${word}`)).toBe('');

			await leaveForLists(session);
			await act(session, 'app.images', 'list.down');
			await session.waitFor((lines) => rowsIn(lines, 'Images').some(({ isSelected }) => isSelected));
			await act(session, 'app.builds');
			await session.waitFor('r again · R without cache');
			await act(session, 'build.again');
			await waitForProcess(word, true, 5000);
			await session.press('q');
			await session.waitFor(/1 build under way\?/);
			await act(session, 'question.yes');
			expect(await session.exit).toEqual({ code: 0, signal: undefined });
			await waitForProcess(word, false, 2000);
		});
	});

	test('is cancelled by a signal, and by a window that is closed', async () => {
		for (const end of ['kill', 'hangUp'] as const) {
			const word = uniqueSleep();
			const session = builds.build(builds.project(sleeping(word)), ['.']);
			await waitForProcess(word, true, 8000);
			session[end]();
			await session.exit;
			await waitForProcess(word, false, 2000);
		}
	});

	test('goes on beside another one and beside the lists, and both are named before they end', async () => {
		const words = [uniqueSleep(), uniqueSleep()] as const;
		const folder = builds.project({
			...sleeping(words[0]),
			'other/Dockerfile': `FROM busybox\nRUN sleep ${words[1]}; true\n`,
			'quick/Dockerfile': 'FROM busybox\nRUN true\n',
		});
		const tags = [builds.tag('one'), builds.tag('two'), builds.tag('quick')] as const;
		const session = await builds.open(folder);
		await buildByForm(session, tags[0], 'buildkit');
		await waitForProcess(words[0], true, 5000);
		await buildByForm(session, tags[1], 'classic', { text: { folder: 'other' } });
		await session.waitFor(hasTab(tags[1]));
		await waitForProcess(words[1], true, 5000);
		expect(tabsIn(await session.screen())).toMatch(new RegExp(`[⠀-⣿] ${tags[0]} .*[⠀-⣿] ${tags[1]} `, 'u'));

		await leaveForLists(session);
		await act(session, 'app.images', 'list.last');
		await session.waitFor((lines) => rowsIn(lines, 'Images').at(-1)?.isSelected === true);
		await buildByForm(session, tags[2], 'buildkit', { text: { folder: 'quick' } });
		await waitForImage(session);
		await act(session, 'build.close');
		await session.waitFor((lines) => !tabsIn(lines).includes(tags[2]));
		expect(await builds.has(tags[2])).toBe(true);
		// one that is under way cannot be closed
		await act(session, 'build.close');
		await act(session, 'build.next');
		await session.waitFor(isRunning(words[0]));
		await act(session, 'build.previous');
		await session.waitFor(isRunning(words[1]));
		for (const word of words) expect(processesWith(word)).not.toEqual([]);

		await act(session, 'app.quit');
		const lines = await session.waitFor('Quit with 2 builds under way?');
		expect(lines.join('\n')).toContain(`the build of ${tags[0]}: it is cancelled`);
		expect(lines.join('\n')).toContain(`the build of ${tags[1]}: it is cancelled`);
		await act(session, 'question.cancel');
		await session.waitGone('under way?');
		for (const word of words) expect(processesWith(word)).not.toEqual([]);
		await act(session, 'build.cancel');
		await waitForEnd(session, cancelled);
		await waitForProcess(words[1], false, 2000);
		await act(session, 'app.quit');
		await session.waitFor('Quit with 1 build under way?');
		await act(session, 'question.yes');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		await waitForProcess(words[0], false, 2000);
		for (const tag of [tags[0], tags[1]]) expect(await builds.has(tag)).toBe(false);
	});
});
