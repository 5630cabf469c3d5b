// What happens to a container, or to its engine, while somebody is inside; and containers that nobody can be inside of.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startDockerd } from '../helpers/dockerd.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithDockerd, describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, detailsOf, isShown } from './driving.ts';
import {
	actAfterEnd,
	hasPrompt,
	hasStatus,
	hasTab,
	inside,
	leave,
	leaveForLists,
	openAt,
	openShell,
	run,
	shows,
	waitForVisitors,
} from './inside.ts';

let session: Session;

/** The keyboard is ours again. */
const freed = async (of: Session) => {
	await actAfterEnd(of, 'terminal.back');
	await act(of, 'app.help');
	await of.waitFor('─ Keys ─');
	await act(of, 'help.close');
	await of.waitGone('─ Keys ─');
};
afterEach(() => session?.close());

describeWithEngine('inside a container', (engine) => {
	const containers = containersOn(engine);
	const openIn = async (container: string) => {
		const name = await containers.run(container);
		session = await openAt(engine, name);
		await openShell(session, name);
		return name;
	};
	/** The tab says so, and the keyboard is ours again. */
	const isTold = async (name: string, sentence: string) => {
		await session.waitFor((lines) => inside(lines).join('').includes(sentence));
		await session.waitFor(hasStatus('r runs it again'));
		await freed(session);
		expect(hasTab(`${name}: ash (`)(await session.screen())).toBe(true);
	};

	test.each([
		['killed', ['kill'], 'has stopped, and everything in it has ended.'],
		['stopped', ['stop'], 'has stopped, and everything in it has ended.'],
		['removed', ['rm', '--force'], 'and everything in it has ended.'],
	])('that is %s, one is told', async (_, command, sentence) => {
		const name = await openIn('fate');
		await run(session, 'vi /poem', shows(/^~\n~/m));
		await engine.docker(...command, name);
		await isTold(name, sentence);
		if (command[0] === 'rm') return;
		await engine.docker('start', name);
		await session.waitFor(isShown(name, '●'));
		await act(session, 'app.terminals');
		await act(session, 'terminal.reopen');
		await session.waitFor(hasPrompt);
		await run(session, 'clear; echo "again $((1 + 1))"', shows(/^again 2$/m));
	});

	test('that is paused, one is told, and what was typed comes later', async () => {
		const name = await openIn('ice');
		await engine.docker('pause', name);
		await session.waitFor(hasStatus('paused'));
		session.type('echo "late $((1 + 1))"\r');
		await act(session, 'inside.leave');
		await leaveForLists(session);
		await act(session, 'container.unpause');
		await session.waitFor(shows(/^late 2$/m));
		await act(session, 'app.terminals');
		await session.waitFor(hasStatus('Portside'));
	});

	test('without a shell there is none, and what helps instead is offered', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'portside-scratch-'));
		const image = containers.imageNamed('scratch');
		mkdirSync(join(folder, 'root'));
		const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
		copyFileSync(busybox, join(folder, 'root/busybox-one'));
		execFileSync('tar', ['-cf', join(folder, 'root.tar'), '-C', join(folder, 'root'), '.']);
		await engine.docker(
			'import',
			'--change',
			'CMD ["/busybox-one", "uname"]',
			join(folder, 'root.tar'),
			image,
		);
		rmSync(folder, { recursive: true });
		const name = containers.named('bare');
		await engine.docker(
			'run',
			'--detach',
			'--stop-signal',
			'KILL',
			'--name',
			name,
			image,
			'/busybox-one',
			'sleep',
			'100000',
		);
		session = await openAt(engine, name);
		await act(session, 'container.shell');
		await session.waitFor(`No shell in ${name}`);
		await session.waitFor('‹ Top: the processes in it ›');
		await act(session, 'question.yes');
		await session.waitFor(/COMMAND[\s\S]*\/busybox-one s/);
		await act(session, 'app.back');
		await act(session, 'container.shell');
		await session.waitFor(`No shell in ${name}`);
		await act(session, 'question.turn-back');
		await session.waitFor('‹ exec its own program: /busybox-one sleep 100000 ›');
		await act(session, 'question.yes');
		await session.waitFor(/> command: +\/busybox-one sleep 100000▏/);
		session.type(`${'\x7f'.repeat('sleep 100000'.length)}cat`);
		await session.waitFor(/> command: +\/busybox-one cat▏/);
		await act(session, 'question.yes');
		await session.waitFor(hasTab(`${name}: busybox-one`));
		await session.waitFor(hasStatus('Portside'));
		session.type('echo me\r');
		await session.waitFor(shows(/^echo me\necho me$/m));
		// without a shell in there nobody can be signalled: what a person would type ends it
		await leave(session);
		await act(session, 'terminal.close');
		await session.waitFor('what runs in it: (•) is ended');
		await act(session, 'question.yes');
		await session.waitFor(detailsOf(name));
		expect(await engine.docker('top', name)).not.toContain('cat');
	});
});

describeWithDockerd('inside, when the engine', () => {
	test('hangs or dies: one is told, and the keyboard is free', async () => {
		const engine = await startDockerd({ name: 'inside', args: ['--live-restore'] });
		try {
			await engine.docker('run', '--detach', '--name', 'home', 'busybox', 'sleep', '100000');
			session = await openAt(engine, 'home');
			await openShell(session, 'home');
			await run(session, 'echo "before $((1 + 1))"', shows(/^before 2$/m));

			await engine.freeze();
			await session.waitFor((lines) => /does not answer/.test(lines[0] ?? ''), { timeout: 20_000 });
			await session.waitFor(shows(/ash\s+may\s+still\s+run\s+in\s+home;\s+closing/));
			expect(hasTab('home: ash (lost)')(await session.screen())).toBe(true);
			await freed(session);
			await engine.thaw();
			await session.waitFor((lines) => /● local/.test(lines[0] ?? ''), { timeout: 20_000 });
			await session.waitFor((lines) => /CPU +≥?\d.* MEM/.test(lines[0] ?? ''), { timeout: 20_000 });
			await waitForVisitors(engine, 'home', [/ash/]);
			await act(session, 'app.terminals');
			await act(session, 'terminal.close');
			await session.waitFor(detailsOf('home'));
			await waitForVisitors(engine, 'home', []);
			await openShell(session, 'home');

			await engine.kill('SIGKILL');
			await session.waitFor(hasTab('home: ash (lost)'));
			await session.waitFor(shows(/ash\s+may\s+still\s+run\s+in\s+home;\s+closing/));
			await freed(session);

			await engine.start();

			await session.waitFor((lines) => /● local/.test(lines[0] ?? ''), { timeout: 20_000 });
			await act(session, 'app.terminals');
			await act(session, 'terminal.close');
			await session.waitFor(detailsOf('home'));
			await openShell(session, 'home');
			await run(session, 'clear; echo "after $((1 + 1))"', shows(/^after 2$/m));
		} finally {
			await engine.thaw().catch(() => {});
			await session.close();
			await engine.stop();
		}
	}, 60_000);
});
