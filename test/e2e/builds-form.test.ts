// The form of a build follows what is filled in, and loses nothing of it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { buildsOn, fillForm } from './building.ts';
import { act } from './driving.ts';

const stages = 'FROM busybox AS one\nARG WORD=x\nFROM busybox AS two\n';

describeWithEngine('the form of a build', (engine) => {
	const builds = buildsOn(engine);

	test('asks for what the Dockerfile of the folder has, and names the image after it', async () => {
		const folder = builds.project({
			'web/Dockerfile': stages,
			'web/dev.Dockerfile': 'FROM busybox\nARG MODE\n',
		});
		const session = await builds.open(folder);
		await fillForm(session, { text: { folder: 'web' } });
		await session.waitFor('--build-arg WORD (x if empty)');
		await session.waitFor(/target: +\(•\) the last stage/);
		await session.waitFor(/tag: +web/);
		await session.waitFor('$ docker build -t web web');
		await act(session, 'question.cancel');
		await session.waitGone('Enter build');
		await fillForm(session, {
			text: { folder: 'web' },
			until: '--build-arg WORD',
			choice: { Dockerfile: 'dev.Dockerfile' },
		});
		await session.waitFor('--build-arg MODE:');
		await session.waitGone('--build-arg WORD');
		await session.waitFor('-f web/dev.Dockerfile web');
	});

	test('takes a folder that is pasted', async () => {
		const folder = builds.project({ Dockerfile: 'FROM busybox\n', 'web/Dockerfile': stages });
		const session = await builds.open(folder);
		await act(session, 'app.build');
		await session.waitFor(/folder: +\.▏/);
		await session.press('ctrl+u');
		await session.waitFor(/folder: +▏/);
		session.paste('web');
		await session.waitFor(/folder: +web▏/);
		await session.waitFor('--build-arg WORD (x if empty)', { timeout: 3000 });
	});

	test('keeps what was filled in while the folder was still searched', async () => {
		const folder = builds.project({ Dockerfile: stages, 'big/Dockerfile': stages });
		for (let index = 0; index < 3000; index++)
			mkdirSync(join(folder, 'big', String(index % 60), String(index)), { recursive: true });
		const session = await builds.open(folder);
		await fillForm(session, {
			text: { folder: 'big', tag: 'mine' },
			choice: { target: 'one', builder: 'classic' },
			toggle: ['without the cache'],
		});
		await new Promise((resolve) => setTimeout(resolve, 1000));
		const text = await session.text();
		expect(text).toMatch(/tag: +mine/);
		expect(text).toContain('(•) one');
		expect(text).toContain('(•) classic');
		expect(text).toContain('[x] without the cache');
	});
});
