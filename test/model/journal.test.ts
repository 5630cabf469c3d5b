// The journal as a script that can be run.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellScript } from '../../source/model/journal.ts';
import { after, listed, now } from './things.ts';

const done = (sequence: number, line: string, outcome: 'done' | 'failed', message: string) =>
	[
		{ type: 'began', sequence, line, doing: 'doing', ids: [], at: now },
		{ type: 'finished', sequence, ids: [], outcome, message, at: now },
	] as const;

it('runs what succeeded, and keeps the rest as comments', () => {
	const state = after(
		listed([]),
		...done(1, 'docker stop web', 'done', 'stopped web'),
		...done(2, 'docker rm web', 'failed', 'web is\nrunning'),
		{ type: 'began', sequence: 3, line: "docker start 'a b'", doing: 'starting', ids: [], at: now },
	);
	expect(shellScript(state)).toBe(`#!/bin/sh
# What was done in Portside, as docker lines.
set -e
export DOCKER_HOST=unix:///var/run/docker.sock
docker stop web
# docker rm web   (web is running)
# docker start 'a b'   (starting…)
`);
});

it('is a script that a shell accepts, also when nothing was done', () => {
	for (const state of [
		listed([]),
		after(listed([]), ...done(1, "docker rename web 'it'\\''s'", 'done', '')),
	]) {
		expect(() => execFileSync('sh', ['-n'], { input: shellScript(state) })).not.toThrow();
	}
});
