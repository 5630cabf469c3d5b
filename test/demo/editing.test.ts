// The prompt: editing a line, history, completion, jobs, and the programs that run in front of it.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoEngine, startDemo } from '../../source/demo/start.ts';
import { openExec } from './screen.ts';

let engine: DemoEngine;
beforeEach(async () => {
	engine = await startDemo({ frozen: true });
});
afterEach(() => engine.close());

const bash = async (size?: [number, number]) => {
	const shell = await openExec(engine.socketPath, 'web', ['bash'], size);
	await shell.ends('apache2#');
	shell.type('cd /\r');
	await shell.ends('root@web:/#');
	return shell;
};

test('a line is edited in its middle, also with wide characters', async () => {
	const shell = await bash();
	shell.type('echo 안녕 세계\x1b[D\x1b[D\x1b[D\x7f!');
	await shell.shows('echo 안! 세계');
	shell.type('\x01\x1b[C\x1b[C\x1b[C\x1b[C\x1b[C[\x05]\r');
	await shell.shows('echo [안! 세계]');
	shell.type('\x15echo one two three\x17\x17\x1b[Hecho a; \x1b[F;\r');
	await shell.shows(/\na\none\n/);
	shell.type('gone\x15echo kept\x0b\x02\x02\x0b\x19\x19\r');
	await shell.shows(/\nkeptpt\n/);
	shell.type('\x0c');
	await expect.poll(() => shell.text()).toBe('root@web:/#');
});

test('a long line goes over several rows and back', async () => {
	const shell = await bash([10, 30]);
	shell.type(`echo ${'abcdefghij'.repeat(5)}`);
	await shell.shows(/^root@web:\/# echo abcdefghijabc\ndefghijabcdefghijabcdefghijabc\ndefghij$/m);
	shell.type('\x01\x1b[1;5C\x1b[3~X');
	await shell.shows(/echoXabcdefghijabc\ndefghij/);
	shell.type('\x05\x15');
	await expect.poll(() => shell.text().split('\n').at(-1)).toBe('root@web:/#');
});

test('history comes back with the arrows and with Ctrl+P and Ctrl+N', async () => {
	const shell = await bash();
	shell.type('echo first\recho second\r');
	await shell.shows(/\nsecond\n/);
	shell.type('\x1b[A\x1b[A!\r');
	await shell.shows(/\nfirst!\n/);
	shell.type('\x10\x10\x0e?\r');
	await shell.shows(/\nfirst!\?\n/);
	shell.type('history\r');
	await shell.shows(/4 {2}echo first!\n/);
});

test('Tab completes commands, files and folders, and shows the choices', async () => {
	const shell = await bash();
	shell.type('ba\tsen\x15who\t\r');
	await shell.shows(/\nroot\n/);
	shell.type('cat /etc/os\tX\x7f\r');
	await shell.shows('bookworm');
	shell.type('ls /usr/lo\tapa\tht\t\r');
	await shell.shows(/\nindex\.html\n/);
	shell.type('cat /etc/h\t\t');
	await shell.shows(/hosts\s/);
});

test('jobs go on in the background, are stopped and brought back, and die of kill', async () => {
	const shell = await bash();
	shell.type('sleep 500 &\rjobs\r');
	await shell.shows(/\[1\]\+ {2}Running {17}sleep 500 &/);
	shell.type('sleep 600\r');
	await shell.shows(/# sleep 600$/m);
	shell.type('\x1a');
	await shell.shows(/\^Z\n\[2\]\+ {2}Stopped {17}sleep 600/);
	shell.type('kill %1\r\r');
	await shell.shows(/\[1\][+-] {2}Terminated/);
	shell.type('fg\r');
	await shell.shows(/fg\nsleep 600$/);
	shell.type('\x03');
	await shell.ends('root@web:/#');
	shell.type('echo $?; jobs; exit 7\r');
	await shell.ended();
	expect(await shell.inspect()).toMatchObject({ Running: false, ExitCode: 7 });
});

test('pasted text waits for Enter, and a loop goes over several lines', async () => {
	const shell = await bash();
	shell.type('\x1b[200~echo pasted\x1b[201~');
	await shell.ends('# echo pasted');
	shell.type('\rfor x in a b\r');
	await shell.ends('>');
	shell.type('do echo "<$x>"; done\r');
	await shell.shows(/<a>\n<b>\n/);
});

test('vi writes a file, asks before it loses one, and leaves the screen as it was', async () => {
	const shell = await bash();
	shell.type('cd /tmp; clear\r');
	await shell.ends('root@web:/tmp#');
	shell.type('vi note\r');
	await shell.shows('"note" [New]');
	expect([shell.isAlternate(), shell.hasApplicationKeys()]).toEqual([true, true]);
	shell.type('ione\rtwo\rthree\x1b');
	await shell.shows(/^one\ntwo\nthree\n~/);
	shell.type('kddxx:w\r');
	await shell.shows('2L, 8B written');
	shell.type('\x1bOAxahi 안녕\x1b');
	await shell.shows(/^onhi 안녕\nthe/);
	await shell.resize(10, 40);
	await expect.poll(() => shell.lines().filter((line) => line === '~')).toHaveLength(7);
	shell.type(':q\r');
	await shell.shows('No write since last change');
	shell.type(':wq\r');
	await shell.shows('# vi note');
	expect(shell.isAlternate()).toBe(false);
	shell.type('clear; cat note\r');
	await shell.shows('onhi 안녕\nthe\n');
});

test('less goes through a text and finds what is in it', async () => {
	const shell = await bash([6, 40]);
	shell.type('seq 1 1000 | less\r');
	await shell.shows('1\n2\n3\n4\n5\n:');
	shell.type(' ');
	await shell.shows('6\n7\n8\n9\n10\n:');
	shell.type('G');
	await shell.shows('996\n997\n998\n999\n1000\n(END)');
	shell.type('g/77\r');
	await shell.shows(/^77\n78/);
	shell.type('bq');
	await shell.ends('root@web:/#');
});

test('top follows the size of its window, and q ends it', async () => {
	const shell = await bash();
	shell.type('sleep 77 &\rtop\r');
	await shell.shows(/ {2}PID {2}PPID USER/);
	await shell.shows(/\d+ {4,5}\d+ root {5}S .* sleep 77/);
	await shell.resize(6, 50);
	await expect.poll(() => shell.lines().filter(Boolean)).toHaveLength(6);
	shell.type('q');
	await shell.ends('root@web:/#');
});
