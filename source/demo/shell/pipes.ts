// A stream of bytes between two programs: read in lines or as it came, and slowing its writer down.

import type { Io } from './shell.ts';
import type { Typed } from './terminal.ts';

const capturedBytes = 256 << 10;
const comfortable = 64 << 10;
const longest = 64 << 20;
export const deepest = 40;

export type Pipe = {
	write(bytes: string | Buffer): void;
	/** Nothing more will be written. */
	end(): void;
	/** Nothing more will be read: the writer is told by `broken`. */
	close(): void;
	broken: AbortSignal;
	/** Resolves when the reader keeps up. */
	ready(signal: AbortSignal): Promise<void>;
	read(signal?: AbortSignal): Promise<Typed>;
	chunk(signal?: AbortSignal): Promise<Buffer | undefined>;
};

/** Resolves at the next `wake`, or when the signal aborts. */
const sleeper = () => {
	const sleeping = new Set<() => void>();
	return {
		wake: () => {
			for (const each of [...sleeping]) each();
		},
		sleep: (signal?: AbortSignal): Promise<void> =>
			new Promise((resolve) => {
				if (signal?.aborted) return resolve();
				const done = () => {
					sleeping.delete(done);
					signal?.removeEventListener('abort', done);
					resolve();
				};
				sleeping.add(done);
				signal?.addEventListener('abort', done);
			}),
	};
};

export const createPipe = (): Pipe => {
	const closed = new AbortController();
	const { wake, sleep } = sleeper();
	let chunks: Buffer[] = [];
	let size = 0;
	let isEnded = false;
	const take = (): Buffer => {
		const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
		chunks = [];
		size = 0;
		return all;
	};
	const takeLine = (): string | undefined => {
		if (!chunks.some((chunk) => chunk.includes(10)) && !(isEnded && size > 0)) return undefined;
		const all = take();
		const newline = all.indexOf(10);
		const rest = newline < 0 ? Buffer.alloc(0) : all.subarray(newline + 1);
		if (rest.length > 0) chunks = [rest];
		size = rest.length;
		return all.toString('utf8', 0, newline < 0 ? all.length : newline);
	};
	return {
		broken: closed.signal,
		write: (bytes) => {
			if (isEnded || closed.signal.aborted || size > longest) return;
			const chunk = Buffer.from(bytes as string);
			if (chunk.length === 0) return;
			chunks.push(chunk);
			size += chunk.length;
			wake();
		},
		end: () => {
			isEnded = true;
			wake();
		},
		close: () => {
			chunks = [];
			size = 0;
			closed.abort();
			wake();
		},
		ready: async (signal) => {
			while (size > comfortable && !signal.aborted && !closed.signal.aborted) await sleep(signal);
		},
		read: async (signal) => {
			for (;;) {
				const line = takeLine();
				if (size <= comfortable) wake();
				if (line !== undefined) return { kind: 'line', text: line };
				if (isEnded) return { kind: 'end' };
				if (signal?.aborted) return { kind: 'interrupt' };
				await sleep(signal);
			}
		},
		chunk: async (signal) => {
			while (size === 0 && !isEnded && !signal?.aborted) await sleep(signal);
			if (size === 0) return undefined;
			const all = take();
			wake();
			return all;
		},
	};
};

/** A pipe that holds this and ends. */
export const pipeOf = (bytes: Buffer): Pipe => {
	const pipe = createPipe();
	pipe.write(bytes);
	pipe.end();
	return pipe;
};

/** The io of a command that reads from a pipe. */
export const readingFrom = (io: Io, pipe: Pipe): Io => ({
	...io,
	read: (signal = io.signal) => pipe.read(signal),
	chunk: (signal = io.signal) => pipe.chunk(signal),
});

/** Keeps what a command says, up to a limit. */
export const collect = (io: Io, limit = capturedBytes) => {
	const chunks: Buffer[] = [];
	let size = 0;
	const enough = new AbortController();
	const add = (bytes: string | Buffer) => {
		const chunk = Buffer.from(bytes as string);
		size += chunk.length;
		if (size <= limit) chunks.push(chunk);
		else enough.abort();
	};
	return { add, bytes: () => Buffer.concat(chunks), signal: AbortSignal.any([io.signal, enough.signal]) };
};
