// The built program from the first frame to the last, on the demo engine: what must work under every Node and anywhere.
import { execFile } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keyLabel } from '../../source/actions/key-label.ts';
import { actions } from '../../source/actions/table.ts';
import { bytesOf } from '../helpers/keys.ts';
import { launchPortside } from '../helpers/portside.ts';
import { launch, type Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { act, actionLineIn, containersIn, filter, isShown, rowsIn, select, unique } from './driving.ts';
import { modesLeft } from './modes.ts';

const node = process.env.PORTSIDE_NODE ?? process.execPath;
const program = resolve('dist/cli.js');
let session: Session;

async function open(args = ['--demo'], options: Parameters<typeof launchPortside>[1] = {}) {
	session = launchPortside(args, options);
	await session.waitFor(isShown('web', '●'));
	// the last line of the first frame
	await session.waitFor(/^ .*q quit *$/m);
}

const selectedIn = (lines: string[], pane: 'Containers' | 'Images' | 'Ports' = 'Containers') =>
	rowsIn(lines, pane).find(({ isSelected }) => isSelected)?.name;

describe('the demo', () => {
	afterEach(() => session.close());

	test('opens with containers, images, ports, details and its name', async () => {
		await open();
		const lines = await session.waitFor('DEMO');
		expect(containersIn(lines).map(({ name }) => name)).toEqual(
			expect.arrayContaining(['web', 'db', 'hello']),
		);
		expect(rowsIn(lines, 'Images').map(({ name }) => name)).toEqual(
			expect.arrayContaining(['httpd', 'redis']),
		);
		expect(
			rowsIn(lines, 'Ports')
				.map(({ text }) => text)
				.join('\n'),
		).toMatch(/8080 +→ web:80\/tcp/);
		expect(lines[0]).toMatch(/portside .*9 running · 1 stopped · 11 images/);
		expect(lines.join('\n')).toMatch(/╭ web ─ Logs {2}Stats {2}Config {2}Top {2}Diff/);
		expect(lines.at(-1)).toMatch(/s stop .*\? help/);
		expect(session.isAlternate()).toBe(true);
		expect(session.cursorHidden()).toBe(true);
	});

	test('moves in the lists and between them', async () => {
		await open();
		const names = containersIn(await session.screen()).map(({ name }) => name);
		const isAt = (index: number) => (lines: string[]) => selectedIn(lines) === names.at(index);
		await session.waitFor(isAt(0));
		await act(session, 'list.down', 'list.down');
		await session.waitFor(isAt(2));
		await act(session, 'list.up');
		await session.waitFor(isAt(1));
		await act(session, 'list.last');
		await session.waitFor(isAt(-1));
		await act(session, 'list.first');
		await session.waitFor(isAt(0));
		await session.press('down');
		await session.waitFor(isAt(1));

		const images = rowsIn(await session.screen(), 'Images');
		await act(session, 'app.images', 'list.down');
		await session.waitFor((lines) => rowsIn(lines, 'Images')[1]?.isSelected === true);
		expect(images[0]?.isSelected).toBe(true);
		await act(session, 'app.next', 'list.down');
		await session.waitFor((lines) => rowsIn(lines, 'Ports')[1]?.isSelected === true);
		await act(session, 'app.containers');
		await session.waitFor(isAt(1));
	});

	test('takes keys that were typed faster than it reads', async () => {
		await open();
		await act(session, 'list.down');
		await session.waitFor((lines) => containersIn(lines)[1]?.isSelected === true);
		session.type(`${bytesOf('tab')}jj`);
		await session.waitFor((lines) => rowsIn(lines, 'Images')[2]?.isSelected === true);
		session.type(
			`/abc${bytesOf('ctrl+u')}redix${bytesOf('backspace')}${bytesOf('backspace')}${bytesOf('enter')}`,
		);
		await session.waitFor('Images 1/12 /red ');
		session.type(`jj${bytesOf('ctrl+c')}`);
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
	});

	test('takes keys that were typed before it was there, and nothing of them stays on the screen', async () => {
		session = launchPortside(['--demo']);
		await session.waitFor(() => session.isAlternate());
		session.type('jj');
		// when a person sees the first row, the program may not read keys yet
		await session.waitFor('web');
		session.type('j');
		const lines = await session.waitFor((lines) => containersIn(lines)[3]?.isSelected === true);
		expect(lines[0]).toMatch(/^ portside/);
		expect(lines.at(-1)).toMatch(/^ .*q quit *$/);
		expect(lines.join('\n')).not.toContain('jj');
	});

	test('explains every key, and closes the explanation', async () => {
		await open();
		await act(session, 'app.help');
		await session.waitFor(/╭─ Keys ─+╮/);
		await session.waitFor('Stop. Asks the main process to end');
		for (let page = 0; page < 40; page++) await act(session, 'help.page-down');
		await session.waitFor('Try again now');
		await act(session, 'help.close');
		await session.waitGone('─ Keys ─');
	});

	test('finds an action in the palette and does it', async () => {
		await open();
		await act(session, 'app.palette');
		await session.waitFor('─ Commands ─');
		session.type('restart');
		await session.waitFor(/: restart▏/);
		await session.waitFor(/> r +Restart +docker restart web/);
		await act(session, 'palette.run');
		await session.waitFor((lines) => /\$ docker restart web +✓ restarted web/.test(actionLineIn(lines)));
	});

	test('filters, says when nothing is left, and clears the filter', async () => {
		await open();
		await filter(session, 'harbour/jobs');
		const lines = await session.waitFor(/Containers 3\/10 \/harbour\/jobs/);
		expect(
			containersIn(lines)
				.map(({ name }) => name)
				.toSorted(),
		).toEqual(['batch', 'paused-job', 'worker']);
		await act(session, 'app.back');
		await session.waitFor(isShown('web', '●'));
		await act(session, 'list.filter');
		await session.waitFor('▏');
		session.type('nosuch');
		await session.waitFor('Nothing has "nosuch".');
		await act(session, 'filter.clear');
		await session.waitFor(isShown('web', '●'));
	});

	test('stops and starts a container, and writes both down in the journal', async () => {
		await open();
		await select(session, 'worker');
		await act(session, 'container.stop');
		await session.waitFor((lines) => /\$ docker stop worker +✓ stopped worker/.test(actionLineIn(lines)));
		await session.waitFor(isShown('worker', '○'));
		await act(session, 'container.start');
		await session.waitFor((lines) => /\$ docker start worker +✓ started worker/.test(actionLineIn(lines)));
		await session.waitFor(isShown('worker', '●'));
		await act(session, 'app.journal');
		await session.waitFor('─ Journal ─');
		await session.waitFor(/✓ \$ docker stop worker[\s\S]*✓ \$ docker start worker/);
		await act(session, 'journal.close');
		await session.waitGone('─ Journal ─');
	});

	test('follows the size of the terminal down to a sentence and back', async () => {
		await open();
		const isFilled = (columns: number, rows: number) => (lines: string[]) =>
			lines.length === rows &&
			lines[0]?.startsWith(' portside') === true &&
			lines.every((line) => line.length <= columns) &&
			lines.slice(1, rows - 2).every((line) => line.length === columns && /^[╭│╰].*[╮│╯]$/.test(line)) &&
			lines.at(-1)?.includes('s stop') === true;

		session.resize(80, 24);
		await session.waitFor(isFilled(80, 24));
		for (const text of ['Containers 10', 'Images 12', 'Ports 4', ' Logs '])
			expect(await session.text()).toContain(text);
		session.resize(60, 15);
		await session.waitFor(isFilled(60, 15));
		expect(await session.text()).toContain('Containers 10');
		session.resize(50, 10);
		await session.waitFor('Portside needs 60×15; this terminal has 50×10.');
		session.resize(200, 60);
		await session.waitFor(isFilled(200, 60));
		session.resize(120, 36);
		await session.waitFor(isFilled(120, 36));
		expect(containersIn(await session.screen())).toHaveLength(10);
	});

	test('changes nothing in read-only mode', async () => {
		await open(['--demo', '--read-only']);
		const lines = await session.waitFor('read-only');
		expect(lines.at(-1)).not.toMatch(/stop|remove|restart/);
		expect(lines.at(-1)).toMatch(/filter/);
		await act(session, 'container.stop', 'container.restart', 'container.force-remove', 'container.prune');
		await act(session, 'app.palette');
		await session.waitFor('─ Commands ─');
		session.type('docker');
		// What only looks has docker lines, too.
		await session.waitFor(/Versions +docker version/);
		expect(await session.text()).not.toMatch(/docker (stop|rm|run|pull|push|login|tag|commit|\w+ prune)\b/);
		await act(session, 'palette.close');
		await session.waitGone('─ Commands ─');
		expect(containersIn(await session.screen()).find(({ name }) => name === 'web')?.sign).toBe('●');
		await act(session, 'app.journal');
		await session.waitFor('Nothing was done yet.');
		await act(session, 'journal.close');
		await session.waitGone('Nothing was done yet.');
		await act(session, 'app.help');
		await session.waitFor('─ Keys ─');
		expect(await session.text()).not.toMatch(/Stop\. |Remove\. |Prune/);
	});
});

describe('the end', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'portside-temporary-'));
	});
	afterEach(async () => {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const openHere = () => open(['--demo'], { env: { TMPDIR: folder } });

	const expectRestored = async () => {
		expect(session.isAlternate()).toBe(false);
		expect(session.cursorHidden()).toBe(false);
		expect(modesLeft(session.output)).toEqual([]);
		const { mouseTrackingMode, bracketedPasteMode } = session.terminal.modes;
		expect({ mouseTrackingMode, bracketedPasteMode }).toEqual({
			mouseTrackingMode: 'none',
			bracketedPasteMode: false,
		});
		// of the frames nothing is left, and nothing was said
		expect((await session.text()).trim()).toBe('');
		expect(readdirSync(folder)).toEqual([]);
	};

	test.each(['q', 'ctrl+c'])('by %s is 0 and restores the terminal', async (key) => {
		await openHere();
		// it reads keys: a Ctrl+C before that is a signal
		await act(session, 'list.down');
		await session.waitFor((lines) => containersIn(lines)[1]?.isSelected === true);
		await session.press(key);
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		await expectRestored();
	});

	test('comes when the terminal is too small to show anything, too', async () => {
		await openHere();
		session.resize(50, 10);
		await session.waitFor('Make it larger, or press q to quit.');
		await act(session, 'app.quit');
		expect(await session.exit).toEqual({ code: 0, signal: undefined });
		await expectRestored();
	});

	test.each(['SIGTERM', 'SIGHUP'])('by %s is 1 and restores the terminal', async (signal) => {
		await openHere();
		session.kill(signal);
		expect(await session.exit).toEqual({ code: 1, signal: undefined });
		await expectRestored();
	});

	test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])(
		'by %s with the first frame restores the terminal',
		async (signal) => {
			session = launchPortside(['--demo'], { env: { TMPDIR: folder } });
			await session.waitFor(() => session.isAlternate());
			session.kill(signal);
			await session.exit;
			await expectRestored();
		},
	);

	test('comes with a sentence where the demo has no folder to put its socket into', async () => {
		session = launchPortside(['--demo'], { env: { TMPDIR: join(folder, 'nowhere') } });
		expect(await session.exit).toEqual({ code: 1, signal: undefined });
		expect(session.isAlternate()).toBe(false);
		expect(modesLeft(session.output)).toEqual([]);
		const said = session.output.replace(/\x1b\[[0-9;?]*[a-z]/gi, '').trim();
		expect(said).toMatch(/^The demo engine did not start: [^\n]*nowhere[^\n]*$/);
	});

	test('by a mistake of ours while a frame is drawn restores the terminal, and says which', async () => {
		const preload = join(folder, 'preload.cjs');
		// Numbers with commas are only written below a log.
		writeFileSync(
			preload,
			`const { replace } = String.prototype;
			String.prototype.replace = function (pattern, ...rest) {
				if (this.length < 6 && pattern instanceof RegExp && pattern.source.endsWith('{3})+$)'))
					throw new Error('no numbers today');
				return replace.call(this, pattern, ...rest);
			};`,
		);
		await open(['--demo'], { env: { TMPDIR: folder, NODE_OPTIONS: `--require=${preload}` } });
		await act(session, 'app.logs');
		expect(await session.exit).toEqual({ code: 1, signal: undefined });
		expect(session.isAlternate()).toBe(false);
		expect(modesLeft(session.output)).toEqual([]);
		expect(readdirSync(folder)).toEqual([basename(preload)]);
		expect((await session.text()).trim()).toMatch(/^Error: no numbers today\n/);
	});

	test('by SIGTERM while the demo starts leaves no folder', async () => {
		// The moment is a matter of a millisecond, so the program itself meets it: when it has just made its folder.
		const own = join(folder, 'own');
		mkdirSync(own);
		const preload = join(folder, 'preload.cjs');
		writeFileSync(
			preload,
			`const { promises } = require('node:fs');
			const { mkdtemp } = promises;
			promises.mkdtemp = async (...words) => {
				const made = await mkdtemp(...words);
				process.stdout.write('made');
				process.kill(process.pid, 'SIGTERM');
				await new Promise((resolve) => setTimeout(resolve, 100));
				return made;
			};
			require('node:module').syncBuiltinESMExports();`,
		);
		session = launchPortside(['--demo'], { env: { TMPDIR: own, NODE_OPTIONS: `--require=${preload}` } });
		expect(await session.exit).toEqual({ code: 1, signal: undefined });
		expect(session.output).toContain('made');
		expect(readdirSync(own)).toEqual([]);
	});

	test('gives the shell back its line, its echo and what was on the screen', async () => {
		const script = 'echo before; "$0" "$1" --demo; echo "code $?"; stty -a';
		session = launch('sh', ['-c', script, node, program], {
			columns: 120,
			rows: 36,
			env: { HOME: tmpdir() },
		});
		await session.waitFor(isShown('web', '●'));
		await act(session, 'app.quit');
		await session.exit;
		const text = await session.text();
		expect(text).toMatch(/^before\ncode 0\n/);
		expect(text).toMatch(/[ ;]icanon\b/);
		expect(text).toMatch(/[ ;\n]echo\b/);
	});
});

describe('the code cache', () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'portside-cache-'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test('that a start leaves behind is what the next one runs from', async () => {
		const own = join(folder, 'cli.js');
		const isCache = (name: string) => name.endsWith('.cache');
		cpSync(dirname(program), folder, { recursive: true, filter: (path) => !isCache(path) });
		const env = { HOME: folder, PATH: process.env.PATH };
		const first = launch(node, [own, '--demo'], { columns: 120, rows: 36, cwd: folder, env });
		await expect.poll(() => readdirSync(folder).some(isCache), { timeout: 10_000 }).toBe(true);
		await first.close();

		const preload = join(folder, 'preload.cjs');
		writeFileSync(
			preload,
			`const vm = require('node:vm');
			vm.Script = class extends vm.Script {
				constructor(...given) {
					super(...given);
					console.log('refused:', this.cachedDataRejected);
				}
			};`,
		);
		const { stdout } = await promisify(execFile)(node, ['--require', preload, own, '--version']);
		expect(stdout).toContain('refused: false');
		expect(stdout).not.toContain('refused: true');
	});
});

describe('the command line', () => {
	type Answer = { code: number; stdout: string; stderr: string };
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'portside-bin-'));
		symlinkSync(program, join(folder, 'portside'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** Through a pipe and the symbolic link, from the folder of the link. */
	const portside = (...args: string[]) =>
		new Promise<Answer>((answer) => {
			const env = { ...process.env, HOME: folder, PATH: `${dirname(node)}:${process.env.PATH}` };
			execFile(
				join(folder, 'portside'),
				args,
				{ cwd: folder, env, timeout: 20_000 },
				(error, stdout, stderr) => answer({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
			);
		});

	test('prints the keys of every action', async () => {
		const { code, stdout } = await portside('keys');
		expect(code).toBe(0);
		const lines = stdout.split('\n');
		for (const { keys, title, help } of actions.filter(({ keys }) => keys.length > 0)) {
			const line = lines.find(
				(each) => each.endsWith(`${title}. ${help}`) && each.includes(keyLabel(keys[0] ?? '')),
			);
			expect(line, title).toBeDefined();
		}
	});

	test('prints its help and its version', async () => {
		const help = await portside('--help');
		expect(help).toMatchObject({ code: 0, stderr: '' });
		for (const flag of [
			'--host',
			'-H',
			'--demo',
			'--read-only',
			'--all',
			'-a',
			'--version',
			'portside keys',
		]) {
			expect(help.stdout).toContain(flag);
		}
		const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
		expect(await portside('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
	});

	test.each([
		['--nosuch', /--nosuch/],
		['nosuch', /no command nosuch.*--help/],
	])('refuses %s', async (word, words) => {
		const { code, stdout, stderr } = await portside(word);
		expect(code).toBe(2);
		expect(stdout).toBe('');
		expect(stderr).toMatch(words);
		expect(stderr).not.toMatch(/^ +at /m);
	});

	test('wants a terminal, and says so to a pipe', async () => {
		const { code, stdout, stderr } = await portside('--demo');
		expect(code).toBe(1);
		expect(stdout).toBe('');
		expect(stderr).toMatch(/^Portside needs a terminal.*\n$/);
	});

	test('opens from another folder through a symbolic link', async () => {
		const env = { HOME: folder, PATH: `${dirname(node)}:${process.env.PATH}` };
		const linked = launch(join(folder, 'portside'), ['--demo'], { columns: 120, rows: 36, cwd: folder, env });
		await linked.waitFor(isShown('web', '●'));
		await act(linked, 'app.quit');
		expect((await linked.exit).code).toBe(0);
		await linked.close();
	});
});

describeWithEngine('a real engine', (engine) => {
	test('is found through DOCKER_HOST and shown', async () => {
		const name = unique('smoke');
		await engine.docker('run', '--detach', '--name', name, 'busybox', 'sleep', '1000');
		session = launchPortside([], { env: { DOCKER_HOST: engine.host } });
		try {
			await session.waitFor(/portside {2}● local · Docker \d+/);
			await session.waitFor(name);
			await act(session, 'app.quit');
			expect(await session.exit).toEqual({ code: 0, signal: undefined });
		} finally {
			await session.close();
			await engine.docker('rm', '--force', name);
		}
	});
});
