// What the steps of a build print: in masses, in other scripts, and meaning harm.
import { expect, test } from 'vitest';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	buildByForm,
	buildsOn,
	finished,
	isRunning,
	paneText,
	savedLog,
	stepIn,
	stepsIn,
	waitForImage,
} from './building.ts';
import { act } from './driving.ts';
import { around, inside } from './inside.ts';

const evil: Record<string, string> = {
	title: '\x1b]0;stolen\x07\x1b]2;stolen\x1b\\',
	clipboard: '\x1b]52;c;c3RvbGVu\x07\x1b]52;c;?\x07',
	far: '\x1b[999;999HX\x1b[1;1HX\x1b[999A\x1b[999C\x1b[999DX\x1b[2J\x1b[H\x1b[9999999999;1HX',
	modes: '\x1b[?1049l\x1b[?25h\x1b[?7l\x1b[?3h\x1b[?5h\x1b[?2026h\x1b=\x1b[>1u\x1b[5;10r\x1b[?6h\x1b[?1000h',
	eight: '\u009b2J\u009d0;stolen\u009c\u0090q\u009c\u0084\u0085\u0088\u008d\u008e\u008f',
	device: '\x1bP+q544e\x1b\\\x1b_Gf=24;AAAA\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\',
	controls: 'a\bb\tc\vd\fe\x0e\x0f\x7f\x00\x05',
	progress: '10%\r20%\r30%\rdone',
	wide: '한한한한한한한한한한'
		.repeat(20)
		.concat('\u202e', 'a\u0301\u0302\u0303\u0304\u0305'.repeat(40))
		.concat('\u200d👩‍👩‍👧‍👦🇰🇷'),
	unfinished: '\x1b[38;2;1;2',
	last: '\x1b]0;',
};

/** Opens the step with this in its name. */
async function openStep(session: Session, part: string): Promise<void> {
	await act(session, 'build.first');
	await session.settled({ quiet: 60 });
	const at = stepsIn(await session.screen()).findIndex(({ name }) => name.includes(part));
	for (let step = 0; step < at; step++) await act(session, 'build.down');
	await act(session, 'build.open');
	await session.waitFor(/\d+\/\d+ lines · s save · Esc steps/);
}

describeWithEngine('the output of a build', (engine) => {
	const builds = buildsOn(engine);

	test('of 100,000 lines is shown to the last, opened from the first, and saved whole', async () => {
		const tag = builds.tag('masses');
		const folder = builds.project({
			Dockerfile: `FROM busybox\nRUN seq 1 100000; echo end-${tag}; sleep 1\n`,
		});
		const session = await builds.open(folder);
		await buildByForm(session, tag, 'classic');
		await session.waitFor(
			(lines) => isRunning('RUN seq')(lines) && / 99999 100000 end-/.test(paneText(lines)),
		);
		await waitForImage(session);
		await openStep(session, 'RUN seq');
		await session.waitFor('100001/100001 lines');
		await session.waitFor(new RegExp(`│ 100000 +│\\n.*│ end-${tag}`));
		await act(session, 'build.first');
		await session.waitFor(/RUN seq .*\n.*│ 1 +│\n.*│ 2 +│/);
		await act(session, 'build.page-down');
		await session.waitFor(/RUN seq .*\n.*│ 11 +│/);
		await act(session, 'build.last');
		await session.waitFor(new RegExp(`│ 100000 +│\\n.*│ end-${tag}`));
		// the newest stay in view when the window changes its size
		for (const rows of [20, 44, 36]) {
			session.resize(120, rows);
			await session.waitFor((lines) => inside(lines).some((line) => line.trim() === `end-${tag}`), {
				timeout: 3000,
			});
		}
		await act(session, 'build.page-up');
		await session.waitFor((lines) => !paneText(lines).includes(`end-${tag} `));
		const saved = await savedLog(session);
		const printed = saved.split('\n').filter((line) => /^ {2}\d+$/.test(line));
		expect(printed).toHaveLength(100_000);
		expect(printed.every((line, index) => line === `  ${index + 1}`)).toBe(true);
		expect(saved).toMatch(
			new RegExp(`^# DOCKER_BUILDKIT=0 docker build -t ${tag} \\.\n# done after \\d+\\.\\ds\n`),
		);
		expect(saved).toContain((await builds.imageId(tag)).replace('sha256:', ''));
	});

	test('is followed in an opened step while it comes', async () => {
		const tag = builds.tag('follow');
		const folder = builds.project({
			Dockerfile: `FROM busybox\nRUN for i in $(seq 1 60); do echo $i-${tag}; sleep 0.05; done\n`,
		});
		const session = await builds.open(folder);
		await buildByForm(session, tag, 'classic');
		await session.waitFor((lines) => paneText(lines).includes(`3-${tag}`));
		await act(session, 'build.open');
		await session.waitFor((lines) => inside(lines).some((line) => line.trim() === `60-${tag}`));
		await session.waitFor('60/60 lines');
		await waitForDone(session);
	});

	test('that means harm stays in its pane, and is plain in the saved log', async () => {
		const tag = builds.tag('evil');
		const files = Object.fromEntries(Object.entries(evil).map(([kind, text]) => [`evil/${kind}`, text]));
		const kinds = Object.keys(evil);
		const folder = builds.project({
			...files,
			Dockerfile: `FROM busybox
COPY evil /evil
RUN for k in ${kinds.join(' ')}; do cat /evil/$k; echo; echo after-$k; sleep 0.05; done; sleep 0.4
RUN for k in ${kinds.join(' ')}; do cat /evil/$k >&2; done; echo ${tag}
`,
		});
		const session = await builds.open(folder);
		const title = session.title;
		for (const builder of ['classic', 'buildkit'] as const) {
			await buildByForm(session, tag, builder, { toggle: ['without the cache'] });
			await session.waitFor((lines) => paneText(lines).includes('after-last'));
			const lines = await session.screen();
			expect(stepIn(lines, 'RUN for')?.line).toBe('3');
			for (const text of lines.slice(1, -2)) expect(text).toMatch(/^[╭│╰].*[╮│╯]$/);
			await waitForImage(session);
			await openStep(session, 'RUN for k in');
			const text = paneText(await session.screen());
			for (const kind of kinds) expect(text).toContain(`after-${kind}`);
			expect(text).toContain('한한한한');
			expect(text).not.toContain('stolen');
			expect(text).toContain(' done after-progress');
			const edges = (await around(session)).map((row) => `${row[0]?.text}${row.at(-1)?.text}`).join('');
			expect(edges).toMatch(/^(?:[╭│╰][│╯╮])+$/);
			expect(session.title).toBe(title);
			expect(session.clipboard).toBeUndefined();
			expect(session.isAlternate()).toBe(true);
			expect(session.cursorHidden()).toBe(true);
			expect(session.terminal.modes.mouseTrackingMode).toBe('none');
			expect(await savedLog(session)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
			await act(session, 'build.back');
			await session.waitFor(finished);
			await new Promise((resolve) => setTimeout(resolve, 1000)); // the name of a log is the second
		}
	});

	test('and names in Korean have the width that they have', async () => {
		const tag = builds.tag('korean');
		const folder = builds.project({
			Dockerfile:
				'FROM busybox AS base\nLABEL 설명=한국어\nRUN echo "안녕하세요, 빌드가 시작됩니다" && seq 3 && echo 끝났습니다; sleep 0.5\n',
		});
		const session = builds.build(folder, ['-t', tag, '--no-cache', '.'], { columns: 120 });
		await session.waitFor((lines) => paneText(lines).includes('끝났습니다'));
		await waitForImage(session);
		await openStep(session, '안녕');
		const lines = await session.waitFor('안녕하세요, 빌드가 시작됩니다');
		expect(lines.join('\n')).toContain('끝났습니다');
		const cells = await session.cells();
		for (const row of cells.slice(1, -2)) expect(row.at(-1)?.text).toMatch(/[╮│╯]/);
	});
});

const waitForDone = (session: Session) => session.waitFor(/✓ built /, { timeout: 15_000 });
