// Attaching to the main process of a container: what works, what is said where it does not, and who survives it.
import { afterEach, expect, test } from 'vitest';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, detailsOf } from './driving.ts';
import { actAfterEnd, hasStatus, hasTab, inside, leave, openAt, shows } from './inside.ts';

describeWithEngine('attaching', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	afterEach(() => session.close());
	const isRunning = async (name: string) =>
		expect(await containers.inspect(name, '.State.Running')).toBe('true');
	const detach = async (name: string) => {
		await session.press('ctrl+p', 'ctrl+q');
		await session.waitFor(`Detached: ${name} goes on running.`);
		await session.waitFor(detailsOf(name));
		await isRunning(name);
	};

	test('to a terminal types and sees, leaves it running, and warns before an interrupt', async () => {
		const echo = `trap 'echo "got INT"' INT; while :; do read -r line && echo "line <$line>"; done`;
		const name = await containers.run('term', ['--interactive', '--tty'], ['sh', '-c', echo]);
		session = await openAt(engine, name);
		await act(session, 'container.attach');
		await session.waitFor(hasTab(`${name}: attach`));
		await session.waitFor(hasStatus('Portside'));
		session.type('안녕\r');
		await session.waitFor(shows('line <안녕>'));
		// alone it is a key like any other, at once
		await session.press('ctrl+p');
		await session.waitFor(shows('^P'));
		await session.press('x', 'enter');
		await session.waitFor(shows(/line <.?x>/));
		await session.press('ctrl+c');
		await session.waitFor(new RegExp(`Ctrl\\+C .*${name}.*again sends it`, 'i'));
		session.type('warned\r');
		await session.waitFor(shows('line <warned>'));
		expect(inside(await session.screen()).join('\n')).not.toContain('got INT');
		await session.press('ctrl+c');
		await session.waitFor(shows('got INT'));
		await detach(name);
		await act(session, 'container.attach');
		await session.waitFor(hasTab(`${name}: attach`));
		session.type('once more\r');
		await session.waitFor(shows('line <once more>'));
		// to close its tab and to quit leave it running, without a question
		await leave(session);
		await act(session, 'terminal.close');
		await session.waitFor(detailsOf(name));
		await isRunning(name);
		await act(session, 'container.attach');
		await session.waitFor(hasStatus('Portside'));
		await leave(session);
		await act(session, 'app.quit');
		await session.waitFor(`attached to ${name}: it goes on running`);
		await act(session, 'question.yes');
		expect((await session.exit).code).toBe(0);
		await isRunning(name);
	});

	test('without a terminal says what works, and sends lines', async () => {
		const name = await containers.run(
			'lines',
			['--interactive'],
			['sh', '-c', 'cat; echo over; sleep 100000'],
		);
		session = await openAt(engine, name);
		await act(session, 'container.attach');
		await session.waitFor(`Attach to ${name}`);
		await session.waitFor('It has no terminal (it was started without -t)');
		await act(session, 'question.yes');
		await session.waitFor(hasTab(`${name}: attach`));
		await session.waitFor(hasStatus('Portside'));
		session.type('helloo\x7f 한국말\x7f\r');
		await session.waitFor(shows(/^hello 한국\nhello 한국$/m));
		await session.press('ctrl+c');
		await session.waitFor(/again sends it/i);
		await detach(name);
	});

	test('without input says that nothing typed reaches it', async () => {
		const talk = 'while :; do echo tick; sleep 0.2; done';
		const name = await containers.run('mute', [], ['sh', '-c', talk]);
		session = await openAt(engine, name);
		await act(session, 'container.attach');
		await session.waitFor('It does not read what is typed (it was started without -i).');
		await act(session, 'question.yes');
		await session.waitFor(shows(/^tick\ntick$/m));
		session.type('x');
		await session.waitFor(`${name} was started without -i: nothing typed reaches it.`);
		await detach(name);
	});

	test('ends with the process, and tells its code', async () => {
		const name = await containers.run('code', ['--interactive', '--tty'], ['sh']);
		session = await openAt(engine, name);
		await act(session, 'container.attach');
		await session.waitFor(hasStatus('Portside'));
		session.type('exit 9\r');
		await session.waitFor(hasTab('(exit 9)'));
		await session.waitFor(shows(`${name} has ended: exit 9.`));
		await actAfterEnd(session, 'terminal.close');
		await session.waitFor(detailsOf(name));
	});
});
