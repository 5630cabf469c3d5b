// Bytes on their way to the parser, a few at a time, so that whatever they are the keyboard never has to wait for it.

/** Milliseconds of parsing, after which everybody else has a turn. */
const turn = 5;
const smallest = 256;
const largest = 4096;

export type Feeder = {
	/** `parsed` is called when the last of the bytes has been parsed. */
	write(bytes: Uint8Array, parsed?: () => void): void;
	pending(): number;
	dispose(): void;
};

export const createFeeder = (parse: (piece: Uint8Array) => void): Feeder => {
	const queue: { readonly bytes: Uint8Array; at: number; readonly parsed: (() => void) | undefined }[] = [];
	let pending = 0;
	let isDisposed = false;
	let isScheduled = false;
	let size = largest;

	const feed = (): void => {
		const [next] = queue;
		if (!next) return;
		const piece = next.bytes.subarray(next.at, next.at + size);
		const started = performance.now();
		parse(piece);
		// Two bytes may erase a screen: a flood of them is taken in smaller pieces.
		size = performance.now() - started > turn ? Math.max(smallest, size >> 2) : Math.min(largest, size * 2);
		pending -= piece.length;
		next.at += piece.length;
		if (next.at < next.bytes.length) return;
		queue.shift();
		next.parsed?.();
	};
	const schedule = (): void => {
		isScheduled = queue.length > 0;
		if (isScheduled) setImmediate(work);
	};
	const work = (): void => {
		const started = performance.now();
		while (queue.length > 0 && performance.now() - started < turn) feed();
		schedule();
	};

	return {
		write: (bytes, parsed) => {
			if (isDisposed) return;
			pending += bytes.length;
			queue.push({ bytes, at: 0, parsed });
			if (!isScheduled) schedule();
		},
		pending: () => pending,
		dispose: () => {
			isDisposed = true;
			queue.length = 0;
			pending = 0;
		},
	};
};
