// Logs of a real engine as they are followed: whole, in order, each line once, whatever becomes of the container.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { logText } from '../../source/actions/log/lines.ts';
import { type LogRotation, rotationOf } from '../../source/engine/log/files.ts';
import type { ContainerDetail, LogLine } from '../../source/model/items.ts';
import type { State } from '../../source/model/state.ts';
import { type Dockerd, startDockerd } from '../helpers/dockerd.ts';
import { describeWithDockerd } from '../helpers/with-engine.ts';
import { breaks, type Following, startFollowing } from './followed-log.ts';

/** Goes on counting after a restart. */
const counter =
	'n=$(cat /n 2>/dev/null || echo 0); while :; do echo line $n; n=$((n+1)); echo $n > /new; mv /new /n; usleep 2000; done';

/** What follows a line without a gap. */
const nextTo = (text: string) => new RegExp(`line ${Number(text.slice(5)) + 1}$`);

describeWithDockerd('the log of a container', () => {
	let dockerd: Dockerd;
	let following: Following;

	const run = (name: string, script: string, ...words: string[]) =>
		dockerd.docker('run', '--detach', '--init', '--name', name, ...words, 'busybox', 'sh', '-c', script);

	/** What it printed was not seen as it came. */
	async function ended(name: string, script: string): Promise<void> {
		await following.stop();
		await dockerd.docker('run', '--name', name, 'busybox', 'sh', '-c', script);
		following = startFollowing(dockerd.host);
	}

	beforeAll(async () => {
		dockerd = await startDockerd({ name: 'logs' });
	}, 60_000);
	afterAll(() => dockerd?.stop());
	beforeEach(() => {
		following = startFollowing(dockerd.host);
	});
	afterEach(async () => {
		await following.stop();
		const ids = (await dockerd.docker('ps', '--all', '--quiet')).split('\n').filter(Boolean);
		if (ids.length > 0) await dockerd.docker('rm', '--force', ...ids);
	}, 60_000);

	const corpus = [
		'안녕하세요, 세계! 로그가 깨지지 않습니다.',
		'👩‍👩‍👧‍👦 emoji 🇰🇷 ✅',
		'\x1b[31mred\x1b[0m and \x1b[1;38;5;208mbold orange\x1b[0m',
		'{"level":"error","msg":"연결 실패","port":5432}',
		'',
		'   leading and trailing   ',
	];
	const encoded = Buffer.from(`${corpus.join('\n')}\n`).toString('base64');

	it.each([
		['pipes', [], 'stdout'],
		['a terminal', ['--tty'], 'tty'],
	] as const)('has all that was printed, of %s', async (_, words, source) => {
		// Bytes that are no UTF-8, a line of a megabyte, and an end without a newline.
		const script = [
			`echo ${encoded} | base64 -d`,
			"printf '\\377\\376\\200ok\\n'",
			"yes é | head -n 520000 | tr -d '\\n'; echo",
			"printf 'no end'",
		].join('; ');
		await run('corpus', script, ...words);
		await following.select('corpus');
		await following.until('it is over', ({ known }) => known.log?.ended.size === 1);
		expect(following.state().known.log?.older).toBe('none');
		const texts = following.texts();
		expect(texts.slice(0, corpus.length)).toEqual(corpus);
		expect(texts[corpus.length]).toBe('\ufffd\ufffd\ufffdok');
		const long = texts[corpus.length + 1] ?? '';
		expect([long.length, long.replace(/^é+$/, '')]).toEqual([520_000, '']);
		expect(texts.slice(corpus.length + 2)).toEqual(['no end']);
		expect(new Set(following.lines().map((line) => line.source))).toEqual(new Set([source]));
	});

	it.each([
		['pipes', []],
		['a terminal', ['--tty']],
	] as const)('is saved byte for byte, but for what a terminal would obey, of %s', async (_, words) => {
		const odd = [
			...corpus,
			'a\ttab\t',
			'10%\r20%\rdone',
			'\ufeffbyte order mark, soft\u00adhyphen, \u2764\ufe0f, zero\u200bwidth, \u202edirwkcab\u202c',
			'데이터'.normalize('NFD'),
			'\x1b]0;never ended, \x1b[1mbold\x1b[0m',
		];
		const bytes = Buffer.from(`${odd.join('\n')}\n`).toString('base64');
		await run('odd', `echo ${bytes} | base64 -d`, ...words);
		await following.select('odd');
		await following.until('it is over', ({ known }) => known.log?.ended.size === 1);
		const { log } = following.state().known;
		const saved = log ? [...logText(following.state(), log)].join('') : '';
		const told = await dockerd.docker('logs', 'odd');
		expect(told).toContain('\x1b[31mred');
		expect(saved).toBe(
			told
				.replaceAll('\r\n', '\n')
				.replace(/\x1b\[[\d;]*m/g, '')
				.replace('\x1b]', ''),
		);
	});

	it('goes on after restarts, and after the engine was killed, with each line once', async () => {
		await run('counter', counter);
		await following.select('counter');
		const grown = async (by: number) => {
			const from = following.numbers().at(-1) ?? 0;
			await following.until('more was logged', () => (following.numbers().at(-1) ?? 0) > from + by);
		};
		await grown(50);
		for (let round = 0; round < 2; round++) {
			await dockerd.docker('restart', '--time', '0', 'counter');
			await grown(50);
		}
		await dockerd.kill();
		await dockerd.start();
		await dockerd.docker('start', 'counter');
		await grown(50);
		await dockerd.docker('stop', '--time', '0', 'counter');
		await following.until('it is over', ({ known }) => known.log?.ended.size === 1);
		const all = (await dockerd.docker('logs', '--timestamps', 'counter')).trim().split('\n');
		const isNote = ({ note }: LogLine) => note !== undefined;
		const lines = following.lines().filter((line) => !isNote(line));
		expect(lines.map(({ stamp, text }) => `${stamp} ${text}`)).toEqual(all);
		const notes = following.lines().filter(isNote).slice(0, 2);
		expect(notes.map(({ note }) => note)).toEqual(Array(2).fill('It was started again.'));
	}, 90_000);

	it('is read back to its first line, and on to its newest', async () => {
		await ended('long', 'i=0; while [ $i -lt 5500 ]; do echo line $i; i=$((i+1)); done');
		await following.select('long');
		await following.until('it has lines', () => following.numbers().length === 1000);
		const log = () => following.state().known.log;
		expect(log()?.older).toBe('more');
		for (let page = 0; page < 8 && log()?.older !== 'none'; page++) {
			following.send({ type: 'log-older-wanted' });
			await following.until('a page was read', () => log()?.older !== 'loading');
		}
		expect(log()?.older).toBe('none');
		expect(following.numbers()).toHaveLength(5500);
		expect(breaks(following.numbers())).toEqual([]);
	});

	it('is looked through for what is not in memory, as far back as it is', async () => {
		await ended('needle', 'echo needle; seq 0 20000 | sed "s/^/line /"');
		await following.select('needle');
		await following.until('it has lines', () => following.numbers().length === 1000);
		following.send({ type: 'log-viewed', news: { search: 'needle' } });
		following.send({ type: 'log-quest', quest: 'hit' });
		await following.until('it is found', ({ logView }) => logView.place !== undefined);
		const { known, logView } = following.state();
		expect(known.log?.quest).toBeUndefined();
		expect(logView.place?.cursor).toBe(known.log?.ring.dropped);
		expect(following.texts()[0]).toBe('needle');
		expect(breaks(following.numbers())).toEqual([]);
	});

	it('keeps no more than it may while one reads far back, and loses nothing', async () => {
		await ended('far', 'seq 0 55000 | sed "s/^/line /"');
		await following.select('far');
		await following.until('it has lines', () => following.numbers().length === 1000);
		const log = () => following.state().known.log;
		for (let page = 0; page < 60 && log()?.older !== 'none'; page++) {
			following.send({ type: 'log-older-wanted' });
			await following.until('a page was read', () => log()?.older !== 'loading');
		}
		expect(following.numbers()[0]).toBe(0);
		expect(following.numbers().length).toBeLessThanOrEqual(50_000);
		expect(log()?.newer).toBe('more');
		for (let page = 0; page < 60 && log()?.newer !== 'none'; page++) {
			following.send({ type: 'log-newer-wanted' });
			await following.until('a page was read', () => log()?.newer !== 'loading');
		}
		expect(following.numbers().at(-1)).toBe(55_000);
		expect(breaks(following.numbers())).toEqual([]);
		following.send({ type: 'log-newest-wanted' });
	}, 60_000);

	it('of several is one, in the order of the stamps, and who comes later joins', async () => {
		const project = ['--label', 'com.docker.compose.project=shop'];
		const script = 'i=0; while :; do echo line $i; i=$((i+1)); usleep 3000; done';
		await run('one', script, ...project);
		await run('two', script, ...project);
		await following.select('one');
		following.send({ type: 'log-scope-chosen', scope: { kind: 'project', name: 'shop' } });
		const ids = () => new Set(following.lines().map(({ container }) => container));
		await following.until('both are there', () => ids().size === 2 && following.lines().length > 300);
		await run('three', script, ...project);
		await following.until('a third one is there', () => ids().size === 3);
		const before = following.lines().length;
		await following.until('more is there', () => following.lines().length > before + 300);
		const lines = following.lines();
		const stamps = lines.map(({ stamp }) => stamp);
		expect(stamps).toEqual(stamps.toSorted());
		const notes = () => following.texts().filter((text) => text.startsWith('It '));
		await dockerd.docker('stop', '--time', '0', 'two');
		await following.until('its end is told', () => notes().length === 1);
		await dockerd.docker('start', 'two');
		await following.until('its start is told', () => notes().length === 2);
		expect(notes()).toEqual(['It ended.', 'It was started again.']);
		for (const id of ids()) {
			const numbers = lines
				.filter(({ container }) => container === id)
				.map(({ text }) => Number(text.slice(5)));
			expect(breaks(numbers)).toEqual([]);
			expect(numbers[0]).toBe(0);
		}
	}, 60_000);

	it('of a driver that cannot be read is a sentence', async () => {
		await run('mute', 'echo hello; sleep 1000', '--log-driver', 'none');
		await following.select('mute');
		await following.until('it is over', ({ known }) => known.log?.ended.size === 1);
		expect([...(following.state().known.log?.failures.values() ?? [])].join()).toContain('log driver');
	});

	it('of several has the last words of those that are removed as they end', async () => {
		const project = ['--label', 'com.docker.compose.project=brief'];
		await run('stays', 'sleep 1000', ...project);
		await following.select('stays');
		following.send({ type: 'log-scope-chosen', scope: { kind: 'project', name: 'brief' } });
		const names = Array.from({ length: 6 }, (_, index) => `brief-${index}`);
		for (const name of names)
			await run(name, `sleep 1.${name.at(-1)}; echo one ${name}; echo last ${name}`, '--rm', ...project);
		const gone = ({ containers }: State) =>
			![...containers.values()].some(({ name }) => names.includes(name));
		await following.until('all were there', ({ known }) => (known.log?.ids.length ?? 0) > 1);
		await following.until('all are gone', gone);
		const said = names.flatMap((name) => [`one ${name}`, `last ${name}`]);
		const texts = () => following.texts().filter((text) => text !== 'It ended.');
		await following.until('all has been told', () => texts().length >= said.length);
		expect(texts().toSorted()).toEqual(said.toSorted());
		expect([...(following.state().known.log?.failures.values() ?? [])]).toEqual([]);
	}, 60_000);

	it.each([
		['json-file', '-json.log'],
		['local', 'local-logs/container.log'],
	])('of %s takes as many bytes on disk as its lines say', async (driver, file) => {
		const script = `echo ${encoded} | base64 -d; echo ${encoded} | base64 -d >&2; echo '<a href="\\t">&</a>'`;
		const words = ['--log-driver', driver, '--log-opt', 'max-size=1m'];
		const id = (await run('counted', script, ...words)).trim();
		await following.select('counted');
		await following.until('it is over', ({ known }) => known.log?.ended.size === 1);
		expect(following.lines()).toHaveLength(2 * corpus.length + 1);
		const detail = following.state().known.containers.get(id) as ContainerDetail;
		const { fileBytes, bytesOf } = rotationOf(detail) as LogRotation;
		expect(fileBytes).toBe(1_000_000);
		const folder = join(dockerd.folder, 'data/containers', id);
		const path = join(folder, file.startsWith('-') ? `${id}${file}` : file);
		expect(following.lines().reduce((sum, line) => sum + bytesOf(line), 0)).toBe(statSync(path).size);
	});

	it('that is rotated has no line twice, and says where lines are missing and nowhere else', async () => {
		const limits = ['--log-opt', 'max-size=10k', '--log-opt', 'max-file=2'];
		// Some at once, and then a pause: a file is full after each second time.
		const script =
			'i=0; while :; do for _ in $(seq 40); do echo line $i; i=$((i+1)); done; usleep 150000; done';
		await run('bursts', script, ...limits);
		await following.select('bursts');
		await following.until(
			'it was rotated many times',
			() => (following.numbers().at(-1) ?? 0) > 2000,
			30_000,
		);
		expect(breaks(following.numbers())).toEqual([]);
		expect(following.lines().filter(({ note }) => note !== undefined)).toEqual([]);
	}, 60_000);

	it('that is rotated under a follower who is late has its gaps, and no line twice', async () => {
		const limits = ['--log-opt', 'max-size=1m', '--log-opt', 'max-file=3'];
		await run('flood', 'seq 0 100000000 | sed "s/^/line /"', ...limits);
		await following.select('flood');
		let gaps = 0;
		await following.until(
			'gaps are told',
			() => {
				const told = following.events.splice(0);
				for (const event of told)
					if (event.type === 'logged') gaps += event.lines.filter(({ note }) => note !== undefined).length;
				return gaps >= 10;
			},
			60_000,
		);
		await dockerd.docker('kill', 'flood');
		const lines = following.lines();
		for (const [index, { note }] of lines.entries()) {
			const [before, behind] = [lines[index - 1], lines[index + 1]];
			if (note === undefined || !before || !behind) continue;
			expect(note).toContain('missing here');
			expect(`${before.text} | ${note} | ${behind.text}`).not.toMatch(nextTo(before.text));
		}
		// It is nearly all of them, unless the machine is busy with something else.
		const missing = breaks(following.numbers());
		const told = lines.filter(({ note }) => note !== undefined);
		expect(told.length * 5, missing.join(', ')).toBeGreaterThanOrEqual(missing.length);
		const numbers = following.numbers();
		expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
	}, 90_000);
});
