// Programs that run by themselves and write lines as time passes. Lines are made when somebody looks, never by an idle timer.

import { type Container, isAlive, logOf } from './container.ts';
import type { StreamNumber } from './frames.ts';
import { addLine } from './logs.ts';
import { isHarmless, type Launch, type Running } from './process.ts';
import { later } from './timers.ts';
import { newStamp, type World } from './world.ts';

export type Spoken = { text: string; stream?: StreamNumber };
export type Daemon = {
	/** How `docker top` shows it and its children. */
	titles: string[];
	user?: string;
	/** One line every so often; undefined for a silent program. */
	everyMs?: number;
	say?: (index: number, at: Date) => Spoken;
	opening?: (at: Date) => Spoken[];
	closing?: (at: Date) => Spoken[];
	/** Exit code by signal; signals that are not here do nothing to a first process. */
	exits: Record<number, number>;
	/** Ends by itself after this long, with that code. */
	lives?: { ms: number; code: number };
	load: Load;
};
/** Cores, megabytes and bytes per second that stats are made of. */
export type Load = {
	cpu: number;
	wobble: number;
	memory: number;
	network: number;
	disk: number;
	processes: number;
};

/** What a running daemon has said so far. */
export type Chat = {
	daemon: Daemon;
	said: number;
	isOpen: boolean;
	write(stream: StreamNumber, text: string, at?: number): void;
};

const catchUpLimit = 400;

/** Milliseconds a container has really run since its start: time spent paused does not count. */
export const activeMs = (world: World, container: Container): number => {
	if (!isAlive(container)) return 0;
	const until = container.status === 'paused' ? container.pausedAt : world.now();
	return Math.max(0, until - container.startedAt - container.pausedFor);
};

/** Writes every line that is due by now, with the time it was due at. */
export const catchUp = (world: World, container: Container): void => {
	const chat = container.main?.chat;
	const { everyMs, say } = chat?.daemon ?? {};
	if (!chat?.isOpen || !everyMs || !say) return;
	const due = Math.floor(activeMs(world, container) / everyMs);
	chat.said = Math.max(chat.said, due - catchUpLimit);
	while (chat.said < due) {
		const at = container.startedAt + container.pausedFor + (chat.said + 1) * everyMs;
		const { text, stream } = say(chat.said, new Date(at));
		chat.said++;
		chat.write(stream ?? 1, `${text}\n`, at);
	}
};

export const startDaemon = (launch: Launch, daemon: Daemon): { running: Running; chat: Chat } => {
	const { world, container } = launch;
	const chat: Chat = {
		daemon,
		said: 0,
		isOpen: true,
		write: (stream, text, at) => {
			const bytes = Buffer.from(text);
			const stamp =
				at === undefined
					? newStamp(world)
					: BigInt(Math.floor(at)) * 1_000_000n + BigInt(chat.said % 1000) * 1037n;
			if (container.main?.chat !== chat) return launch.write(stream, bytes);
			addLine(logOf(container), {
				stamp,
				stream,
				bytes: container.config.Tty ? Buffer.from(text.replaceAll('\n', '\r\n')) : bytes,
			});
			for (const output of [...container.outputs]) output(stream, bytes);
		},
	};
	let finish = (_code: number) => {};
	const exited = new Promise<number>((resolve) => {
		finish = resolve;
	});
	const end = (code: number) => {
		catchUp(world, container);
		chat.isOpen = false;
		for (const line of code === 137 ? [] : (daemon.closing?.(new Date(world.now())) ?? []))
			chat.write(line.stream ?? 1, `${line.text}\n`);
		finish(code);
	};
	if (daemon.lives && !world.isFrozen) {
		const { ms, code } = daemon.lives;
		const check = () => {
			if (!chat.isOpen) return;
			const left = ms - activeMs(world, container);
			if (left <= 0 && container.status === 'running') end(code);
			else later(world.timers, Math.max(1000, left), check);
		};
		later(world.timers, ms, check);
	}
	const signal = (number: number) => {
		const code =
			number === 9
				? 137
				: (daemon.exits[number] ?? (launch.isFirst || isHarmless(number) ? undefined : 128 + number));
		if (code === undefined) return;
		// Even the fastest program takes a moment to tidy up.
		if (number === 9) end(137);
		else later(world.timers, 60, () => chat.isOpen && end(code));
	};
	return { running: { exited, signal, input: () => {}, endInput: () => {} }, chat };
};

/** The lines a program begins with, dated at its start. */
export const speakOpening = (container: Container): void => {
	const chat = container.main?.chat;
	for (const { text, stream } of chat?.daemon.opening?.(new Date(container.startedAt)) ?? [])
		chat?.write(stream ?? 1, `${text}\n`, container.startedAt);
};
