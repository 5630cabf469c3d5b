// Builds whose engine goes away, or stops answering: what is said, and that everything else goes on.
import { afterEach, expect, test } from 'vitest';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import {
	builders,
	buildsOn,
	cancelled,
	failed,
	isRunning,
	paneText,
	waitForEnd,
	waitForImage,
} from './building.ts';
import { act } from './driving.ts';

describeWithDockerd('a build', () => {
	let engine: Dockerd;
	let session: Session | undefined;
	afterEach(async () => {
		await session?.close();
		await engine?.stop();
	});
	const builds = buildsOn({ docker: (...words) => engine.docker(...words), host: '' });
	const start = (Dockerfile: string, builder: (typeof builders)[number]): Session => {
		const env = { DOCKER_BUILDKIT: builder === 'classic' ? '0' : '1' };
		session = launchPortside(['--host', engine.host, 'build', '.'], {
			cwd: builds.project({ Dockerfile }),
			env,
		});
		return session;
	};

	test.each(builders)(
		'with %s whose engine is killed fails with a reason, and is built once it is back',
		async (builder) => {
			engine = await startDockerd({ name: 'lost' });
			const session = start('FROM busybox\nRUN echo began; sleep 3\n', builder);
			await session.waitFor((lines) => isRunning('RUN echo')(lines) && paneText(lines).includes(' began '));
			await engine.kill();
			await waitForEnd(session, failed);
			expect(paneText(await session.screen())).toMatch(/engine .*(broke off|connection|ended|answer)/i);
			await engine.start();
			await session.waitFor('● local');
			await act(session, 'build.again');
			await session.waitGone(failed);
			await waitForImage(session);
		},
	);

	test('whose engine is frozen can be cancelled all the same', async () => {
		engine = await startDockerd({ name: 'frozen' });
		for (const builder of builders) {
			const session = start('FROM busybox\nRUN echo began; sleep 30\n', builder);
			await session.waitFor((lines) => isRunning('RUN echo')(lines) && paneText(lines).includes(' began '));
			await engine.freeze();
			await act(session, 'build.cancel');
			await session.waitFor(cancelled, { timeout: 4000 });
			await engine.thaw();
			await session.close();
		}
	});
});
