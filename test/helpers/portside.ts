// Starts the built program in a terminal, with a home folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LaunchOptions, launch } from './terminal.ts';

/** PORTSIDE_NODE runs it under another Node than the tests'. */
export function launchPortside(args: string[] = [], options: LaunchOptions = {}) {
	const home = mkdtempSync(join(tmpdir(), 'portside-home-'));
	const xdg = { XDG_CONFIG_HOME: undefined, XDG_CACHE_HOME: undefined, XDG_STATE_HOME: undefined };
	const docker = { DOCKER_HOST: undefined, DOCKER_CONTEXT: undefined, DOCKER_CONFIG: undefined };
	const session = launch(process.env.PORTSIDE_NODE ?? process.execPath, [resolve('dist/cli.js'), ...args], {
		columns: 120,
		rows: 36,
		...options,
		env: { HOME: home, ...xdg, ...docker, ...options.env },
	});
	void session.exit.then(() => rmSync(home, { recursive: true, force: true }));
	return session;
}
