// However a terminal or Portside itself ends: nothing that was started stays behind, unless somebody wants it to.
import { afterEach, expect, test } from 'vitest';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, detailsOf } from './driving.ts';
import {
	actAfterEnd,
	chooseFate,
	hasPrompt,
	hasTab,
	leave,
	openAt,
	openShell,
	reaping,
	run,
	shows,
	tabsIn,
	visitors,
	waitForVisitors,
} from './inside.ts';
import { modesLeft } from './modes.ts';

describeWithEngine('the end of terminals', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	let name: string;
	afterEach(() => session.close());

	const openOn = async (container: string) => {
		name = await containers.run(container, [], reaping);
		session = await openAt(engine, name);
		await openShell(session, name);
	};
	const startBusy = async () => {
		await run(session, 'sleep 1000 & sleep 2000', shows(/sleep 2000$/));
		await waitForVisitors(engine, name, [/ash/, /sleep 1000/, /sleep 2000/]);
	};
	const isRestored = () => {
		expect(modesLeft(session.output)).toEqual([]);
		expect(session.isAlternate()).toBe(false);
		expect(session.cursorHidden()).toBe(false);
		expect(session.terminal.modes.mouseTrackingMode).toBe('none');
		expect(session.terminal.modes.bracketedPasteMode).toBe(false);
	};

	test('closing a tab ends its shell and everything in it', async () => {
		await openOn('close');
		const busy: [string, string | RegExp][] = [
			['true', hasPrompt as never],
			['vi /poem', /^~\n~/m],
			['sleep 1000 & sleep 2000', /sleep 2000$/],
			["trap '' HUP INT TERM; while :; do sleep 0.1; done", /done$/],
			['yes', /^y\ny\ny\n/m],
		];
		for (const [command, sight] of busy) {
			if (!tabsIn(await session.screen()).includes(`${name}: ash`)) await openShell(session, name);
			await run(session, command, typeof sight === 'function' ? sight : shows(sight));
			await leave(session);
			await act(session, 'terminal.close');
			await session.waitFor(`Close ash in ${name}?`);
			await chooseFate(session, 'end');
			await session.waitFor(detailsOf(name));
			await waitForVisitors(engine, name, []);
		}
	});

	test('closing a tab leaves what runs in it, if that is chosen', async () => {
		await openOn('leave');
		await startBusy();
		await leave(session);
		await act(session, 'terminal.close');
		await chooseFate(session, 'leave');
		await session.waitFor(`Detached: ash goes on running in ${name}`);
		await session.waitFor(detailsOf(name));
		expect(await visitors(engine, name)).toHaveLength(3);
		await act(session, 'app.quit');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		expect(await visitors(engine, name)).toHaveLength(3);
	});

	test('so does detaching from it', async () => {
		await openOn('away');
		await startBusy();
		session.type('\x10\x11');
		await session.waitFor(`Detached: ash goes on running in ${name}`);
		await session.waitFor(detailsOf(name));
		expect(await visitors(engine, name)).toHaveLength(3);
	});

	test('quitting names what is open, and ends it', async () => {
		await openOn('quit');
		await run(session, 'vi /poem', shows(/^~\n~/m));
		await leave(session);
		await act(session, 'app.back');
		await act(session, 'container.shell');
		await session.waitFor((lines) => tabsIn(lines).split(`${name}: ash`).length === 3);
		await session.waitFor(hasPrompt);
		await startBusyBeside();
		await leave(session);
		await act(session, 'app.quit');
		await session.waitFor('Quit with 2 terminals open?');
		await session.waitFor(`ash in ${name}`);
		await act(session, 'question.cancel');
		await session.waitGone('Quit with 2 terminals open?');
		await act(session, 'app.quit');
		await chooseFate(session, 'end');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		isRestored();
		await waitForVisitors(engine, name, []);
	});
	const startBusyBeside = async () => {
		await run(session, 'sleep 1000 & sleep 2000', shows(/sleep 2000$/));
		await waitForVisitors(engine, name, [/ash/, /ash/, /vi/, /sleep 1000/, /sleep 2000/]);
	};

	test('quitting leaves it running, if that is chosen', async () => {
		await openOn('stay');
		await startBusy();
		await leave(session);
		await act(session, 'app.quit');
		await chooseFate(session, 'leave');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		isRestored();
		expect(await visitors(engine, name)).toHaveLength(3);
	});

	test.each(['SIGTERM', 'SIGHUP'])('%s to Portside ends it, too', async (signal) => {
		await openOn('term');
		await run(session, "printf '\\033[?1000h\\033[?1006h\\033[?2004h\\033[?1h'");
		await startBusy();
		session.kill(signal);
		expect((await session.exit).code).toBe(1);
		isRestored();
		await waitForVisitors(engine, name, []);
	});

	test('so does a terminal that is closed', async () => {
		await openOn('gone');
		await run(session, 'vi /poem', shows(/^~\n~/m));
		await waitForVisitors(engine, name, [/ash/, /vi/]);
		session.hangUp();
		await session.exit;
		await waitForVisitors(engine, name, []);
	});

	test('a shell that exits tells its code, and can be opened again', async () => {
		await openOn('exit');
		await run(session, 'exit 7', hasTab(`${name}: ash (exit 7)`));
		await session.waitFor(shows(`ash in ${name} has ended: exit 7.`));
		// who was typing when it ended must not command
		session.type('q');
		await session.settled();
		expect(session.hasExited).toBe(false);
		await actAfterEnd(session, 'terminal.reopen');
		await session.waitFor(hasTab(`${name}: ash ─`));
		await session.waitFor(hasPrompt);
		await run(session, 'echo "again $((6 * 7))"', shows(/^again 42$/m));
		await run(session, 'exit', hasTab('(exit 0)'));
		await waitForVisitors(engine, name, []);
	});
});
