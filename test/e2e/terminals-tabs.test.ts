// Several terminals side by side, in every size, and commands of one's own in them.
import { afterEach, expect, test } from 'vitest';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, actionLineIn, detailsOf, filter, isShown, rowOf } from './driving.ts';
import {
	actAfterEnd,
	hasPrompt,
	hasStatus,
	hasTab,
	inside,
	lastOf,
	leave,
	leaveForLists,
	openAt,
	openShell,
	paneIn,
	run,
	shows,
	tabsIn,
} from './inside.ts';

describeWithEngine('terminals', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	afterEach(() => session.close());

	const sizeInside = async () => {
		const { columns, rows } = paneIn(await session.screen(), session.terminal.cols);
		return `${rows} ${columns}`;
	};
	const isSizeTold = async () => {
		const size = await sizeInside();
		await run(session, 'clear; stty size', (lines) => inside(lines)[0] === size && hasPrompt(lines));
	};

	test('are as large as their pane, after every change of it', async () => {
		const name = await containers.run('size');
		session = await openAt(engine, name);
		await openShell(session, name);
		expect(await sizeInside()).toBe('31 74');
		await isSizeTold();
		const seen = new Set<string>();
		for (const [columns, rows] of [
			[100, 30],
			[80, 24],
			[60, 15],
			[160, 45],
			[120, 36],
		] as const) {
			session.resize(columns, rows);
			await session.waitFor((lines) => {
				const pane = paneIn(lines, columns);
				return pane.left + pane.columns === columns - 1 && pane.top + pane.rows === rows - 3;
			});
			await isSizeTold();
			seen.add(await sizeInside());
		}
		expect(seen.size).toBe(5);
		await leave(session);
		await act(session, 'terminal.enlarge');
		await session.waitFor((lines) => lines[0]?.startsWith(' portside') === false);
		await act(session, 'terminal.enter');
		await session.waitFor((lines) => lines[0]?.includes('Ctrl+] Portside') === true);
		expect(await sizeInside()).toBe('35 120');
		await isSizeTold();
		await act(session, 'inside.leave');
		await session.waitFor(hasStatus('Enter inside'));
		await act(session, 'terminal.enlarge');
		await session.waitFor(hasTab(`${name}: ash`));
		await session.waitFor((lines) => lines[0]?.startsWith(' portside') === true);
		await act(session, 'terminal.enter');
		await isSizeTold();
	});

	test.each([
		[80, 24],
		[60, 15],
	])('work on a screen of %i × %i, and the lists are there again', async (columns, rows) => {
		const name = await containers.run('small');
		session = await openAt(engine, name, { columns, rows });
		await openShell(session, name);
		await isSizeTold();
		await run(session, 'clear; vi /poem', shows(/^~\n~/m));
		session.type('ismall');
		await session.waitFor(shows(/^small\n~/));
		await session.press('esc');
		await session.waitFor(shows(/^- \/poem/m));
		await act(session, 'inside.leave');
		await session.waitFor(hasStatus('Enter inside'));
		await act(session, 'terminal.back');
		await session.waitFor(isShown(name, '●'));
		await act(session, 'app.terminals');
		await session.waitFor(shows(/^small\n~/));
		session.type(':wq\r');
		await session.waitFor(hasPrompt);
		expect(await engine.docker('exec', name, 'cat', '/poem')).toBe('small\n');
	});

	test('have each its own screen, and tell when they printed something', async () => {
		const names = [
			await containers.run('aa'),
			await containers.run('bb'),
			await containers.run('cc'),
		] as const;
		session = await openAt(engine, names[0], { columns: 220, rows: 45 });
		const order = [names[0], names[1], names[2], names[0], names[1]];
		for (const [index, name] of order.entries()) {
			if (index > 0) {
				await leave(session);
				await leaveForLists(session);
				await act(session, 'app.back');
				await session.waitFor((lines) => rowOf(lines, names[2]) !== undefined);
				await filter(session, name);
				await session.waitFor((lines) => rowOf(lines, name)?.isSelected === true);
			}
			await act(session, 'container.shell');
			await session.waitFor((lines) => hasStatus('Portside')(lines) && hasPrompt(lines));
			await run(session, `clear; hostname; echo "tab $((${index} + 1))"`, shows(`tab ${index + 1}`));
		}
		// one of the five prints when nobody looks
		await run(session, '(while [ ! -e /go ]; do sleep 0.05; done; clear; echo "la$((1))te") &', hasPrompt);
		await leave(session);
		const tabs = ['tab 5', 'tab 1', 'tab 2', 'tab 3', 'tab 4'];
		for (const tab of tabs.slice(1)) {
			await act(session, 'terminal.next');
			await session.waitFor(shows(new RegExp(`^${tab}$`, 'm')));
			const shown = inside(await session.screen()).join('\n');
			for (const other of tabs) if (other !== tab) expect(shown).not.toMatch(new RegExp(`^${other}$`, 'm'));
		}
		await engine.docker('exec', names[1], 'touch', '/go');
		await session.waitFor(hasTab('•'));
		await act(session, 'terminal.next');
		await session.waitFor(shows('la1te'));
		await session.waitFor((lines) => !tabsIn(lines).includes('•'));
		await act(session, 'terminal.previous');
		await session.waitFor(shows(/^tab 4$/m));
		// from anywhere back into the one in front
		await act(session, 'terminal.back');
		await act(session, 'app.details');
		await session.waitFor(detailsOf(names[1]));
		await act(session, 'app.terminals');
		await session.waitFor(shows(/^tab 4$/m));
		await run(session, 'clear; hostname');
		expect(inside(await session.screen())[0]).toBe((await containers.inspect(names[0], '.Id')).slice(0, 12));
	});

	test('run a command with what was asked for, and tell how it ended', async () => {
		const name = await containers.run('run');
		session = await openAt(engine, name);
		const ask = async () => {
			await act(session, 'container.exec');
			await session.waitFor(`Run a command in ${name}`);
			await session.waitFor('> command:');
		};
		const next = async (label: string) => {
			await act(session, 'question.next');
			await session.waitFor(new RegExp(`> .*${label}`));
		};
		await ask();
		session.type('ls -l /');
		await session.waitFor(`$ docker exec -it ${name} ls -l /`);
		await act(session, 'question.yes');
		await session.waitFor(hasTab(`${name}: ls (exit 0)`));
		await session.waitFor(shows(/^d.* etc$/m));
		await actAfterEnd(session, 'terminal.close');
		await session.waitFor(detailsOf(name));

		// without a terminal, and with a code
		await ask();
		session.type("sh -c 'tty; echo to-stderr >&2; exit 3'");
		await next('with a terminal');
		await act(session, 'question.turn');
		await session.waitFor('[ ] with a terminal');
		await session.waitFor(`$ docker exec ${name} sh -c`);
		await act(session, 'question.yes');
		await session.waitFor(hasTab(`${name}: sh (exit 3)`));
		// they come through two pipes, of which the engine reads either first
		await session.waitFor(shows(/^not a tty$/m));
		await session.waitFor(shows(/^to-stderr$/m));
		await actAfterEnd(session, 'terminal.close');
		await session.waitFor(detailsOf(name));

		// what was typed before, as another user, elsewhere, with an environment
		await ask();
		await act(session, 'question.older');
		await session.waitFor(/command: +sh -c 'tty; /);
		await act(session, 'question.older');
		await session.waitFor(/command: +ls -l \/▏/);
		await act(session, 'question.newer');
		await session.waitFor(/command: +sh -c 'tty; /);
		await session.press('ctrl+u');
		session.type("sh -c 'id -un; pwd; echo $WORD $OTHER'");
		await next('with a terminal');
		await next('user');
		session.type('nobody');
		await next('working folder');
		session.type('/tmp');
		await next('environment');
		session.type("WORD='two words' OTHER=한국");
		await session.waitFor(/\$ docker exec -it -u nobody -w \/tmp -e 'WORD=two words' -e '?OTHER=한국'?/);
		await act(session, 'question.yes');
		await session.waitFor(shows(/^nobody\n\/tmp\ntwo words 한국$/m));
		await session.waitFor(hasTab('(exit 0)'));
		await actAfterEnd(session, 'terminal.close');
		await session.waitFor(detailsOf(name));

		// one that is not there, and one that is chosen with its shell and user
		await ask();
		session.type('no-such-program');
		await act(session, 'question.yes');
		await session.waitFor(hasTab('(exit 127)'));
		await actAfterEnd(session, 'terminal.close');
		await session.waitFor(detailsOf(name));
		await act(session, 'container.choose-shell');
		await session.waitFor('(•) ash');
		await act(session, 'question.turn');
		await session.waitFor('(•) sh');
		await next('user');
		session.type('nobody');
		await session.waitFor(`$ docker exec -it -u nobody ${name} sh`);
		await act(session, 'question.yes');
		await session.waitFor(hasTab(`${name}: sh`));
		await session.waitFor((lines) => lastOf(lines).endsWith('$'));
		await session.waitFor((lines) => actionLineIn(lines).includes(`opened a shell in ${name}`));
	});
});
