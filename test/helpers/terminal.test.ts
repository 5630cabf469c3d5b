// The terminal the end-to-end tests stand on.
import { expect, test } from 'vitest';
import { bytesOf } from './keys.ts';
import { launch } from './terminal.ts';

const sh = (script: string, options = {}) =>
	launch('/bin/sh', ['-c', script], { columns: 40, rows: 8, ...options });

test('shows what a program paints and answers what it asks', async () => {
	const session = sh(
		`stty raw -echo; printf 'a\\033[31mred\\033[0m 한글\\033[6n'; head -c 6 | od -c; stty sane; exit 3`,
	);
	await session.waitFor('033');
	expect((await session.screen())[0]).toContain('ared 한글');
	const cells = await session.cells();
	expect(cells[0]?.[1]).toMatchObject({ text: 'r', foreground: 1, background: undefined });
	expect(cells[0]?.[5]).toMatchObject({ text: '한', width: 2 });
	expect(cells[0]?.[6]).toMatchObject({ text: '', width: 0 });
	expect(await session.exit).toEqual({ code: 3, signal: undefined });
	expect(session.bytes).toBeGreaterThan(20);
});

test('knows keys, size, the alternate screen and the cursor', async () => {
	const session = sh(
		`stty -echo; printf '\\033[?1049h\\033[?25lready'; read a; stty size; read b; printf '\\033[?1049l\\033[?25h'`,
	);
	await session.waitFor('ready');
	expect(session.isAlternate()).toBe(true);
	expect(session.cursorHidden()).toBe(true);
	session.resize(60, 10);
	await session.press('x', 'enter');
	await session.waitFor('10 60');
	await session.press('enter');
	await session.exit;
	expect(session.isAlternate()).toBe(false);
	expect(session.cursorHidden()).toBe(false);
	expect(['ctrl+c', 'shift+up', 'alt+x', 'F5', 'A', 'ctrl+space'].map((key) => bytesOf(key))).toEqual([
		'\x03',
		'\x1b[1;2A',
		'\x1bx',
		'\x1b[15~',
		'A',
		'\0',
	]);
	expect(() => bytesOf('hyper')).toThrow('No key is called hyper');
});

test('a wait that fails tells what was on the screen', async () => {
	const session = sh('echo here; exec sleep 60');
	await expect(session.waitFor('there', { timeout: 200 })).rejects.toThrow(
		/200 ms passed.*"there"[\s\S]*here/,
	);
	session.kill('SIGTERM');
	expect(await session.exit).toEqual({ code: 0, signal: 15 });
	await expect(session.waitFor('there')).rejects.toThrow(/ended \(code 0, signal 15\)/);
});
