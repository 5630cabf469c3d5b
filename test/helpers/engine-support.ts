// Whether this machine can run an engine of the tests' own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const programs = [
	'dockerd',
	'docker',
	'containerd',
	'runc',
	'ip',
	'unshare',
	'nsenter',
	'bash',
	'busybox',
	'tar',
];

/** One sentence, or undefined if it can. */
export function whyNoEngine(): string | undefined {
	if (process.platform !== 'linux') return 'dockerd runs on Linux only';
	if (process.getuid?.() !== 0) return 'dockerd must be started by root';
	const missing = programs.filter((name) => !find(name));
	return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

/** With PORTSIDE_REQUIRE_ENGINE=1, tests fail where they would have been skipped for want of an engine. */
export const isEngineRequired = process.env.PORTSIDE_REQUIRE_ENGINE === '1';

export function find(program: string) {
	const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
	return folders.some((folder) => existsSync(join(folder, program)));
}
