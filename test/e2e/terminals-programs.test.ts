// Programs inside a container get every key, paint every cell, and leave the screen as they found it.
import { afterEach, expect, test } from 'vitest';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import {
	cellsInside,
	cursorInside,
	hasPrompt,
	hasStatus,
	inside,
	lastOf,
	leave,
	openAt,
	openShell,
	paneIn,
	run,
	shows,
	writeFileIn,
} from './inside.ts';

describeWithEngine('programs in a container', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	afterEach(() => session.close());

	const openIn = async (name: string, options?: Parameters<typeof openAt>[2]) => {
		session = await openAt(engine, name, options);
		await openShell(session, name);
	};
	const textOf = (name: string, path: string) => engine.docker('exec', name, 'cat', path);
	/** A program that shows each line it gets, byte for byte; what is typed is not echoed. */
	const startCat = async (before = '') => {
		await run(session, `clear; stty -echo; printf '${before}ready\\n'; cat -A`, shows(/^ready$/m));
	};
	const endCat = async () => {
		await session.press('ctrl+c');
		await session.waitFor(hasPrompt);
		// nobody echoes it
		await session.settled({ quiet: 80 });
		session.type('stty echo; clear; echo again\r');
		await session.waitFor(shows(/^again\n.* #$/));
	};

	test('vi edits a file, with arrows and Korean text, and gives the screen back', async () => {
		const name = await containers.run('vi');
		await writeFileIn(engine, name, '/poem', 'one\ntwo\nthree\n');
		await openIn(name);
		await run(session, 'clear; echo "before $((40 + 2))"', shows(/^before 42\n\/ #/));
		await run(session, 'vi /poem', shows(/^one\ntwo\nthree\n~\n/));
		expect(inside(await session.screen()).join('\n')).not.toContain('before 42');
		await session.press('down', 'right');
		await session.waitFor(() => session.cursor().y === 3);
		expect(await cursorInside(session)).toEqual({ x: 1, y: 1 });
		session.type('x');
		await session.waitFor(shows(/^one\nto\nthree$/m));
		session.type('o안녕 세계');
		await session.waitFor(shows(/^to\n안녕 세계\nthree$/m));
		await session.press('esc');
		// what comes right behind it would be Alt and that key, for vi too
		await session.waitFor(shows(/^- \/poem .*3\/4/m));
		session.type(':wq\r');
		await session.waitFor(shows(/^before 42\n\/ # vi \/poem\n\/ #$/m));
		expect(await textOf(name, '/poem')).toBe('one\nto\n안녕 세계\nthree\n');
	});

	test('top and less run until they are told to end', async () => {
		const name = await containers.run('less');
		await openIn(name);
		await run(session, 'clear; top', shows(/^Mem: .*\nCPU: /));
		await session.waitFor(shows(/PID +PPID +USER[\s\S]*sleep 100000/));
		session.type('q');
		await session.waitFor(hasPrompt);

		await run(session, 'seq 1 5000 > /numbers; clear; less /numbers', shows(/^1\n2\n3\n/));
		session.type(' ');
		const { rows } = paneIn(await session.screen(), 120);
		await session.waitFor(shows(new RegExp(`^${rows}\n${rows + 1}\n`)));
		session.type('/4321\r');
		await session.waitFor(shows(/^4321\n4322\n/));
		session.type('q');
		await session.waitFor(hasPrompt);
	});

	test('colours and styles of a full-screen program are its own, to the last frame', async () => {
		const name = await containers.run('paint');
		await writeFileIn(
			engine,
			name,
			'/paint',
			`set -- $(stty size); rows=$1; columns=$2
			printf '\\033[?1049h\\033[?25l'
			frame=0; while [ $frame -lt 60 ]; do frame=$((frame + 1))
				printf '\\033[H'
				row=1; while [ $row -lt $rows ]; do
					printf '\\033[%d;1H\\033[48;5;%dm\\033[38;2;%d;20;30mframe %-5d' $row $((frame + row)) $frame $frame; row=$((row + 1))
				done
			done
			printf '\\033[0m\\033[%d;1H\\033[38;5;208m208\\033[0m\\033[48;2;1;2;3mrgb\\033[0m\\033[1;31mbold\\033[0m\\033[3;4mit\\033[0m\\033[7;9min\\033[0m\\033[%d;%dHX' $rows $rows $columns
			read -r _; printf '\\033[?25h\\033[?1049l'`,
		);
		await openIn(name);
		await run(session, 'clear; sh /paint', shows(/^208rgbbolditin +X$/m));
		expect(session.cursorHidden()).toBe(true);
		const cells = await cellsInside(session);
		const rows = cells.length;
		for (const [y, row] of cells.slice(0, -1).entries()) {
			expect(
				row
					.map(({ text }) => text)
					.join('')
					.trimEnd(),
			).toBe('frame 60');
			for (const cell of row.slice(0, 11)) {
				expect(cell).toMatchObject({ background: 60 + y + 1, foreground: '#3c141e' });
			}
			expect(row[11]?.background).toBe(undefined);
		}
		const last = cells[rows - 1] ?? [];
		expect(last[0]).toMatchObject({ text: '2', foreground: 208, background: undefined });
		expect(last[3]).toMatchObject({ text: 'r', foreground: undefined, background: '#010203' });
		expect(last[6]).toMatchObject({ text: 'b', foreground: 1, bold: true });
		expect(last[10]).toMatchObject({ text: 'i', italic: true, underline: true, bold: false });
		expect(last[12]).toMatchObject({ text: 'i', inverse: true, strikethrough: true });
		expect(last[14]).toMatchObject({ text: ' ', inverse: false });
		session.type('\r');
		await session.waitFor(hasPrompt);
		await session.waitFor(() => !session.cursorHidden());
	});

	test('keys arrive as the program asked for them', async () => {
		const name = await containers.run('keys');
		await openIn(name);
		const typed = async (keys: string[], told: string) => {
			await session.press(...keys, 'enter');
			await session.waitFor((lines) => lastOf(lines) === told);
		};
		await startCat();
		await typed(['up', 'down', 'right', 'left', 'home', 'end'], '^[[A^[[B^[[C^[[D^[[H^[[F$');
		await typed(['f1', 'f5', 'f12'], '^[OP^[[15~^[[24~$');
		await typed(['ctrl+right', 'shift+tab', 'delete', 'pageup'], '^[[1;5C^[[Z^[[3~^[[5~$');
		await typed(['a', 'tab', 'esc', 'b'], 'a^I^[b$');
		await typed(['alt+x', 'ctrl+a', 'ctrl+p', 'ctrl+g'], '^[x^A^P^G$');
		await typed(['q', '?', ':', '/', 'z', '5', 'd'], 'q?:/z5d$');
		await endCat();
		await startCat('\\033[?1h');
		await typed(['up', 'left', 'home'], '^[OA^[OD^[OH$');
		await typed(['ctrl+up'], '^[[1;5A$');
		await endCat();

		// an interrupt goes to what runs, and the shell is there again
		await run(session, "printf '\\033[?1l'; clear; sh -c 'echo sleeps; exec sleep 1000'", shows(/^sleeps$/m));
		await session.press('ctrl+c');
		await session.waitFor(hasPrompt);
		await run(session, 'clear; echo "status $?"', shows(/^status \d/m));
		// and one key is one key, at once: the terminal of the container echoes it
		await run(session, 'clear; cat', shows(/^$/m));
		await session.press('ctrl+p');
		await session.waitFor(shows('^P'));
		await session.press('x', 'ctrl+q', 'y');
		await session.waitFor(shows('^Pxy'));
		await session.press('ctrl+c');
		await session.waitFor(hasPrompt);
	});

	test('wide characters have their columns, and our cursor stands where theirs does', async () => {
		const name = await containers.run('wide');
		await openIn(name);
		await run(session, 'clear; cat', (lines) => lastOf(lines) === '');
		session.type('안녕 x');
		await session.waitFor(shows('안녕 x'));
		expect(await cursorInside(session)).toEqual({ x: 6, y: 0 });
		expect(session.cursorHidden()).toBe(false);
		const [row = []] = await cellsInside(session);
		expect(row.slice(0, 7).map(({ text, width }) => [text, width])).toEqual([
			['안', 2],
			['', 0],
			['녕', 2],
			['', 0],
			[' ', 1],
			['x', 1],
			[' ', 1],
		]);
		session.type('\r');
		await session.waitFor(shows(/^안녕 x\n안녕 x$/m));
		expect((await session.screen()).slice(2, 4).every((line) => line.endsWith('│'))).toBe(true);
		await session.press('ctrl+c');
		await session.waitFor(hasPrompt);
		// a wide character that has no room at the edge goes to the next line, and the edge stays
		const { columns, left } = paneIn(await session.screen(), 120);
		await run(session, `clear; printf '%${columns - 1}s'; echo 끝`, shows(/^끝$/m));
		const cells = await session.cells();
		for (const y of [2, 3]) expect(cells[y]?.[left + columns]?.text).toBe('│');
	});

	test('what is pasted is text: with markers for those who asked, and never a key of ours', async () => {
		const name = await containers.run('paste');
		await openIn(name);
		const leaveKey = '\x1d';
		await startCat();
		session.paste(`first\nq${leaveKey}second\n`);
		await session.waitFor(shows(/^first\$\nq\^\]second\$$/m));
		expect(hasStatus('Portside')(await session.screen())).toBe(true);
		await endCat();
		await startCat('\\033[?2004h');
		session.paste('marked');
		await session.press('enter');
		await session.waitFor(shows(/^\^\[\[200~marked\^\[\[201~\$$/m));
		session.paste('evil\x1b[201~reboot');
		await session.press('enter');
		await session.waitFor(shows('reboot'));
		expect(lastOf(await session.screen())).toBe('^[[200~evil[201~reboot^[[201~$');
		await endCat();
		await run(session, "printf '\\033[?2004l'; clear");
		await startCat();
		const long = '가나다라마바사'.repeat(100);
		session.paste(`${Array.from({ length: 200 }, (_, line) => `${line} ${long.slice(0, 40)}`).join('\n')}\n`);
		await session.waitFor(shows(/^199 /m));
		await endCat();
	});

	test('the mouse is reported to those who asked, in their own columns', async () => {
		const name = await containers.run('mouse');
		await openIn(name);
		const mouse = () => session.terminal.modes.mouseTrackingMode;
		await startCat();
		const { left, top } = paneIn(await session.screen(), 120);
		expect(mouse()).toBe('none');
		session.click(left + 4, top + 2);
		session.type('nothing\r');
		await session.waitFor(shows(/^nothing\$$/m));
		await endCat();

		await startCat('\\033[?1000h\\033[?1006h');
		await session.waitFor(() => mouse() === 'vt200');
		session.click(left + 4, top + 2);
		session.click(5, 5);
		session.wheel(left, top, 'up');
		session.click(left - 1, top);
		session.type('\r');
		await session.waitFor(shows(/^\^\[\[<0;5;3M\^\[\[<0;5;3m\^\[\[<64;1;1M\$$/m));
		await leave(session);
		await session.waitFor(() => mouse() === 'none');
		await session.press('enter');
		await session.waitFor(() => mouse() === 'vt200');
		await endCat();
		await run(session, "printf '\\033[?1000l\\033[?1006l'", () => mouse() === 'none');
	});
});
