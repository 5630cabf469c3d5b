// The details of a container on a real engine: log, stats, config, processes and changes are the engine's own.
import { afterEach, expect, test } from 'vitest';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, openTab, select } from './driving.ts';

/** Half a core, and twenty megabytes. */
const busy = 'x=$(head -c 20000000 /dev/zero | tr "\\0" x); while :; do :; done';

/** `12.5MiB` in bytes. */
const bytesOf = (text: string) => {
	const [, number, unit = ''] = /([\d.]+)\s*([KMG]?)i?B/.exec(text) ?? [];
	return Number(number) * 1024 ** ['', 'K', 'M', 'G'].indexOf(unit);
};

describeWithEngine('the details', (engine) => {
	const containers = containersOn(engine);
	let session: Session;
	const open = async (name: string) => {
		session = launchPortside(['--host', engine.host], { columns: 220, rows: 50 });
		await select(session, name);
	};
	afterEach(() => session.close());

	/** The lines inside the details, which stand at the right, without the signs of a log. */
	const inside = (lines: readonly string[]) =>
		lines.map((line) => /[│╮╯]│[ >] *┊?(.*?) *│$/.exec(line)?.[1] ?? '');
	const isInside = (text: RegExp) => (lines: string[]) => text.test(inside(lines).join('\n'));

	test('follow the log, to what is printed now and to the end', async () => {
		const printer =
			'echo first; echo to-stderr >&2; mkfifo /pipe; while read -r line <> /pipe; do echo "$line"; done';
		const name = await containers.run('log', [], ['sh', '-c', printer]);
		await open(name);
		await session.waitFor(isInside(/^first$/m));
		await session.waitFor(isInside(/^to-stderr$/m));
		await session.waitFor('following');
		const say = (text: string) => engine.docker('exec', name, 'sh', '-c', `echo '${text}' > /pipe`);
		await say('printed just now');
		await session.waitFor(isInside(/^printed just now$/m));
		await engine.docker('stop', name);
		await session.waitFor('this is all it said.');
		await engine.docker('start', name);
		await session.waitFor('following');
		await session.waitFor(isInside(/first[\s\S]*printed just now[\s\S]*first/));
	});

	test('do not let the log draw on the screen', async () => {
		const evil = `printf '\\033[2J\\033[H\\033]0;stolen\\007\\033]52;c;c3RvbGVu\\007\\033[?1049lplain \\033[31mred\\r\\n'; sleep 1000`;
		const name = await containers.run('evil', [], ['sh', '-c', evil]);
		await open(name);
		await session.waitFor(isInside(/^plain red$/m));
		expect(session.isAlternate()).toBe(true);
		expect(session.title).not.toContain('stolen');
		expect(session.clipboard).toBeUndefined();
		expect((await session.screen())[0]).toMatch(/^ portside/);
	});

	test('draw CPU and memory as docker stats counts them', async () => {
		const name = await containers.run('busy', ['--cpus', '0.5'], ['sh', '-c', busy]);
		await open(name);
		await openTab(session, 'Stats');
		// a few samples: of the first there is no CPU
		await session.waitFor(isInside(/^CPU +\d+\.\d\d% {2}peak \d+\.\d\d%\n[▁▂▃▄▅▆▇█]{4,}$/m), {
			timeout: 20_000,
		});
		for (const label of ['Memory', 'Net in', 'Net out', 'Disk read', 'Disk write']) {
			await session.waitFor(isInside(new RegExp(`^${label} .*\\n[▁▂▃▄▅▆▇█]{3,}$`, 'm')));
		}
		const differences = [];
		for (let tries = 0; tries < 3; tries++) {
			const answer = await engine.docker(
				'stats',
				'--no-stream',
				'--format',
				'{{.CPUPerc}} {{.MemUsage}}',
				name,
			);
			const [cpu = '', memory = ''] = answer.split(' ');
			const shown = inside(await session.screen()).join('\n');
			const ours = {
				cpu: /^CPU +([\d.]+)%/m.exec(shown)?.[1],
				memory: /^Memory +(\S+)/m.exec(shown)?.[1] ?? '',
			};
			differences.push({
				cpu: Math.abs(Number(ours.cpu) - Number.parseFloat(cpu)),
				memory: Math.abs(bytesOf(ours.memory) / bytesOf(memory) - 1),
			});
			expect(Number.parseFloat(cpu)).toBeGreaterThan(20);
		}
		expect(Math.min(...differences.map(({ cpu }) => cpu)), 'percent').toBeLessThan(8);
		expect(Math.min(...differences.map(({ memory }) => memory)), 'share').toBeLessThan(0.1);
		await engine.docker('stop', name);
		await session.waitFor(isInside(/^It is not running, so it uses nothing\.$/m));
	});

	test('tell what it was made with', async () => {
		const options = [
			...[
				'--env',
				'GREETING=good morning',
				'--label',
				'team=harbour',
				'--workdir',
				'/tmp',
				'--user',
				'nobody',
			],
			...['--volume', '/data', '--publish', '127.0.0.1::80', '--expose', '7000', '--restart', 'on-failure'],
		];
		const name = await containers.run('config', options, ['sleep', '4242']);
		const [, port] = (await engine.docker('port', name, '80')).trim().split(':');
		const address = await containers.inspect(name, '.NetworkSettings.Networks.bridge.IPAddress');
		await open(name);
		await openTab(session, 'Config');
		await session.waitFor(isInside(/^docker inspect$/m));
		const facts: [string, string][] = [
			['Name', name],
			['Id', await containers.inspect(name, '.Id')],
			['Image', 'busybox'],
			['Command', 'sleep 4242'],
			['Folder', '/tmp'],
			['User', 'nobody'],
			['Environment', 'GREETING=good morning'],
			['Labels', 'team=harbour'],
			['Restart', 'on-failure'],
			['Networks', `bridge  ${address}`],
		];
		const text = inside(await session.screen()).join('\n');
		for (const [label, value] of facts) {
			expect(text, label).toMatch(new RegExp(`^${label} +${value.replaceAll('.', '\\.')}$`, 'm'));
		}
		expect(text).toMatch(new RegExp(`127\\.0\\.0\\.1:${port} → 80/tcp`));
		expect(text).toContain('7000/tcp exposed, not published');
		expect(text).toMatch(/^Mounts +volume +[0-9a-f]{64} → \/data$/m);
		// the whole answer of the engine stands below
		await act(session, 'app.details', 'list.last');
		await session.waitFor(isInside(/^\s*"Networks": \{$/m));
	});

	test('list its processes and what changed in its files', async () => {
		const change = 'touch /root/new; rm /etc/group; echo more >> /etc/passwd; exec sleep 4242';
		const name = await containers.run('files', [], ['sh', '-c', change]);
		await open(name);
		await openTab(session, 'Top');
		await session.waitFor(isInside(/^PID .* COMMAND$/m));
		await session.waitFor(isInside(/^\d+ +\d+ +root .* sleep 4242$/m));
		await act(session, 'app.next-tab');
		await session.waitFor(isInside(/^A \/root\/new$/m));
		const shown = inside(await session.screen()).filter((line) => /^[ACD] \//.test(line));
		const told = (await engine.docker('diff', name)).trim().split('\n');
		expect(shown.toSorted()).toEqual(told.toSorted());
		expect(shown).toContain('D /etc/group');
		expect(shown).toContain('C /etc/passwd');
	});
});
