// Builds that fail: why, where in the Dockerfile, and what the engine was sent.
import { describe, expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { buildByForm, builders, buildsOn, failed, paneText, stepIn, waitForEnd } from './building.ts';
import { act } from './driving.ts';

describeWithEngine('a build that fails', (engine) => {
	const builds = buildsOn(engine);

	const fails = async (builder: (typeof builders)[number], files: Record<string, string>) => {
		const tag = builds.tag('fails');
		const session = await builds.open(builds.project(files));
		await buildByForm(session, tag, builder);
		await waitForEnd(session, failed);
		expect(await builds.has(tag)).toBe(false);
		return session;
	};

	describe.each(builders)('with %s', (builder) => {
		test('shows the exit code, what was said last, and the line', async () => {
			const tag = builds.tag('exit');
			const session = await fails(builder, {
				Dockerfile: `FROM busybox\nENV WORD=${tag}\n\nRUN seq 1 50; sleep 0.3; echo last words >&2; exit 42\nRUN echo never\n`,
			});
			const text = paneText(await session.screen());
			expect(stepIn(await session.screen(), 'exit 42')).toMatchObject({ sign: '✕', line: '4' });
			expect(text).toMatch(/49 50 last words exit code 42/);
			expect(text).toContain('> 4 │ RUN seq 1 50; sleep 0.3; echo last words >&2; exit 42');
			expect(text).toContain('5 │ RUN echo never');
			expect(text).toContain('ended with exit code 42.');
			expect(text).not.toContain('Enter opens them exit');
			// where it failed is what Enter opens
			await act(session, 'build.open');
			await session.waitFor('51/51 lines');
			await act(session, 'app.journal');
			await session.waitFor(/✕ \$ .*docker build -t .*\n.*the build of \S+ failed/);
		});

		test('names the base that is missing', async () => {
			const session = await fails(builder, { Dockerfile: 'FROM 127.0.0.1:9/nobody/nothing:7\nRUN true\n' });
			const text = paneText(await session.screen());
			expect(text).toContain('The base image 127.0.0.1:9/nobody/nothing:7 could not be pulled');
			expect(text).toContain('> 1 │ FROM 127.0.0.1:9/nobody/nothing:7');
		});

		test('names the file that is not in the context', async () => {
			const session = await fails(builder, { Dockerfile: 'FROM busybox\nCOPY missing.txt /\n' });
			const text = paneText(await session.screen());
			expect(text).toContain('The build context has no missing.txt, or its .dockerignore keeps it out.');
			expect(text).toContain('> 2 │ COPY missing.txt /');
		});
	});

	test('for its syntax is not sent at all', async () => {
		const folder = builds.project({ Dockerfile: 'FROM busybox\nRUN true\nRUNN false\nCMD ["sh"]\n' });
		const sentence = 'Line 3: RUNN is not an instruction: did you mean RUN?';
		const session = await builds.open(folder);
		await act(session, 'app.build');
		await session.waitFor(sentence);
		await act(session, 'question.yes');
		await session.waitFor('Put that right first, or choose another folder or Dockerfile.');

		const begun = builds.build(folder, ['.']);
		await waitForEnd(begun, failed);
		const text = paneText(await begun.screen());
		expect(text).toMatch(/\[\+\] Building 0\.\ds \(0\/0\) ERROR/);
		expect(text).toContain(sentence);
		expect(text).toContain('> 3 │ RUNN false');
		expect(text).toContain('4 │ CMD ["sh"]');
	});

	test('for a stage that is not there says so', async () => {
		const tag = builds.tag('target');
		const folder = builds.project({ Dockerfile: 'FROM busybox AS one\nRUN true\n' });
		const session = builds.build(folder, ['-t', tag, '--target', 'two', '.']);
		await waitForEnd(session, failed);
		expect(paneText(await session.screen())).toContain('The Dockerfile has no stage two.');
	});

	test('without a Dockerfile, or without its folder, says that', async () => {
		const folder = builds.project({ right: 'FROM busybox' });
		const session = builds.build(folder, ['.']);
		await waitForEnd(session, failed);
		expect(paneText(await session.screen())).toContain('Dockerfile is not there');
		const other = builds.build(folder, ['-f', 'right', 'nowhere']);
		await waitForEnd(other, failed);
		expect(paneText(await other.screen())).toMatch(/There is no folder \S+nowhere\./);
	});
});
