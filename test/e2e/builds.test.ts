// Building an image as a tutorial shows it, by the form and by the command line, with both builders.
import { describe, expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	buildByForm,
	builders,
	buildsOn,
	fillForm,
	finished,
	paneText,
	stepIn,
	stepsIn,
	waitForEnd,
	waitForImage,
} from './building.ts';
import { act, actionLineIn, rowsIn } from './driving.ts';
import { hasTab } from './inside.ts';

const tutorial = (word: string) => ({
	Dockerfile: `FROM busybox
WORKDIR /app
COPY app.sh .
RUN chmod +x app.sh && echo ${word}
CMD ["/app/app.sh"]
`,
	'app.sh': '#!/bin/sh\necho hello\n',
});

describeWithEngine('a build', (engine) => {
	const builds = buildsOn(engine);

	describe.each(builders)('by the form, with %s', (builder) => {
		test('ends with an image that is on the engine, a docker line, and its row', async () => {
			const tag = builds.tag('tutorial');
			const session = await builds.open(builds.project(tutorial(tag)));
			await buildByForm(session, tag, builder);
			const result = await waitForImage(session);
			const id = await builds.imageId(tag);
			expect(result).toContain(`image ${id.slice(7, 19)} · ${tag}:latest · `);
			const lines = await session.screen();
			expect(lines.join('\n')).toContain(builder === 'classic' ? 'classic builder' : 'BuildKit');
			expect(stepIn(lines, 'RUN chmod')).toMatchObject({ sign: '✓', line: '4' });
			expect(stepIn(lines, 'COPY app.sh')).toMatchObject({ sign: '✓', line: '3' });
			expect(stepsIn(lines).every(({ sign }) => sign === '✓' || sign === '◦')).toBe(true);
			const line = `${builder === 'classic' ? 'DOCKER_BUILDKIT=0 ' : ''}docker build -t ${tag} .`;
			expect(actionLineIn(lines)).toMatch(new RegExp(`^ \\$ ${line} +✓ built ${tag} · \\d+\\.\\ds`));
			expect(await engine.docker('run', '--rm', tag)).toBe('hello\n');

			await act(session, 'app.journal');
			await session.waitFor(`✓ $ ${line}`);
			await act(session, 'journal.close');
			await session.waitGone('─ Journal ─');
			await act(session, 'build.image');
			await session.waitFor((shown) =>
				rowsIn(shown, 'Images').some((row) => row.isSelected && row.name === tag),
			);
		});
	});

	test('begins at once with `portside build`, and is closed and found again', async () => {
		const tag = builds.tag('line');
		const session = builds.build(builds.project(tutorial(tag)), [
			'-t',
			`${tag}:one`,
			'-t',
			`${tag}:two`,
			'.',
		]);
		await session.waitFor(hasTab(`${tag}:one`));
		const result = await waitForImage(session);
		const id = await builds.imageId(`${tag}:two`);
		expect(await builds.imageId(`${tag}:one`)).toBe(id);
		expect(result).toContain(`image ${id.slice(7, 19)} · ${tag}:one ${tag}:two ·`);
		expect(actionLineIn(await session.screen())).toContain(`$ docker build -t ${tag}:one -t ${tag}:two .`);

		await act(session, 'build.back');
		await session.waitFor(/ \/ filter /);
		await act(session, 'app.builds');
		await session.waitFor('r again · R without cache');
		await act(session, 'build.close');
		await session.waitGone(finished);
		await act(session, 'app.builds');
		await session.waitFor('Nothing was built yet');
		await engine.docker('rmi', `${tag}:one`, `${tag}:two`);
	});

	test('takes what the Dockerfile leaves open: arguments with their defaults, and a stage', async () => {
		const tag = builds.tag('args');
		const folder = builds.project({
			Dockerfile: `FROM busybox AS base
ARG GREETING=hello
ARG WHO
RUN echo "$GREETING, $WHO: ${tag}" > /said
FROM base AS other
RUN echo other > /other
`,
		});
		const session = await builds.open(folder);
		await fillForm(session, { text: { '--build-arg WHO': 'you' }, choice: { target: 'base' } });
		await session.waitFor('--build-arg GREETING (hello if empty):');
		await act(session, 'question.cancel');
		await session.waitGone('Enter build');
		await buildByForm(session, tag, 'buildkit', {
			text: { '--build-arg WHO': 'you all' },
			choice: { target: 'base' },
		});
		await waitForImage(session);
		expect(actionLineIn(await session.screen())).toContain(
			`docker build -t ${tag} --build-arg 'WHO=you all' --target base .`,
		);
		expect(await engine.docker('run', '--rm', tag, 'sh', '-c', 'cat /said; ls /')).toMatch(
			new RegExp(`^hello, you all: ${tag}\n(?!.*other)`, 's'),
		);
	});

	test('refuses what is no name for an image before it asks the engine', async () => {
		const session = await builds.open(builds.project(tutorial('x')));
		await fillForm(session, { text: { tag: 'My App' } });
		await act(session, 'question.yes');
		await session.waitFor('My is no tag: a name has small letters');
		expect(paneText(await session.screen())).not.toContain('[+]');
	});

	test('says on the command line what it does not understand, and builds nothing', async () => {
		const session = builds.build(builds.project(tutorial('x')), ['--no-cach', '.']);
		expect(await session.exit).toEqual({ code: 2, signal: undefined });
		expect(await session.text()).toContain('--no-cach is not understood here: did you mean --no-cache?');
	});

	test('is watched in narrow windows too', async () => {
		const tag = builds.tag('narrow');
		const folder = builds.project(tutorial(tag));
		for (const [columns, rows] of [
			[80, 24],
			[60, 15],
		] as const) {
			const session = builds.build(folder, ['-t', tag, '.'], { columns, rows });
			const lines = await waitForEnd(session);
			expect(lines.every((line) => [...line].length <= columns)).toBe(true);
			expect(lines[1]).toMatch(/^╭ ✓ .*╮$/);
			expect(lines.at(-3)).toMatch(/^╰.*╯$/);
			await session.waitFor(/image [0-9a-f]{12}/);
			await act(session, 'build.first');
			await session.waitFor(/ (✓|◦) +(\[internal\]|1 )/);
			await act(session, 'build.back');
			await session.waitGone('G follow');
			await session.close();
		}
	});
});
