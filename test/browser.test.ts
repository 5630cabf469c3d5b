// Which program opens an address, and where there is none in front of the person.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { browserCommands, openBrowser } from '../source/browser.ts';
import { until } from './actions/player.ts';

const url = 'http://localhost:8080/?a=1&b=$(x)';

const xdg = ['xdg-open', url];

it.each([
	['linux', { DISPLAY: ':0' }, [xdg]],
	['linux', { WAYLAND_DISPLAY: 'wayland-0' }, [xdg]],
	['linux', {}, []],
	['linux', { DISPLAY: ':10.0', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', BROWSER: 'firefox' }, []],
	['darwin', {}, [['open', url]]],
	['darwin', { SSH_TTY: '/dev/ttys001' }, []],
	['win32', {}, [['rundll32', 'url.dll,FileProtocolHandler', url]]],
	['linux', { BROWSER: 'firefox' }, [['firefox', url]]],
	[
		'linux',
		{ BROWSER: '"/opt/my browser" --new  --url=%s -x', DISPLAY: ':0' },
		[['/opt/my browser', '--new', `--url=${url}`, '-x'], xdg],
	],
	[
		'linux',
		{ BROWSER: 'firefox:w3m %s' },
		[
			['firefox', url],
			['w3m', url],
		],
	],
	['linux', { BROWSER: ' :"open' }, []],
])('on %s with %j', (platform, env, commands) => {
	expect(browserCommands(url, { platform, env })).toEqual(commands);
});

it('is started with the address as it is, or told to be missing', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'portside-browser-'));
	const path = process.env.PATH;
	onTestFinished(() => {
		process.env.PATH = path;
		rmSync(folder, { recursive: true });
	});
	const around = { platform: 'linux', env: { DISPLAY: ':0' } };
	process.env.PATH = folder;
	expect(await openBrowser(url, around)).toBe(false);
	writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${folder}/opened\n`);
	chmodSync(join(folder, 'xdg-open'), 0o755);
	expect(await openBrowser(url, around)).toBe(true);
	const read = () => {
		try {
			return readFileSync(join(folder, 'opened'), 'utf8');
		} catch {
			return '';
		}
	};
	await until(() => read() === url);
});

it('is the next one where the first is not there or fails', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'portside-browser-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const script = (name: string, text: string) => {
		writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
		chmodSync(join(folder, name), 0o755);
		return join(folder, name);
	};
	const failing = script('failing', 'exit 3');
	const good = script('good', `printf %s "$2" > ${folder}/opened`);
	const around = (BROWSER: string) => ({ platform: 'linux', env: { BROWSER } });
	expect(await openBrowser(url, around(`${folder}/none:${failing}:${good} --tab %s`))).toBe(true);
	expect(readFileSync(join(folder, 'opened'), 'utf8')).toBe(url);
	expect(await openBrowser(url, around(failing))).toBe(false);
});
