// A hijacked connection for as long as we hold it: until its program ends, we let go, or it breaks.
import type { Duplex } from 'node:stream';
import type { Size } from '../model/items.ts';
import type { Session, SessionEnd } from './contract.ts';
import { EngineError, engineError, fromNode } from './error.ts';

export type Holding = {
	/** An EngineError it throws ends the session as lost. */
	readonly onBytes: (bytes: Buffer) => void;
	/** Asks the engine what the end of the stream meant. Where it rejects, the connection was all that ended. */
	readonly meaning: () => Promise<SessionEnd>;
	readonly onResize: (size: Size) => void;
};

export type Held = {
	readonly session: Omit<Session, 'started' | 'end'>;
	/** From now on the output comes without pause, and is thrown away. */
	drain(): void;
	letGo(end: SessionEnd): void;
};

/**
 * What detaches at the engine. Its own default would hold back every Ctrl+P until the next key; the first key of ours
 * is one that hardly anybody types.
 */
export const detachKeys = 'ctrl-^,ctrl-@,ctrl-^,ctrl-@,ctrl-^';

export function hold(socket: Duplex, { onBytes, meaning, onResize }: Holding): Held {
	let isOver = false;
	let isDrained = false;
	let settle: (end: SessionEnd) => void;
	const ended = new Promise<SessionEnd>((resolve) => {
		settle = resolve;
	});

	function letGo(end: SessionEnd): void {
		isOver = true;
		settle(end);
		socket.destroy();
	}

	function end(error: EngineError): void {
		if (isOver) return;
		isOver = true;
		socket.destroy();
		const lost: SessionEnd = { how: 'lost', error };
		if (error.code === 'ECLOSED') return settle(lost);
		// Also after a break: a key typed while the program ends meets a closed connection.
		meaning().then(settle, () => settle(lost));
	}

	socket.on('data', (bytes: Buffer) => {
		if (isOver || isDrained) return;
		try {
			onBytes(bytes);
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			letGo({ how: 'lost', error });
		}
	});
	socket.on('end', () => end(engineError({ code: 'EEND' })));
	socket.on('error', (cause) => end(asEngineError(cause)));
	socket.on('close', () => end(engineError({ code: 'ECONNRESET' })));
	// Broken before we could listen.
	if (socket.destroyed) end(asEngineError(socket.errored));

	return {
		session: {
			write(bytes) {
				if (!isOver && socket.writable) socket.write(bytes);
			},
			endInput() {
				if (!isOver) socket.end();
			},
			resize(size) {
				if (!isOver) onResize(size);
			},
			pause() {
				if (!isDrained) socket.pause();
			},
			resume: () => void socket.resume(),
			ended,
			detach: () => letGo({ how: 'detached' }),
		},
		drain() {
			isDrained = true;
			socket.resume();
		},
		letGo,
	};
}

function asEngineError(cause: Error | null): EngineError {
	const error = fromNode(cause);
	return error instanceof EngineError ? error : engineError({ code: 'ECONNRESET' });
}
