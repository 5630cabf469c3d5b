// Output that comes in masses or means harm: all of it is shown, and none of it leaves its pane.
import { afterEach, expect, test } from 'vitest';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, containersIn } from './driving.ts';
import {
	around,
	hasPrompt,
	hasStatus,
	inside,
	lastOf,
	leave,
	leaveForLists,
	openAt,
	openShell,
	paneIn,
	run,
	shows,
	writeFileIn,
} from './inside.ts';

const evil: Record<string, string> = {
	title: '\x1b]0;stolen\x07\x1b]2;stolen\x1b\\\x1bkstolen\x1b\\',
	clipboard: '\x1b]52;c;c3RvbGVu\x07\x1b]52;c;?\x07',
	device:
		'\x1bP+q544e\x1b\\\x1bPq#0;2;0;0;0#0~~\x1b\\\x1b_Gf=24;AAAA\x1b\\\x1b^private\x1b\\\x1bXstring\x1b\\',
	eight: '\x9b2J\x9d0;stolen\x9c\x90q\x9c\x84\x85\x88\x8d\x8e\x8f',
	far: '\x1b[999;999HX\x1b[1;1HX\x1b[999A\x1b[999C\x1b[999DX\x1b[9999999999;1HX\x1b[-1;-1H',
	region: '\x1b[5;10r\x1b[?6h\x1b[99SX\x1b[99TX\x1b[?69h\x1b[3;9s\x1b[99L\x1b[99MX\x1b[r\x1b[?6l',
	modes: '\x1b[?1049h\x1b[?47h\x1b[?1h\x1b[?25l\x1b[?7l\x1b[?3h\x1b[?5h\x1b[?2026h\x1b=\x1b[>1u\x1b[?1049l',
	sets: '\x1b(0lqqk\x0e\x1b)0\x1b#8\x1bc\x1b[!p\x1b[20h\x1b[4h',
	wide: `${'한'.repeat(200)}\u202e${'a\u0301\u0302\u0303\u0304\u0305'.repeat(40)}\u200d👩‍👩‍👧‍👦🇰🇷`,
	unfinished: '\x1b[38;2;1;2\r\n\x1b]0;',
};

/** The same bytes every time. */
const noise = (length: number): Buffer => {
	let seed = 0x2545f491;
	return Buffer.from(
		Array.from({ length }, () => {
			seed ^= seed << 13;
			seed ^= seed >>> 17;
			seed ^= seed << 5;
			return seed & 0xff;
		}),
	);
};

describeWithEngine('output', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	afterEach(() => session.close());
	const openIn = async (name: string) => {
		session = await openAt(engine, name);
		await openShell(session, name);
	};

	test('that means harm stays in its pane', async () => {
		const name = await containers.run('evil');
		for (const [kind, text] of Object.entries(evil))
			await writeFileIn(engine, name, `/${kind}`, Buffer.from(text).toString('latin1'));
		await writeFileIn(engine, name, '/noise-seed', noise(64_000).toString('latin1'));
		await engine.docker('exec', name, 'sh', '-c', 'for i in $(seq 16); do cat /noise-seed; done > /noise');
		await openIn(name);
		await run(session, 'clear; stty sane');
		const frame = async () =>
			(await around(session)).map((row) =>
				row
					.slice(0, 12)
					.concat(row.slice(-1))
					.map(({ text }) => text)
					.join(''),
			);
		const before = await frame();
		const title = session.title;
		for (const kind of [...Object.keys(evil), 'noise']) {
			// what it answers must not be taken for a command, and what it leaves on must not last
			await session.settled({ quiet: 80 });
			session.type(
				`sh -c 'cat /${kind}; sleep 0.1; printf "\\033\\134\\030\\033c"; stty sane; timeout 0.1 cat >/dev/null'; clear; echo "af"ter-${kind}\r`,
			);
			await session.waitFor(shows(new RegExp(`^after-${kind}\n.* #$`)), { timeout: 20_000 });
			expect(await frame(), kind).toEqual(before);
			expect(session.title, kind).toBe(title);
			expect(session.clipboard, kind).toBeUndefined();
			expect(session.isAlternate(), kind).toBe(true);
			expect(session.terminal.modes.mouseTrackingMode, kind).toBe('none');
		}
		await session.settled();
		await run(session, 'clear; echo "all $((1 + 1))"', shows(/^all 2\n/));
		await leave(session);
		await leaveForLists(session);
		await session.waitFor((lines) => containersIn(lines)[0]?.isSelected === true);
	}, 60_000);

	test('without end leaves the keyboard free, and can be interrupted', async () => {
		const name = await containers.run('yes');
		const other = await containers.run('yes');
		await openIn(name);
		await run(session, 'yes', shows(/^y\ny\ny\n/m));
		await leave(session);
		await leaveForLists(session);
		await act(session, 'app.back');
		await session.waitFor((lines) => containersIn(lines).some((row) => row.name === other));
		for (const step of ['list.last', 'list.first', 'list.last'] as const) {
			await act(session, step);
			const at = step === 'list.last' ? -1 : 0;
			await session.waitFor((lines) => containersIn(lines).at(at)?.isSelected === true, { timeout: 2000 });
		}
		await act(session, 'app.terminals');
		await session.waitFor(hasStatus('Portside'));
		await session.press('ctrl+c');
		await session.waitFor(hasPrompt, { timeout: 3000 });
		await run(session, 'clear; echo "free $((1 + 1))"', shows(/^free 2$/m));
	});

	test('in masses is complete, can be searched, marked and copied', async () => {
		const name = await containers.run('seq');
		await openIn(name);
		await run(session, 'clear; seq 1 200000', (lines) =>
			/\n200000\n.* #$/.test(inside(lines).join('\n').trimEnd()),
		);
		const { rows } = paneIn(await session.screen(), 120);
		const last = Array.from({ length: rows - 1 }, (_, index) => String(200000 - rows + 2 + index));
		expect(inside(await session.screen()).slice(0, -1)).toEqual(last);
		expect(lastOf(await session.screen())).toBe('/ #');

		await leave(session);
		await act(session, 'terminal.search');
		session.type('196543');
		await session.waitFor(hasStatus('/196543'));
		await act(session, 'search.keep');
		await session.waitFor(shows(/^196543$/m));
		await act(session, 'terminal.line-start', 'terminal.mark-lines', 'terminal.down', 'terminal.down');
		await session.waitFor(hasStatus('y copy · Esc unmark'));
		await act(session, 'terminal.copy');
		await session.waitFor('copied 3 lines');
		expect(session.clipboard?.trimEnd()).toBe('196543\n196544\n196545');
		await act(session, 'terminal.first');
		await session.waitFor(shows(/^195\d\d\d$/m));
		await act(session, 'terminal.last');
		await session.waitFor(shows(/^200000$/m));
		// characters, not lines
		await act(
			session,
			'terminal.up',
			'terminal.line-start',
			'terminal.mark',
			'terminal.right',
			'terminal.right',
		);
		await session.waitFor(hasStatus('y copy'));
		await act(session, 'terminal.copy');
		await session.waitFor('copied 1 line');
		expect(session.clipboard).toBe('200');
		await act(session, 'terminal.enter');
		await session.waitFor(hasStatus('Portside'));
		await run(session, 'clear; echo "on $((1 + 1))"', shows(/^on 2$/m));
	});
});
