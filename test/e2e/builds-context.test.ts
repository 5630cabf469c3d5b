// What is sent to the engine: told before it is, and left out where it shall not be.
import { execFileSync } from 'node:child_process';
import { chmodSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launch } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import {
	buildByForm,
	builders,
	buildsOn,
	cancelled,
	failed,
	paneText,
	waitForEnd,
	waitForImage,
	writeIn,
} from './building.ts';
import { act } from './driving.ts';

/** A root that may not read everything, as any other user. */
const asUser = ['--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search'];
const canBeUser = (() => {
	try {
		execFileSync('setpriv', [...asUser, 'true']);
		return true;
	} catch {
		return false;
	}
})();

describeWithEngine('the context of a build', (engine) => {
	const builds = buildsOn(engine);

	describe.each(builders)('with %s', (builder) => {
		test('may have nothing but names that a plain header has no place for', async () => {
			const tag = builds.tag('names');
			const folder = builds.project({
				'도커/파일': `FROM busybox\nCOPY . /all\nRUN cd /all && echo ${tag} $(find . -type f | sort)\n`,
				[`${'긴'.repeat(30)}/글`]: '안녕',
			});
			const env = builder === 'classic' ? { DOCKER_BUILDKIT: '0' } : {};
			const session = builds.build(folder, ['-t', tag, '-f', '도커/파일', '.'], { env });
			await waitForImage(session);
			const files = await engine.docker('run', '--rm', tag, 'sh', '-c', 'cd /all && find . -type f | sort');
			expect(files.trim().split('\n')).toEqual([`./${'긴'.repeat(30)}/글`, './도커/파일']);
		});

		test('is what .dockerignore leaves, and is listed with the largest first', async () => {
			const tag = builds.tag('ignore');
			const folder = builds.project({
				Dockerfile: `FROM busybox\nCOPY . /all\nRUN cd /all && echo ${tag} $(find . -type f | sort)\n`,
				'.dockerignore': '# no secrets\n*.log\nnode_modules\n!keep.log\n',
				'a.txt': 'a'.repeat(3000),
				'keep.log': 'k'.repeat(200),
				'drop.log': 'd'.repeat(9000),
				'node_modules/x/index.js': 'x'.repeat(9000),
				'src/한글.txt': 'h'.repeat(5000),
			});
			const session = await builds.open(folder);
			await buildByForm(session, tag, builder);
			await waitForImage(session);
			// beside the words `classic builder` there is no room for it
			if (builder === 'buildkit') expect(await session.text()).toMatch(/context 5 files 8\.\d+kB/);
			expect(
				(await engine.docker('run', '--rm', tag, 'sh', '-c', 'cd /all && find . -type f | sort'))
					.trim()
					.split('\n'),
			).toEqual(['./.dockerignore', './Dockerfile', './a.txt', './keep.log', './src/한글.txt']);
			await act(session, 'build.files');
			await session.waitFor('5 files are sent');
			const lines = await session.waitFor('Enter closes');
			const listed = lines.flatMap((line) => /│ +([\d.]+k?B) {2}(\S+) *│/u.exec(line)?.slice(1, 3) ?? []);
			expect(listed.slice(0, 6)).toEqual(['5kB', 'src/한글.txt', '3kB', 'a.txt', '200B', 'keep.log']);
			expect(listed).toHaveLength(10);
			await act(session, 'question.yes');
			await session.waitGone('5 files are sent');
		});
	});

	test('that is huge is warned of, and its sending can be cancelled', async () => {
		const tag = builds.tag('huge');
		const folder = builds.project({ Dockerfile: 'FROM busybox\nRUN true\n', big: '' });
		truncateSync(join(folder, 'big'), 3 * 2 ** 30);
		const session = builds.build(folder, ['-t', tag, '.']);
		await session.waitFor((lines) =>
			/! The context has 3\.\d+GB, which are sent with every build\. Exclude what the build does not need/.test(
				paneText(lines),
			),
		);
		await session.waitFor(/context 2 files \d+(\.\d+)?MB\/3\.\d+GB/);
		await act(session, 'build.cancel');
		await waitForEnd(session, cancelled);
		expect(await builds.has(tag)).toBe(false);
	});

	test.runIf(canBeUser)('that cannot be read is not sent, and says which file', async () => {
		const folder = builds.project({ Dockerfile: 'FROM busybox\nCOPY . /\n', 'closed/secret': 'x' });
		chmodSync(join(folder, 'closed/secret'), 0);
		const cli = [process.execPath, resolve('dist/cli.js'), '--host', engine.host];
		const session = launch('setpriv', [...asUser, ...cli, 'build', '.'], {
			cwd: folder,
			columns: 120,
			rows: 36,
			env: { HOME: join(folder, 'closed'), DOCKER_CONFIG: undefined, XDG_STATE_HOME: undefined },
		});
		try {
			await waitForEnd(session, failed);
			const text = paneText(await session.screen());
			expect(text).toContain(
				'closed/secret cannot be sent: you may not read this file. If the build does not need it, add a line to .dockerignore: closed/secret',
			);
			expect(text).toMatch(/\(0\/0\) ERROR/);
			// once it is left out, it goes on
			writeIn(folder, '.dockerignore', 'closed\n');
			await act(session, 'build.again');
			await session.waitGone(failed);
			await waitForImage(session);
		} finally {
			await session.close();
		}
	});

	test('that has no place for the Dockerfile takes one from elsewhere', async () => {
		const tag = builds.tag('outside');
		const folder = builds.project({
			'docker/Dockerfile.web': `FROM busybox\nCOPY . /c\nRUN echo ${tag}; ls /c\n`,
			'app/x.txt': 'x',
		});
		const session = builds.build(folder, ['-t', tag, '-f', 'docker/Dockerfile.web', 'app']);
		await waitForImage(session);
		expect(await session.text()).toContain(`$ docker build -t ${tag} -f docker/Dockerfile.web app`);
		expect(await engine.docker('run', '--rm', tag, 'ls', '/c')).toBe('x.txt\n');
	});
});
