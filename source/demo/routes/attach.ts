// /containers/…/attach: joining the main process, before, while and until it runs.

import { announce } from '../announce.ts';
import { type Answer, type Call, flag, part, type Route, text } from '../call.ts';
import { type Container, isAlive, logOf, lookUp, type Outlet } from '../container.ts';
import { catchUp } from '../daemon.ts';
import { parseDetachKeys, watchDetach } from '../detach.ts';
import { frame, type StreamNumber } from '../frames.ts';
import { hijack } from '../hijack.ts';
import { Refusal } from '../refusal.ts';
import { every } from '../timers.ts';
import { rawOrFramed } from './streams.ts';

const plain = (status: number, message: string): Answer => ({
	status,
	text: `${message}\r\n`,
	headers: { 'Content-Type': 'text/plain; charset=utf-8' },
});

/** Input typed before the process runs waits for it. */
const inputTo = (container: Container) => {
	let early: Buffer[] = [];
	const flush = () => {
		for (const bytes of early) container.main?.running.input(bytes);
		if (container.main) early = [];
	};
	return {
		flush,
		send: (bytes: Buffer) => {
			if (container.main) container.main.running.input(bytes);
			else if (early.length < 1000) early.push(bytes);
		},
	};
};

const attach = async (call: Call): Promise<Answer | undefined> => {
	const { world } = call;
	const wanted = part(call, 'id');
	const container = lookUp(world, wanted);
	if (!container) return plain(404, `No such container: ${wanted}`);
	if (container.status === 'paused')
		return plain(409, `container ${wanted} is paused, unpause the container before attach`);
	let keys: number[];
	try {
		keys = parseDetachKeys(text(call, 'detachKeys'), 400);
	} catch (error) {
		return plain(error instanceof Refusal ? error.status : 500, error instanceof Error ? error.message : '');
	}
	// Some clients send a body, although there is nothing to say in it: it must not be typed into the container.
	await call.body();
	const { Tty, OpenStdin, StdinOnce } = container.config;
	const connection = hijack(
		call,
		call.api >= 42 ? rawOrFramed(container) : 'application/vnd.docker.raw-stream',
	);
	const isShown = (stream: StreamNumber) => flag(call, stream === 1 ? 'stdout' : 'stderr');
	const output: Outlet = (stream, bytes) => {
		if (Tty) connection.write(bytes);
		else if (isShown(stream)) connection.write(frame(stream, bytes));
	};
	output.isFull = connection.isFull;
	catchUp(world, container);
	if (flag(call, 'logs')) for (const line of logOf(container).lines) output(line.stream, line.bytes);
	announce(world, container, 'attach');
	if (!flag(call, 'stream')) {
		connection.end();
		return undefined;
	}
	const input = inputTo(container);
	container.outputs.add(output);
	const stopTicking = every(world.timers, 250, () => catchUp(world, container));
	const leave = () => {
		stopTicking();
		container.outputs.delete(output);
		container.watchers.delete(watcher);
	};
	const watcher = (what: string) => {
		if (what === 'started') return queueMicrotask(input.flush);
		leave();
		connection.end();
	};
	container.watchers.add(watcher);
	const detach = () => {
		announce(world, container, 'detach');
		leave();
		connection.end();
	};
	if (flag(call, 'stdin') && OpenStdin) {
		connection.onData(Tty ? watchDetach(keys, input.send, detach) : input.send);
		connection.onEnd(() => {
			if (StdinOnce && !Tty && isAlive(container)) container.main?.running.endInput();
			else if (StdinOnce && !Tty)
				container.watchers.add(
					(what) => void (what === 'started' && queueMicrotask(() => container.main?.running.endInput())),
				);
		});
	} else connection.onData(() => {});
	connection.onClose(leave);
	return undefined;
};

export const attachRoutes: Route[] = [['POST', '/containers/:id/attach', attach]];
