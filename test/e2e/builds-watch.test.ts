// Builds that are repeated because a file changed, and the Dockerfile in the person's own editor.
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	buildByForm,
	builders,
	buildsOn,
	failed,
	finished,
	leaveForLists,
	paneText,
	stepIn,
	uniqueSleep,
	waitForEnd,
	waitForImage,
	waitForProcess,
	writeIn,
} from './building.ts';
import { act, actionLineIn } from './driving.ts';
import { around } from './inside.ts';

const printing = { Dockerfile: 'FROM busybox\nCOPY word /\nRUN cat /word\n', '.dockerignore': 'notes\n' };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describeWithEngine('a build', (engine) => {
	const builds = buildsOn(engine);

	describe.each(builders)('with %s', (builder) => {
		test('that is watched is repeated when a file of its context changes, and only then', async () => {
			const tag = builds.tag('watch');
			const folder = builds.project({ ...printing, word: `first-${tag}\n`, notes: '' });
			const session = await builds.open(folder);
			await buildByForm(session, tag, builder);
			await waitForImage(session);
			const image = await builds.imageId(tag);
			await act(session, 'build.watch');
			await pause(200);
			writeIn(folder, 'notes', 'not sent');
			await pause(700);
			expect(paneText(await session.screen())).toContain(`image ${image.slice(7, 19)}`);
			writeIn(folder, 'word', `second-${tag}\n`);
			await session.waitGone(image.slice(7, 19));
			await waitForImage(session);
			expect(await engine.docker('run', '--rm', tag, 'cat', '/word')).toBe(`second-${tag}\n`);

			// it goes on while the lists are shown, and begins anew when it is overtaken
			await leaveForLists(session);
			const word = uniqueSleep();
			writeIn(folder, 'Dockerfile', `FROM busybox\nRUN sleep ${word}\n`);
			await waitForProcess(word, true, 8000);
			writeIn(folder, 'Dockerfile', printing.Dockerfile.replace('RUN cat', 'RUN echo third; cat'));
			await waitForProcess(word, false, 5000);
			await session.waitFor((lines) => actionLineIn(lines).includes(`✓ built ${tag}`));
			await act(session, 'app.builds');
			await session.waitFor((lines) => stepIn(lines, 'RUN echo third') !== undefined);

			await act(session, 'build.watch');
			await pause(200);
			const last = await builds.imageId(tag);
			writeIn(folder, 'word', `fourth-${tag}\n`);
			await pause(700);
			expect(await builds.imageId(tag)).toBe(last);
			expect(paneText(await session.screen())).toContain(`image ${last.slice(7, 19)}`);
		});
	});

	test('is edited in the editor of the person, and the screen is whole again after it', async () => {
		const tag = builds.tag('edit');
		const folder = builds.project({
			Dockerfile: 'FROM busybox\nRUN false\n',
			'my editor': `#!/bin/sh
printf '\\033[2J\\033[Han editor with %s of %s\\n' "$1" "$(stty size)"
read -r answer
sed -i "s/RUN false/RUN echo $answer/" "$2"
`,
		});
		chmodSync(join(folder, 'my editor'), 0o755);
		const session = builds.build(folder, ['-t', tag, '.'], {
			env: { EDITOR: "'./my editor' --wait", VISUAL: undefined },
		});
		await waitForEnd(session, failed);
		await session.settled();
		const shape = async () =>
			(await around(session)).map((row) =>
				row
					.map(({ text }) => text)
					.join('')
					.slice(0, 8),
			);
		const before = await shape();
		await act(session, 'build.edit');
		await session.waitFor(/an editor with --wait of \d+ \d+/);
		expect(session.isAlternate()).toBe(false);
		// the first key is the editor's, and none of them Portside's
		session.type('qd-b\r');
		await session.waitFor(failed);
		await session.waitFor(/^ .*q quit *$/m);
		expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM busybox\nRUN echo qd-b\n');
		await session.settled();
		expect(await shape()).toEqual(before);
		expect(session.isAlternate()).toBe(true);
		expect(session.cursorHidden()).toBe(true);
		await act(session, 'build.again');
		await session.waitFor(finished);
		await waitForImage(session);
		await act(session, 'app.help');
		await session.waitFor(/╭─ Keys ─+╮/);
		await act(session, 'help.close');
		await session.waitGone('─ Keys ─');
		await session.press('q');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
	});

	test('says so where there is no editor, or it fails', async () => {
		const folder = builds.project({ Dockerfile: 'FROM busybox\n' });
		for (const [editor, sentence] of [
			['no-such-editor', 'There is no no-such-editor: set EDITOR to the one you have.'],
			['false', 'false ended with exit code 1.'],
		] as const) {
			const session = builds.build(folder, ['.'], { env: { EDITOR: editor, VISUAL: undefined } });
			await waitForImage(session);
			await act(session, 'build.edit');
			await session.waitFor(sentence);
			await session.waitFor(finished);
			await session.close();
		}
	});
});
