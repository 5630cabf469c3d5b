// The demo engine builds, too: anywhere, and nothing real is touched.
import { describe, expect, test } from 'vitest';
import { buildsOn, fillForm, finished, paneText, stepIn, waitForImage } from './building.ts';
import { act, actionLineIn, rowsIn } from './driving.ts';

describe('the demo', () => {
	const builds = buildsOn({ host: '', docker: async () => '' });

	test('builds a small Dockerfile', async () => {
		const folder = builds.project({
			Dockerfile: 'FROM alpine:3.20\nWORKDIR /app\nCOPY . .\nRUN ls -l\nCMD ["./hello"]\n',
			hello: '#!/bin/sh\necho hello\n',
		});
		const session = await builds.open(folder, {}, ['--demo']);
		await fillForm(session, { text: { tag: 'hello:1' } });
		await act(session, 'question.yes');
		await session.waitFor(/\[\+\] Building \d+\.\ds/);
		await waitForImage(session);
		expect(stepIn(await session.screen(), 'RUN ls -l')).toMatchObject({ sign: '✓', line: '4' });
		expect(paneText(await session.screen())).toContain('hello:1');
		expect(actionLineIn(await session.screen())).toContain('$ docker build -t hello:1 .');
		await session.waitFor((lines) => rowsIn(lines, 'Images').some(({ text }) => /^hello +1 /.test(text)));
		await act(session, 'build.again');
		await session.waitGone(finished);
		await waitForImage(session);
	});
});
