// /containers/…/logs and /stats: what a container says and uses, once or as long as the client stays.

import { type Call, flag, part, type Route, text } from '../call.ts';
import { type Container, findContainer, isAlive, logOf } from '../container.ts';
import { catchUp } from '../daemon.ts';
import { frame } from '../frames.ts';
import type { LogLine } from '../logs.ts';
import { refuse } from '../refusal.ts';
import { statsOf } from '../stats.ts';
import { every } from '../timers.ts';
import { logTime, parseStamp } from '../words.ts';

const one = (call: Call) => findContainer(call.world, part(call, 'id'));

const moment = (call: Call, name: string): bigint => {
	const value = text(call, name);
	return value === ''
		? 0n
		: (parseStamp(value) ??
				refuse(400, `invalid value for "${name}": strconv.ParseInt: parsing "${value}": invalid syntax`));
};

/** Follows everything a container writes until the answer is called. */
export const followLog = (
	call: Call,
	container: Container,
	onLine: (line: LogLine) => void,
): (() => void) => {
	const log = logOf(container);
	log.listeners.add(onLine);
	const stopTicking = every(call.world.timers, 250, () => catchUp(call.world, container));
	return () => {
		log.listeners.delete(onLine);
		stopTicking();
	};
};

export const rawOrFramed = (container: Container): string =>
	container.config.Tty ? 'application/vnd.docker.raw-stream' : 'application/vnd.docker.multiplexed-stream';

const logs = (call: Call): undefined => {
	const { world, response } = call;
	const container = one(call);
	const streams = new Set([...(flag(call, 'stdout') ? [1] : []), ...(flag(call, 'stderr') ? [2] : [])]);
	if (streams.size === 0) refuse(400, 'Bad parameters: you must choose at least one stream');
	const [since, until] = [moment(call, 'since'), moment(call, 'until')];
	const isFollowing = flag(call, 'follow');
	const tail = /^\d+$/.test(text(call, 'tail')) ? Number(text(call, 'tail')) : Number.POSITIVE_INFINITY;
	const { Tty } = container.config;
	const isWanted = (line: LogLine) =>
		streams.has(line.stream) && line.stamp >= since && (until === 0n || line.stamp <= until);
	const write = (line: LogLine) => {
		const bytes = flag(call, 'timestamps')
			? Buffer.concat([Buffer.from(`${logTime(line.stamp)} `), line.bytes])
			: line.bytes;
		response.write(Tty ? bytes : frame(line.stream, bytes));
	};
	response.writeHead(200, call.api >= 42 ? { 'Content-Type': rawOrFramed(container) } : {});
	response.flushHeaders();
	catchUp(world, container);
	const past = logOf(container).lines.filter(isWanted);
	for (const line of tail === 0 ? [] : past.slice(-tail)) write(line);
	if (!isFollowing || !isAlive(container)) {
		response.end();
		return undefined;
	}
	const stop = followLog(call, container, (line) => {
		if (!isWanted(line)) return;
		// A reader that fell a long way behind loses lines, as it does when a real log rotates.
		if (response.writableLength < 8 << 20) write(line);
	});
	const finish = () => {
		stop();
		container.watchers.delete(watcher);
		if (!response.destroyed) response.end();
	};
	// The rest of an unfinished line is written right after the end.
	const watcher = (what: string) => void (what !== 'started' && setImmediate(finish));
	container.watchers.add(watcher);
	response.on('close', finish);
	return undefined;
};

const stats = (call: Call): undefined => {
	const { world, response } = call;
	const container = one(call);
	const isStream = !call.query.has('stream') || flag(call, 'stream');
	const isOneShot = flag(call, 'one-shot');
	response.writeHead(200, { 'Content-Type': 'application/json' });
	response.flushHeaders();
	const write = (sample: number, hasBefore: boolean) =>
		response.write(`${JSON.stringify(statsOf(world, container, sample, hasBefore))}\n`);
	if (!isStream) {
		write(1, !isOneShot && isAlive(container));
		response.end();
		return undefined;
	}
	let sample = 0;
	write(sample, false);
	const stop = every(world.timers, 1000, () => {
		sample++;
		if (response.writableLength < 1 << 20) write(sample, true);
	});
	const finish = () => {
		stop();
		container.watchers.delete(watcher);
		if (!response.destroyed) response.end();
	};
	const watcher = (what: string) => void (what === 'removed' && finish());
	container.watchers.add(watcher);
	response.on('close', finish);
	return undefined;
};

export const streamRoutes: Route[] = [
	['GET', '/containers/:id/logs', logs],
	['GET', '/containers/:id/stats', stats],
];
