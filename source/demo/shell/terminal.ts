// The line discipline between a client's bytes and a program: echo, backspace, Ctrl+C, Ctrl+D, typing ahead.

import type { Launch } from '../process.ts';

export type Typed = { kind: 'line'; text: string } | { kind: 'end' } | { kind: 'interrupt' };
export type Terminal = {
	isTty: boolean;
	feed(bytes: Buffer): void;
	/** No more input will come. */
	end(): void;
	read(signal?: AbortSignal): Promise<Typed>;
	/** Keys one by one and unechoed, for full-screen programs, until the answer is called. */
	readKeys(onKey: (key: string) => void): () => void;
	write(bytes: string | Buffer, stream?: 1 | 2): void;
	/** Called on Ctrl+C; undefined when nothing runs. */
	onInterrupt: (() => void) | undefined;
};

const longestLine = 4096;
const queuedLines = 256;

/** Columns a character takes on screen. */
const widthOf = (character: string): number => {
	const code = character.codePointAt(0) ?? 0;
	if (code < 0x1100) return 1;
	return code <= 0x115f ||
		(code >= 0x2e80 && code <= 0xd7a3) ||
		(code >= 0xf900 && code <= 0xfaff) ||
		(code >= 0xfe30 && code <= 0xffe6) ||
		code >= 0x1f300
		? 2
		: 1;
};

export const createTerminal = (launch: Launch): Terminal => {
	const decoder = new TextDecoder();
	const queue: Typed[] = [];
	const waiting: ((typed: Typed) => void)[] = [];
	let line = '';
	let escaping: 'none' | 'escape' | 'sequence' = 'none';
	let keyListener: ((key: string) => void) | undefined;
	let isEnded = !launch.hasInput;

	const write = (bytes: string | Buffer, stream: 1 | 2 = 1) => {
		if (!launch.isTty) return launch.write(stream, Buffer.from(bytes as string));
		const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
		launch.write(
			1,
			Buffer.from(text.replace(/\r?\n/g, '\r\n'), typeof bytes === 'string' ? 'utf8' : 'latin1'),
		);
	};
	const deliver = (typed: Typed) => {
		const next = waiting.shift();
		if (next) next(typed);
		else if (queue.length < queuedLines) queue.push(typed);
	};
	const rubOut = () => {
		const last = [...line].at(-1);
		if (last === undefined) return;
		line = line.slice(0, -last.length);
		write('\b \b'.repeat(widthOf(last)));
	};
	const control = (character: string): boolean => {
		if (character === '\r' || character === '\n') {
			write('\n');
			deliver({ kind: 'line', text: line });
			line = '';
		} else if (character === '\x7f' || character === '\b') rubOut();
		else if (character === '\x03') {
			write('^C\n');
			line = '';
			queue.length = 0;
			if (launch.isTty && waiting.length > 0) deliver({ kind: 'interrupt' });
			terminal.onInterrupt?.();
		} else if (character === '\x04') {
			if (line === '') deliver({ kind: 'end' });
		} else if (character === '\x15') while (line) rubOut();
		else if (character === '\x17') {
			while (line.endsWith(' ')) rubOut();
			while (line && !line.endsWith(' ')) rubOut();
		} else if (character === '\x1b') escaping = 'escape';
		else return character < ' ';
		return true;
	};
	const feedTty = (text: string) => {
		for (const character of text) {
			if (escaping === 'escape') escaping = character === '[' || character === 'O' ? 'sequence' : 'none';
			else if (escaping === 'sequence') escaping = /[@-~]/.test(character) ? 'none' : 'sequence';
			else if (!control(character) && line.length < longestLine) {
				line += character;
				write(character);
			}
		}
	};
	const feedLines = (text: string) => {
		line += text;
		for (let newline = line.indexOf('\n'); newline >= 0; newline = line.indexOf('\n')) {
			deliver({ kind: 'line', text: line.slice(0, newline) });
			line = line.slice(newline + 1);
		}
		if (line.length > 1 << 20) line = '';
	};

	const terminal: Terminal = {
		isTty: launch.isTty,
		onInterrupt: undefined,
		write,
		feed: (bytes) => {
			const text = decoder.decode(bytes, { stream: true });
			if (keyListener) keyListener(text);
			else if (launch.isTty) feedTty(text);
			else feedLines(text);
		},
		end: () => {
			isEnded = true;
			if (line) deliver({ kind: 'line', text: line });
			line = '';
			for (const next of waiting.splice(0)) next({ kind: 'end' });
		},
		read: (signal) => {
			const ready = queue.shift();
			if (ready) return Promise.resolve(ready);
			if (isEnded || signal?.aborted) return Promise.resolve({ kind: 'end' });
			return new Promise((resolve) => {
				const finish = (typed: Typed) => {
					signal?.removeEventListener('abort', abort);
					resolve(typed);
				};
				const abort = () => {
					waiting.splice(waiting.indexOf(finish), 1);
					resolve({ kind: 'interrupt' });
				};
				signal?.addEventListener('abort', abort, { once: true });
				waiting.push(finish);
			});
		},
		readKeys: (onKey) => {
			keyListener = onKey;
			return () => {
				keyListener = undefined;
			};
		},
	};
	return terminal;
};
