// Which program opens an address, and where there is none in front of the person.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { browserCommand, openBrowser } from '../source/browser.ts';
import { until } from './actions/player.ts';

const url = 'http://localhost:8080/?a=1&b=$(x)';

it.each([
	['linux', { DISPLAY: ':0' }, ['xdg-open', url]],
	['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', url]],
	['linux', {}, undefined],
	['linux', { DISPLAY: ':10.0', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, undefined],
	['darwin', {}, ['open', url]],
	['darwin', { SSH_TTY: '/dev/ttys001' }, undefined],
	['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', url]],
])('on %s with %j', (platform, env, command) => {
	expect(browserCommand(url, { platform, env })).toEqual(command);
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
