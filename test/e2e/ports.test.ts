// The Ports pane on a real engine: everything that has, exposes, wants or shares a port, who has it, and what answers.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { containersOn } from './containers.ts';
import { act, actionLineIn, filter, isShown, rowsIn, select } from './driving.ts';

describeWithEngine('the Ports pane', (engine) => {
	const containers = containersOn(engine);
	const { docker } = engine;
	const servers: Server[] = [];
	let session: Session;
	const open = (columns = 200) => {
		session = launchPortside(['--host', engine.host], {
			columns,
			rows: 45,
			env: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, BROWSER: undefined },
		});
	};
	afterEach(async () => {
		await session.close();
		for (const server of servers.splice(0)) server.close();
	});

	/** So many free ports of the host, one after the other; of the last test's nobody makes use again. */
	let from = 20_000 + (process.pid % 400) * 20;
	const free = async (count = 1): Promise<number> => {
		for (; ; from += count) {
			const open = await Promise.all(
				Array.from({ length: count }, (_, index) => listening(from + index).catch(() => undefined)),
			);
			for (const server of open)
				await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
			if (open.includes(undefined)) continue;
			from += count;
			return from - count;
		}
	};
	const listening = async (port: number, host = '0.0.0.0'): Promise<Server> => {
		const server = createServer().listen(port, host);
		await once(server, 'listening');
		return server;
	};
	/** A program of this machine that is no container. */
	const program = async (port = 0): Promise<number> => {
		const server = await listening(port);
		servers.push(server);
		return (server.address() as AddressInfo).port;
	};

	const texts = (lines: readonly string[]) =>
		rowsIn(lines, 'Ports').map(({ sign, text }) => `${sign} ${text}`);
	const hasPort = (pattern: RegExp) => (lines: string[]) => texts(lines).some((text) => pattern.test(text));
	/** Only the ports of these containers are in the list, the cursor on the first. */
	const only = async (name: string) => {
		await session.waitFor(/^ .*q quit *$/m);
		await act(session, 'app.ports', 'list.filter');
		await session.waitFor('▏');
		session.type(name);
		await session.waitFor(`/${name}▏`);
		await act(session, 'filter.keep');
		await session.waitFor((lines) => !lines.join('').includes('▏') && texts(lines).length > 0);
	};
	/** Nothing follows at once: Esc and the next key would be one. */
	const unfilter = async () => {
		await act(session, 'app.back');
		await session.waitGone(/ Ports \d+\/\d+ \//);
	};
	/** Whatever lies over the panes. */
	const close = async () => {
		await act(session, 'question.cancel');
		await session.waitFor(/^ .*q quit *$/m);
	};
	const create = async (name: string, ...words: string[]) => {
		const own = containers.named(name);
		await docker('create', '--stop-signal', 'KILL', '--name', own, ...words, 'busybox', 'sleep', '100000');
		return own;
	};
	const httpd = (where: string) => [
		'sh',
		'-c',
		`mkdir /w; echo '<title>Hello 안녕</title>' > /w/index.html; exec httpd -f -p ${where} -h /w`,
	];

	test('lists published, random, UDP and exposed ports, ranges in one row, and those on the network of the host', async () => {
		const first = await free(6);
		const name = await containers.run('many', [
			...['-p', `${first}-${first + 3}:7000-7003`],
			...['-p', `127.0.0.1:${first + 4}:53/udp`],
			...['-P', '--expose', '6000', '--expose', '9'],
		]);
		const random = (await docker('port', name, '6000')).trim().split(':').at(-1);
		const host = await containers.run('host', ['--network', 'host', '--expose', '7777']);
		open();
		await only(name);
		await session.waitFor(
			hasPort(new RegExp(`^● +${first}-${first + 3} → ${name}:7000-7003/tcp +all interfaces`)),
		);
		await session.waitFor(
			hasPort(new RegExp(`^● +127\\.0\\.0\\.1:${first + 4} → ${name}:53/udp +this host only`)),
		);
		await session.waitFor(
			hasPort(new RegExp(`^● +${random} → ${name}:6000/tcp +all interfaces +docker-proxy`)),
		);
		await unfilter();
		await only(host);
		await session.waitFor(hasPort(new RegExp(`^○ +7777 → ${host}:7777/tcp +host, nobody listens`)));
		// It comes and goes with its container.
		await docker('rm', '--force', host);
		await session.waitFor((lines) => texts(lines).length === 0);
	});

	test.skipIf(!/00000000000000000000000000000001/.test(readFileSync('/proc/net/if_inet6', 'utf8')))(
		'lists a port on the loopback of IPv6',
		async () => {
			const port = await free();
			const name = await containers.run('six', ['-p', `[::1]:${port}:80`]);
			open();
			await only(name);
			await session.waitFor(hasPort(new RegExp(`^● +\\[::1\\]:${port} → ${name}:80/tcp +this host only`)));
		},
	);

	test('shows what containers that are down would take, and who has it: before they are started, and when they are', async () => {
		const taken = await free(3);
		const web = await containers.run('web', ['-p', `${taken}:80`]);
		const wants = await create('wants', '-p', `${taken}:80`, '-p', `${taken + 1}:81`, '-p', '82');
		open();
		await only(wants);
		await session.waitFor(hasPort(new RegExp(`^! +${taken} → ${wants}:80/tcp +taken by ${web}`)));
		await session.waitFor(hasPort(new RegExp(`^◌ +${taken + 1} → ${wants}:81/tcp +not running`)));
		await session.waitFor(hasPort(new RegExp(`^◌ +any → ${wants}:82/tcp +takes any free one`)));
		await act(session, 'app.containers');
		await select(session, wants);
		await act(session, 'container.start');
		await session.waitFor(`Port ${taken} is taken by ${web}: ${taken + 2} is free.`);
		await act(session, 'question.yes');
		await session.waitFor(new RegExp(`${wants} could not be started\\. Port ${taken} is taken by ${web}`));
		await docker('rm', '--force', web);
		await session.waitFor(hasPort(new RegExp(`^◌ +${taken} → ${wants}:80/tcp +not running`)));
		await act(session, 'container.start');
		await session.waitFor(isShown(wants, '●'));
	});

	test('names the program of the host that has the port', async () => {
		const port = await free(2);
		const wants = await create('wants', '-p', `${port}:80`);
		await program(port);
		const owner = `\\S+ \\(pid ${process.pid}\\)`;
		open();
		await only(wants);
		await session.waitFor(hasPort(new RegExp(`^! +${port} → ${wants}:80/tcp +taken by \\S+`)));
		await act(session, 'app.containers');
		await select(session, wants);
		await act(session, 'container.start');
		await session.waitFor(new RegExp(`Port ${port} is taken by ${owner}: \\d+ is free\\.`));
		await close();
		// The form of run says it, too.
		await act(session, 'app.run');
		await session.waitFor('docker line');
		session.type('\x15');
		session.paste(`docker run -d -p ${port}:80 busybox`);
		await session.waitFor(new RegExp(`Port ${port} is taken by ${owner}: \\d+ is free\\.`));
		await close();
		await docker('start', wants).catch(() => {});
		// And so does the failure of a start that nobody warned of.
		for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
		await docker('start', wants);
		await session.waitFor(isShown(wants, '●'));
		await docker('stop', wants);
		await session.waitFor(isShown(wants, '○'));
		await program(port);
		await act(session, 'container.start');
		// It may have been seen already, as the container stopped only just now.
		await session.waitFor(new RegExp(`Port ${port} is taken by ${owner}`));
		if (/It would not get its port/.test(await session.text())) await act(session, 'question.yes');
		await session.waitFor(new RegExp(`${wants} could not be started\\. Port ${port} is taken by ${owner}`));
	});

	test('says that two want the same port, accuses nobody who is gone, and names who was first', async () => {
		const port = await free(2);
		const one = await create('same-one', '-p', `${port}:80`);
		const two = await create('same-two', '-p', `${port}:80`);
		open();
		await session.waitFor(isShown(one, '◌'));
		await session.waitFor(isShown(two, '◌'));
		await filter(session, 'same-');
		await act(session, 'list.mark-all');
		await session.waitFor('2 marked');
		await act(session, 'container.start');
		await session.waitFor(new RegExp(`: Port ${port} is wanted by \\S+, too: \\d+ is free\\.`));
		await act(session, 'question.yes');
		await session.waitFor(
			new RegExp(`could not be started\\. Port ${port} is taken by (${one}|${two}): \\d+ is free`),
		);
		expect(await session.text()).not.toContain("another engine's");
	});

	test('does not accuse a program that ended', async () => {
		const port = await free(2);
		const wants = await create('wants', '-p', `${port}:80`);
		await program(port);
		open();
		await only(wants);
		await session.waitFor(hasPort(new RegExp(`^! +${port} → ${wants}:80/tcp +taken by \\S+`)));
		await act(session, 'app.containers');
		await select(session, wants);
		for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
		await act(session, 'container.start');
		await session.waitFor(isShown(wants, '●'));
	});

	test('says why nobody reaches a container without a network', async () => {
		const name = await containers.run('lone', ['--network', 'none', '--expose', '81']);
		open();
		await only(name);
		await session.waitFor(hasPort(new RegExp(`^○ +— → ${name}:81/tcp +not reachable: no network`)));
	});

	test('publishes what is only exposed', async () => {
		const port = await free(2);
		const name = await containers.run('shy', ['--expose', `${port}`, '--env', 'KEPT=yes']);
		open();
		await only(name);
		await session.waitFor(hasPort(new RegExp(`^○ +— → ${name}:${port}/tcp +exposed, not`)));
		await act(session, 'port.publish');
		await session.waitFor(`-p ${port}:${port}`);
		await session.waitFor(`docker rm -f ${name} && docker run -d --name ${name} -p ${port}:${port}`);
		await act(session, 'question.yes');
		await session.waitFor(hasPort(new RegExp(`^● +${port} → ${name}:${port}/tcp +all interfaces`)));
		// The cursor went with it, among all the others.
		await unfilter();
		await session.waitFor((lines) =>
			rowsIn(lines, 'Ports').some(({ isSelected, text }) => isSelected && text.includes(name)),
		);
		expect(await docker('port', name)).toContain(`${port}/tcp -> 0.0.0.0:${port}`);
		expect(await containers.inspect(name, 'json .Config.Env')).toContain('KEPT=yes');
	});

	test('tells what answers, and that docker accepts where nothing listens inside', async () => {
		const port = await free(3);
		const good = await containers.run('good', ['-p', `${port}:80`], httpd('80'));
		const empty = await containers.run('empty', ['-p', `${port + 1}:80`]);
		const inner = await containers.run('inner', ['-p', `${port + 2}:80`], httpd('127.0.0.1:80'));
		open();
		await only(good);
		await act(session, 'port.check');
		await session.waitFor(/HTTP +200 OK after [\d.]+ ms/);
		await session.waitFor(/title +Hello 안녕/);
		await session.waitFor(/listens +docker-proxy \(pid \d+\), for the container/);
		await close();
		await session.waitFor(hasPort(new RegExp(`${good}:80/tcp +all interfaces +200 [\\d.]+ ms`)));
		await unfilter();
		await only(empty);
		await act(session, 'port.check');
		await session.waitFor('Published, but nothing listens inside the container on 80');
		await close();
		await unfilter();
		await only(inner);
		await act(session, 'port.check');
		// Where the engine counts processes as we do, it is known; else it is the first thing to think of.
		await session.waitFor(/listens? on 127\.0\.0\.1 only/);
		await close();
		// Without a screen the address is copied.
		await act(session, 'port.open');
		await session.waitFor(`there is none here, so the address was copied: http://localhost:${port + 2}`);
		expect(actionLineIn(await session.screen())).toContain('✓');
	});

	test('checks by itself only when it is told to, and again after something happened', async () => {
		const port = await free();
		const name = await containers.run('web', ['-p', `${port}:80`], httpd('80'));
		open();
		await only(name);
		await session.settled();
		expect((await docker('exec', name, 'sh', '-c', 'cat /proc/net/tcp')).match(/:0050 .* 06 /g)).toBeNull();
		await act(session, 'port.check-by-itself');
		await session.waitFor('checks what is in view, C stops');
		await session.waitFor(hasPort(new RegExp(`${name}:80/tcp +all interfaces +200 `)));
		await act(session, 'port.check-by-itself');
		await session.waitGone('checks what is in view');
	});

	test('looks by itself again at what needs a moment after its start, and forgets it when it stops', async () => {
		const port = await free();
		const slow = ['sh', '-c', 'sleep 2; exec httpd -f -p 80'];
		const name = await containers.run('slow', ['-p', `${port}:80`], slow);
		await docker('kill', name);
		open();
		await only(name);
		await act(session, 'port.check-by-itself');
		await docker('start', name);
		await session.waitFor(hasPort(new RegExp(`${name}:80/tcp +all interfaces +(nothing|closes)`)));
		await session.waitFor(hasPort(new RegExp(`${name}:80/tcp +all interfaces +404 `)));
		await docker('kill', name);
		await session.waitFor(hasPort(new RegExp(`^◌ +${port} → ${name}:80/tcp +not running *$`)));
	});
});
