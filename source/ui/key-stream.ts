// What Ink reads in place of the real input: the part of it that is for Portside, and not for a program in a terminal.
import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';

/** `take` sees every chunk first, and returns what is left for Ink. */
export class KeyStream extends PassThrough {
	readonly isTTY = true;
	readonly #source: ReadStream;

	constructor(source: ReadStream, take: (chunk: Buffer) => Buffer | undefined) {
		super();
		this.#source = source;
		source.on('data', (chunk: Buffer) => {
			const left = take(chunk);
			if (left?.length) this.write(left);
		});
	}

	setRawMode(isRaw: boolean): this {
		this.#source.setRawMode(isRaw);
		// Only a paused stream lets go of the terminal.
		if (isRaw) this.#source.resume();
		else this.#source.pause();
		return this;
	}

	ref(): this {
		this.#source.ref();
		return this;
	}

	unref(): this {
		this.#source.unref();
		return this;
	}
}
