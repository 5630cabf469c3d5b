// Working in a log on a real engine: followed, left behind, searched, filtered, saved, paged, and of several containers.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, isShown, select, unique } from './driving.ts';

/** Says what is written into its pipe, to stdout, or to stderr what begins with `!`. */
const speaker =
	'rm -f /pipe; mkfifo /pipe; exec 3<> /pipe; echo ready; while read -r line <&3; do case "$line" in !*) echo "$line" >&2;; *) echo "$line";; esac; done';

describeWithEngine('a log', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'portside-logs-'));
	});
	afterEach(async () => {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const open = async (name: string) => {
		session = launchPortside(['--host', engine.host], {
			columns: 220,
			rows: 50,
			env: {
				XDG_STATE_HOME: folder,
				PAGER: `cat > ${folder}/paged`,
				EDITOR: `cp -t ${folder}`,
				VISUAL: undefined,
			},
		});
		await select(session, name);
		await act(session, 'app.logs');
	};

	/** What is inside the details, which stand at the right, with its signs. */
	const inside = (lines: readonly string[]) =>
		lines.flatMap((line) => /[│╮╯]│(.*)│$/.exec(line)?.[1]?.trimEnd() ?? []);
	const isInside = (text: RegExp) => (lines: string[]) => text.test(inside(lines).join('\n'));
	const isGone = (text: RegExp) => (lines: string[]) => !text.test(inside(lines).join('\n'));
	const say = (name: string, ...texts: readonly string[]) =>
		engine.docker(
			'exec',
			name,
			'sh',
			'-c',
			`printf '%s\\n' ${texts.map((text) => `'${text}'`).join(' ')} > /pipe`,
		);
	const textIn = (file: string) =>
		existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
	const counted = (to: number) => [
		'sh',
		'-c',
		`i=1; while [ $i -le ${to} ]; do echo "line $i"; i=$((i+1)); done; ${speaker}`,
	];

	test('is read while it goes on, and followed again', async () => {
		const name = await containers.run('read', [], counted(300));
		await open(name);
		await session.waitFor(isInside(/^>\s+ready$/m));
		await session.waitFor('following');
		await act(session, 'log.page-up');
		await session.waitFor('G follows');
		const before = inside(await session.screen());
		await say(name, ...Array.from({ length: 40 }, (_, index) => `later ${index}`));
		await session.waitFor(/\b8\d newer below · G follows/);
		expect(inside(await session.screen())).toEqual(before);
		await act(session, 'log.page-down', 'log.page-down');
		await session.waitFor(isInside(/── 40 new lines below ──/));
		await act(session, 'log.last');
		await session.waitFor(isInside(/^>\s+later 39$/m));
		await session.waitFor('following');
		await act(session, 'log.first');
		await session.waitFor(isInside(/^>\s+line 1$/m));
	});

	test('is searched, with every hit counted', async () => {
		const name = await containers.run('search', [], counted(300));
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.search');
		await session.waitFor('/▏');
		session.type('line 1.5');
		await session.waitFor(/\/line 1\.5▏ · 10 of 10/);
		await session.waitFor(isInside(/^>\s+line 195$/m));
		await act(session, 'log-search.keep', 'log.older-hit');
		await session.waitFor(isInside(/^>\s+line 185$/m));
		await session.waitFor(/\/line 1\.5 9 of 10/);
		await act(session, 'log.newer-hit', 'log.newer-hit');
		await session.waitFor(isInside(/^>\s+line 105$/m));
	});

	test('is filtered as it comes', async () => {
		const name = await containers.run('filter', [], counted(300));
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.filter');
		session.type('!line [12]');
		await session.waitFor(/filter !line \[12\]▏ · \d+ of 301/);
		await act(session, 'log-filter.keep');
		await session.waitFor(isGone(/line 1\d\d$/m));
		await say(name, 'line 1 is hidden', 'heard');
		await session.waitFor(isInside(/line 300\n.*ready\n.*heard$/m));
		await act(session, 'log.back');
		await session.waitFor(isInside(/line 1 is hidden$/m));
	});

	test('tells errors, JSON and stderr', async () => {
		const name = await containers.run('levels', [], ['sh', '-c', speaker]);
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await say(
			name,
			'{"level":"error","msg":"cannot pay","order":4711}',
			'!to stderr',
			'ERROR plain',
			'and more',
		);
		await session.waitFor(isInside(/^ ✕ .*cannot pay/m));
		await session.waitFor(isInside(/^[ >] ┊!to stderr$/m));
		// The two streams need not come in the order they were written.
		await session.waitFor(isInside(/^ ✕ .*ERROR plain$/m));
		await session.waitFor(isInside(/^[ >] +and more$/m));
		await act(session, 'log.older-error');
		await session.waitFor(isInside(/^>✕ .*ERROR plain$/m));
		await act(session, 'log.older-error');
		await session.waitFor(isInside(/^>✕ .*cannot pay/m));
		await act(session, 'log.fold');
		await session.waitFor(isInside(/^>✕ \{"level":"error","msg":"cannot pay","order":4711\}$/m));
	});

	test('is saved as it was printed, as far as it is shown', async () => {
		const name = await containers.run(
			'save',
			[],
			['sh', '-c', `printf 'a \\033[31mred\\033[0m line\\nanother\\n'; ${speaker}`],
		);
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.save');
		await session.waitFor(/Saved 3 lines as/);
		const files = readdirSync(join(folder, 'portside', 'logs'));
		expect(files).toHaveLength(1);
		expect(files[0]).toMatch(new RegExp(`^${name}-\\d{4}-\\d\\d-\\d\\dT\\d{6}\\.log$`));
		const text = readFileSync(join(folder, 'portside', 'logs', files[0] ?? ''), 'utf8');
		expect(text).toBe('a red line\nanother\nready\n');
	});

	test('is read in the pager and in the editor, and goes on behind them', async () => {
		const name = await containers.run('paged', [], counted(50));
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.pager');
		const lines = [...Array.from({ length: 50 }, (_, index) => `line ${index + 1}`), 'ready', ''];
		await expect.poll(() => textIn('paged'), { timeout: 10_000 }).toBe(lines.join('\n'));
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.editor');
		await expect.poll(() => textIn(`${name}.log`), { timeout: 10_000 }).toBe(lines.join('\n'));
		await session.waitFor(isInside(/ready$/m));
		await say(name, 'and on');
		await session.waitFor(isInside(/and on$/m));
		await act(session, 'log.up');
		await session.waitFor('G follows');
	});

	test('is copied by lines', async () => {
		const name = await containers.run('copied', [], counted(20));
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.up', 'log.select', 'log.up', 'log.up');
		await session.waitFor('3 selected · y copies');
		await act(session, 'log.copy');
		await session.waitFor('copied 3 lines');
		expect(session.clipboard).toBe('line 18\nline 19\nline 20');
	});

	test('is opened line by line, and kept to one of its two streams', async () => {
		const name = await containers.run('opened', [], ['sh', '-c', speaker]);
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		const json = '{"level":"error","order":12345678901234567890,"http":{"status":502}}';
		await say(name, '!only stderr');
		await session.waitFor(isInside(/only stderr$/m));
		await say(name, json);
		await session.waitFor(isInside(/order=12345678901234567890/));
		await act(session, 'log.open');
		await session.waitFor(/ http\.status +502 /);
		await session.waitFor(/ order +12345678901234567890 /);
		await session.waitFor(/ STREAM +stdout /);
		// The line that it names prints just that.
		const [, docker = ''] = /DOCKER +docker (logs .*?) *│/.exec((await session.screen()).join('\n')) ?? [];
		const printed = await engine.docker(...docker.split(' '));
		expect(printed.trim().replace(/^\S+ /, '')).toBe(json);
		await say(name, 'and on');
		await act(session, 'log-line.copy');
		await session.waitFor('copied the line');
		expect(session.clipboard).toBe(json);
		await act(session, 'listing.close');
		await session.waitFor(isInside(/and on$/m));
		await act(session, 'log.source');
		await session.waitFor('stdout only');
		await session.waitFor(isGone(/only stderr$/m));
		await act(session, 'log.source');
		await session.waitFor('stderr only');
		await session.waitFor(isGone(/ready$|and on$/m));
		await session.waitFor(isInside(/^> ┊!only stderr$/m));
	});

	test('of a project is one stream, in the order of the engine, and who comes joins', async () => {
		const project = unique('shop');
		const labels = (service: string) => [
			...['--label', `com.docker.compose.project=${project}`],
			...['--label', `com.docker.compose.service=${service}`],
		];
		const web = await containers.run('web', labels('web'), ['sh', '-c', speaker]);
		const db = await containers.run('db', labels('db'), ['sh', '-c', speaker]);
		await open(web);
		await session.waitFor(isInside(/ready$/m));
		await act(session, 'log.project');
		await session.waitFor(`project ${project}`);
		await session.waitFor(isInside(new RegExp(`${db} +ready$`, 'm')));
		for (let round = 0; round < 4; round++) {
			await say(web, `question ${round}`);
			await say(db, `answer ${round}`);
		}
		await session.waitFor(isInside(/answer 3$/m));
		const order = inside(await session.screen()).flatMap(
			(line) => /(question|answer) \d$/.exec(line)?.[0] ?? [],
		);
		expect(order).toEqual([0, 1, 2, 3].flatMap((round) => [`question ${round}`, `answer ${round}`]));
		const late = await containers.run('late', labels('late'), ['sh', '-c', speaker]);
		await session.waitFor(isInside(new RegExp(`${late} +ready$`, 'm')));
		await engine.docker('restart', '--time', '0', db);
		await session.waitFor(isInside(new RegExp(`answer 3[\\s\\S]*${db} +ready$`, 'm')));
		await act(session, 'log.project');
		await session.waitFor(isGone(/answer 3$/m));
	});

	test('is left for the list when its container is removed', async () => {
		const name = await containers.run('removed', [], ['sh', '-c', speaker]);
		const other = await containers.run('other', [], ['sh', '-c', speaker]);
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		// The second Esc clears the filter that has led to it.
		await act(session, 'log.back', 'app.back');
		await session.waitFor(other);
		await act(session, 'app.logs', 'log.zoom');
		await session.waitGone(other);
		await engine.docker('rm', '-f', name);
		await session.waitFor(`${name} was removed.`);
		await session.waitFor(isShown(other, '●'));
		await act(session, 'list.sort');
		await session.waitGone('was removed.');
	});

	test('goes on when its container is started again', async () => {
		const name = await containers.run('again', [], ['sh', '-c', speaker]);
		await open(name);
		await session.waitFor(isInside(/ready$/m));
		await say(name, 'the first time');
		await session.waitFor(isInside(/the first time$/m));
		await engine.docker('restart', '--time', '0', name);
		await session.waitFor(isInside(/the first time\n ~ It was started again\.\n.*ready$/m));
		await session.waitFor('following');
	});
});
