// A process inside a container: what `ps` and `docker top` show of it and how a signal reaches it.

import type { Container } from './container.ts';
import type { StreamNumber } from './frames.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

export type Process = {
	pid: number;
	/** Its number as the container sees it: the first process is 1. */
	inside: number;
	parent: number;
	/** The number, inside, of the process that leads its session: a terminal, an exec, the container. */
	session: number;
	user: string;
	argv: string[];
	startedAt: number;
	isStopped?: boolean;
	isDead?: boolean;
	/** Its exit code, for the shell that waits for it. */
	ended?: Promise<number>;
	isTty: boolean;
	/** Number 1 inside the container: it dies only of signals it handles, and of 9. */
	isFirst: boolean;
	signal(number: number): void;
};

/** What a program is started with. */
export type Launch = {
	world: World;
	container: Container;
	pid: number;
	inside: number;
	argv: string[];
	env: Map<string, string>;
	directory: string;
	user: string;
	isTty: boolean;
	isFirst: boolean;
	hasInput: boolean;
	size: { rows: number; columns: number };
	write(stream: StreamNumber, bytes: Buffer): void;
	/** True while the reader cannot keep up. */
	isFull(): boolean;
};

/** A started program. `exited` never rejects. */
export type Running = {
	exited: Promise<number>;
	signal(number: number): void;
	input(bytes: Buffer): void;
	endInput(): void;
};

const names = [
	'',
	'HUP',
	'INT',
	'QUIT',
	'ILL',
	'TRAP',
	'ABRT',
	'BUS',
	'FPE',
	'KILL',
	'USR1',
	'SEGV',
	'USR2',
	'PIPE',
	'ALRM',
	'TERM',
	'STKFLT',
	'CHLD',
	'CONT',
	'STOP',
	'TSTP',
	'TTIN',
	'TTOU',
	'URG',
	'XCPU',
	'XFSZ',
	'VTALRM',
	'PROF',
	'WINCH',
	'IO',
	'PWR',
	'SYS',
];

/** `SIGTERM`, `term` or `15` → 15. */
export const signalNumber = (text: string): number => {
	const number = /^\d+$/.test(text) ? Number(text) : names.indexOf(text.toUpperCase().replace(/^SIG/, ''));
	return number >= 1 && number <= 64 ? number : refuse(400, `invalid signal: ${text}`);
};

/** `HUP` for 1; empty for a number without a name. */
export const signalName = (signal: number): string => names[signal] ?? '';

/** Signals whose default action does not end a process. */
export const isHarmless = (signal: number): boolean => [17, 18, 19, 20, 21, 22, 23, 28].includes(signal);

export const envOf = (container: Container, extra: readonly string[] = []): Map<string, string> => {
	const env = new Map([
		['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
		['HOSTNAME', container.config.Hostname],
		['HOME', '/root'],
	]);
	if (container.config.Tty) env.set('TERM', 'xterm');
	for (const entry of [...(container.config.Env ?? []), ...extra]) {
		const equals = entry.indexOf('=');
		if (equals < 0) env.delete(entry);
		else env.set(entry.slice(0, equals), entry.slice(equals + 1));
	}
	return env;
};
