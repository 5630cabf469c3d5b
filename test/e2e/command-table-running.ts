// The command table, from `docker version` to what is done to running containers.
import { expect } from 'vitest';
import type { Table } from './command-table.ts';
import { act, actionLineIn, containersIn, isShown, rowsIn } from './driving.ts';
import { hasPrompt, hasTab, run, shows, tabsIn } from './inside.ts';
import {
	asksLine,
	choose,
	chooseImage,
	confirm,
	fillIn,
	freePort,
	journalEnd,
	openRunForm,
	runLine,
	toList,
	transferIn,
	turnTo,
} from './tutorial.ts';

export function runningRows(table: Table) {
	const { engine, row, web, open, inspect, exists } = table;
	const { docker } = engine;
	const page = async (port: number | string) => (await fetch(`http://${table.address}:${port}/`)).text();

	row('docker version', async () => {
		const session = await open();
		await act(session, 'app.version');
		const text = (await session.waitFor('Enter closes')).join('\n');
		expect(text).toContain('$ docker version');
		const [version, api] = (await docker('version', '--format', '{{.Server.Version}} {{.Server.APIVersion}}'))
			.trim()
			.split(' ');
		expect(text).toMatch(/Client {2}Portside \d+\.\d+\.\d+, speaks API \d\.\d+/);
		expect(text).toContain(` ${version?.split('+')[0]}, knows API ${api}`);
	});

	row('docker run IMAGE [COMMAND]', async () => {
		const session = await open();
		const line = "docker run busybox sh -c 'echo said; exit 3'";
		await runLine(session, line);
		const lines = await session.waitFor(shows('has ended: exit 3'));
		const [, name = ''] = /╭ (\S+): run \(exit 3\)/.exec(tabsIn(lines)) ?? [];
		table.container('run', name);
		await session.waitFor(shows('said'));
		await journalEnd(session, line);
		await choose(session, name);
		await session.waitFor((shown) => containersIn(shown).some(({ text }) => text.includes('Exited (3)')));
		expect(await inspect(name, '.State.Status')).toBe('exited');
		expect(await inspect(name, '.State.ExitCode')).toBe('3');
		expect(await docker('logs', name)).toBe('said\n');
	});

	row('docker run -it --name N IMAGE sh', async () => {
		const session = await open();
		const name = table.container('shell');
		const line = `docker run -it --name ${name} busybox sh`;
		await runLine(session, line);
		await session.waitFor(hasTab(`${name}: run`));
		await session.waitFor(hasPrompt);
		await run(session, 'echo made > /made');
		expect(await inspect(name, '.State.Status')).toBe('running');
		expect(await docker('exec', name, 'cat', '/made')).toBe('made\n');
		await run(session, 'exit', shows('has ended: exit 0'));
		await session.waitFor(isShown(name, '○'));
		expect(await inspect(name, '.State.Status')).toBe('exited');
		await toList(session, 'containers');
		await journalEnd(session, line);
	});

	row('docker run -d --name N IMAGE', async () => {
		const session = await open();
		const name = table.container('back');
		await chooseImage(session, web);
		await openRunForm(session);
		await session.waitFor('It exposes 80/tcp, which nobody reaches until it is published');
		await fillIn(session, 'name', name);
		const line = `docker run -d --name ${name} ${table.prefix}${web}:latest`;
		await confirm(session, line);
		await session.waitFor(isShown(name, '●'));
		await journalEnd(session, line);
		expect(await inspect(name, '.State.Status')).toBe('running');
		expect(await inspect(name, '.HostConfig.PublishAllPorts')).toBe('false');
	});

	row('docker run -d --rm --name N IMAGE', async () => {
		const session = await open();
		const name = table.container('once');
		const line = `docker run -d --rm --name ${name} ${web}`;
		await runLine(session, line);
		await session.waitFor(isShown(name, '●'));
		await journalEnd(session, line);
		await choose(session, name);
		await act(session, 'container.kill');
		await confirm(session, `docker kill ${name}`);
		await session.waitFor(isShown(name, undefined));
		expect(await exists(name)).toBe(false);
	});

	row('docker run -d -P --name N IMAGE', async () => {
		const session = await open();
		const name = table.container('anyport');
		await openRunForm(session);
		await fillIn(session, 'image', web);
		await fillIn(session, 'name', name);
		await turnTo(session, 'runs', 'in the background');
		await turnTo(session, 'all exposed ports', true);
		const line = `docker run -d --name ${name} -P ${web}`;
		await confirm(session, line);
		await session.waitFor(isShown(name, '●'));
		const port = await inspect(name, '(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort');
		await toList(session, 'ports');
		await session.waitFor((lines) =>
			rowsIn(lines, 'Ports').some(({ text }) => text.includes(`${port} → ${name}:80/tcp`)),
		);
		await journalEnd(session, line);
		expect(await page(port)).toBe('served\n');
	});

	row('docker run -d -p 8080:80 --name N IMAGE', async () => {
		const session = await open();
		const name = table.container('chosen');
		const port = await freePort();
		const line = `docker run -d --name ${name} -p ${port}:80 ${web}`;
		await runLine(session, line);
		await session.waitFor(isShown(name, '●'));
		await journalEnd(session, line);
		expect(await inspect(name, '(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort')).toBe(
			String(port),
		);
		expect(await page(port)).toBe('served\n');
	});

	row('docker run IMAGE that is not here: pulled first', async () => {
		const image = await table.remoteImage('missing', '1');
		const session = await open();
		const name = table.container('fetched');
		const line = `docker run -d --name ${name} ${image}`;
		await runLine(session, line);
		await session.waitFor(isShown(name, '●'), { timeout: 20_000 });
		await act(session, 'app.transfers');
		const { layers } = transferIn(await session.waitFor(/Pulled .*missing:1/));
		const states = layers.map(({ state }) => state);
		expect(states[0]).toBe('Already exists');
		expect(states.slice(1).every((state) => /^(Pull|Download) complete$/.test(state))).toBe(true);
		await toList(session, 'containers');
		await journalEnd(session, `docker pull ${image}`);
		await journalEnd(session, line);
		expect(await inspect(name, '.Config.Image')).toBe(image);
		expect(await inspect(name, '.State.Status')).toBe('running');
	});

	row('docker ps, docker ps -a, docker container ls --all', async () => {
		const [up, down] = [table.container('up'), table.container('down')];
		await docker('run', '--detach', '--name', up, 'busybox', 'sleep', '100000');
		await docker('run', '--name', down, 'busybox', 'true');
		const session = await open();
		await session.waitFor((lines) => isShown(up, '●')(lines) && isShown(down, '○')(lines));
		await session.waitFor((lines) => actionLineIn(lines).startsWith(' $ docker ps -a '));
		await act(session, 'list.stopped');
		await session.waitFor((lines) => isShown(up, '●')(lines) && isShown(down, undefined)(lines));
		await session.waitFor((lines) => actionLineIn(lines).startsWith(' $ docker ps '));
		expect(actionLineIn(await session.screen())).not.toContain('docker ps -a');
		await act(session, 'list.stopped');
		await session.waitFor(isShown(down, '○'));
		expect(await docker('ps', '--format', '{{.Names}}')).not.toContain(down);
	});

	row('docker start N, docker restart N, docker stop N', async () => {
		const name = table.container('turns');
		await docker('create', '--stop-signal', 'KILL', '--name', name, 'busybox', 'sleep', '100000');
		const session = await open();
		await choose(session, name);
		const started = () => inspect(name, '.State.StartedAt');
		await act(session, 'container.start');
		await session.waitFor(isShown(name, '●'));
		await journalEnd(session, `docker start ${name}`);
		const first = await started();
		await act(session, 'container.restart');
		await journalEnd(session, `docker restart ${name}`);
		expect(await started()).not.toBe(first);
		await act(session, 'container.stop');
		await session.waitFor(isShown(name, '○'));
		await journalEnd(session, `docker stop ${name}`);
		expect(await inspect(name, '.State.Status')).toBe('exited');
	});

	row('docker attach N', async () => {
		const name = table.container('joined');
		await docker('run', '--detach', '--interactive', '--tty', '--name', name, 'busybox', 'sh');
		const session = await open();
		await choose(session, name);
		await act(session, 'container.attach');
		await session.waitFor(hasTab(`${name}: attach`));
		await session.waitFor('Ctrl+P Ctrl+Q');
		await session.press('enter');
		await session.waitFor(hasPrompt);
		await run(session, 'echo joined > /joined');
		await session.press('ctrl+p', 'ctrl+q');
		await session.waitFor(`Detached: ${name} goes on running.`);
		await toList(session, 'containers');
		await journalEnd(session, `docker attach ${name}`);
		expect(await docker('exec', name, 'cat', '/joined')).toBe('joined\n');
		expect(await inspect(name, '.State.Status')).toBe('running');
	});

	row('docker exec N ls -l, docker exec -it N sh', async () => {
		const name = table.container('inner');
		await docker('run', '--detach', '--name', name, 'busybox', 'sleep', '100000');
		const session = await open();
		await choose(session, name);
		await act(session, 'container.exec');
		await session.waitFor(`Run a command in ${name}`);
		await fillIn(session, 'command', 'ls -l');
		await turnTo(session, 'with a terminal', false);
		await confirm(session, `docker exec ${name} ls -l`);
		await session.waitFor(hasTab(`${name}: ls (exit 0)`));
		await session.waitFor(shows(/drwx.* etc/));
		await toList(session, 'containers');
		await journalEnd(session, `docker exec ${name} ls -l`);

		await act(session, 'container.choose-shell');
		await session.waitFor(`Open a shell in ${name}`);
		await turnTo(session, 'shell', 'sh');
		await confirm(session, `docker exec -it ${name} sh`);
		await session.waitFor(hasPrompt);
		await run(session, 'echo here > /here');
		await run(session, 'exit 4', hasTab(`${name}: sh (exit 4)`));
		await toList(session, 'containers');
		await journalEnd(session, `docker exec -it ${name} sh`);
		expect(await docker('exec', name, 'cat', '/here')).toBe('here\n');
	});

	row('docker rm N', async () => {
		const name = table.container('gone');
		await docker('run', '--name', name, 'busybox', 'true');
		const session = await open();
		await choose(session, name);
		await act(session, 'container.remove');
		await session.waitFor(asksLine(`docker rm ${name}`));
		await act(session, 'question.yes');
		await session.waitFor(isShown(name, undefined));
		await journalEnd(session, `docker rm ${name}`);
		expect(await exists(name)).toBe(false);
	});

	row('docker port N, and EXPOSE without -p', async () => {
		const [published, exposed] = [table.container('pub'), table.container('exp')];
		await docker('run', '--detach', '--publish', '80', '--name', published, web);
		await docker('run', '--detach', '--name', exposed, web);
		const port = await inspect(published, '(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort');
		const session = await open();
		await session.waitFor((lines) => isShown(published, '●')(lines) && isShown(exposed, '●')(lines));
		await toList(session, 'ports');
		const shown = (text: RegExp) => (lines: string[]) =>
			rowsIn(lines, 'Ports').some((one) => one.isSelected && text.test(one.text));
		const seek = async (name: string, text: RegExp) => {
			await act(session, 'list.first');
			for (let tries = 0; tries < 60 && !shown(text)(await session.screen()); tries++)
				await act(session, 'list.down');
			await session.waitFor(
				(lines) => shown(text)(lines) && actionLineIn(lines).startsWith(` $ docker port ${name} `),
			);
		};
		await seek(published, new RegExp(`^${port} → ${published}:80/tcp`));
		await seek(exposed, new RegExp(`— → ${exposed}:80/tcp +not published`));
		expect(await docker('port', published)).toContain(`80/tcp -> 0.0.0.0:${port}`);
		expect(await docker('port', exposed)).toBe('');
	});
}
