// The line discipline between a client's bytes and a program: echo, backspace, Ctrl+C, Ctrl+D, typing ahead.

import type { Launch } from '../process.ts';
import { createPipe } from './pipes.ts';
import { widthOf } from './widths.ts';

export type Typed = { kind: 'line'; text: string } | { kind: 'end' } | { kind: 'interrupt' };
export type Terminal = {
	isTty: boolean;
	feed(bytes: Buffer): void;
	/** No more input will come. */
	end(): void;
	read(signal?: AbortSignal): Promise<Typed>;
	chunk(signal?: AbortSignal): Promise<Buffer | undefined>;
	/** Keys as they come and unechoed, first those typed ahead, until the answer is called. */
	readKeys(onKeys: (keys: string) => void): () => void;
	/** Keys that were read and not used: they come again. */
	unread(keys: string): void;
	/** A program begins that reads lines: a Ctrl+C typed ahead counts now. */
	beginLines(): void;
	write(bytes: string | Buffer, stream?: 1 | 2): void;
	/** Called on Ctrl+C; undefined when nothing runs. */
	onInterrupt: (() => void) | undefined;
	/** Called on Ctrl+Z. */
	onSuspend: (() => void) | undefined;
	/** Called when the window gets another size. */
	resized: Set<() => void>;
	isEchoing: boolean;
	/** Bytes go in and out as they are. */
	isRaw: boolean;
};

const longestLine = 4096;
const queuedLines = 256;

export const createTty = (launch: Launch): Terminal => {
	const decoder = new TextDecoder();
	const raw = createPipe();
	const queue: Typed[] = [];
	const waiting: ((typed: Typed) => void)[] = [];
	let line = '';
	/** Typed and not looked at yet. */
	let ahead = '';
	let onKeys: ((keys: string) => void) | undefined;
	let isEnded = false;

	const write = (bytes: string | Buffer) => {
		if (terminal.isRaw) return launch.write(1, Buffer.from(bytes as string));
		const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
		const encoding = typeof bytes === 'string' ? 'utf8' : 'latin1';
		launch.write(1, Buffer.from(text.replace(/\r?\n/g, '\r\n'), encoding));
	};
	const echo = (text: string) => terminal.isEchoing && write(text);
	const deliver = (typed: Typed) => {
		const next = waiting.shift();
		if (next) next(typed);
		else if (queue.length < queuedLines) queue.push(typed);
	};
	const rubOut = () => {
		const last = [...line].at(-1);
		if (last === undefined) return;
		line = line.slice(0, -last.length);
		echo('\b \b'.repeat(last < ' ' ? 2 : widthOf(last)));
	};
	const interrupt = () => {
		echo('^C\n');
		line = '';
		queue.length = 0;
		if (waiting.length > 0) deliver({ kind: 'interrupt' });
		terminal.onInterrupt?.();
	};
	const suspend = () => {
		if (!terminal.onSuspend) return;
		echo('^Z');
		for (const next of waiting.splice(0)) next({ kind: 'interrupt' });
		terminal.onSuspend();
	};
	const take = (character: string) => {
		if (character === '\r' || character === '\n') {
			write('\n');
			deliver({ kind: 'line', text: line });
			line = '';
		} else if (character === '\x7f' || character === '\b') rubOut();
		else if (character === '\x03' || character === '\x1c') interrupt();
		else if (character === '\x1a') suspend();
		else if (character === '\x04') {
			deliver(line === '' ? { kind: 'end' } : { kind: 'line', text: line });
			line = '';
		} else if (character === '\x15') while (line) rubOut();
		else if (character === '\x17') {
			while (line.endsWith(' ')) rubOut();
			while (line && !line.endsWith(' ')) rubOut();
		} else if (line.length < longestLine) {
			line += character;
			echo(
				character < ' ' && character !== '\t'
					? `^${String.fromCharCode(character.charCodeAt(0) + 64)}`
					: character,
			);
		}
	};
	const takeAhead = () => {
		const text = ahead;
		ahead = '';
		for (const character of text) take(character);
	};

	const terminal: Terminal = {
		isTty: true,
		isEchoing: true,
		isRaw: false,
		onInterrupt: undefined,
		onSuspend: undefined,
		resized: new Set(),
		write,
		feed: (bytes) => {
			if (terminal.isRaw && !onKeys) {
				if (terminal.isEchoing) write(bytes);
				return raw.write(bytes);
			}
			const text = decoder.decode(bytes, { stream: true });
			if (onKeys) onKeys(text);
			else {
				if (ahead) takeAhead();
				for (const character of text) take(character);
			}
		},
		end: () => {
			isEnded = true;
			raw.end();
			for (const next of waiting.splice(0)) next({ kind: 'end' });
			onKeys?.('\x04');
		},
		read: (signal) => {
			if (terminal.isRaw) return raw.read(signal);
			if (ahead) takeAhead();
			const ready = queue.shift();
			if (ready) return Promise.resolve(ready);
			if (isEnded) return Promise.resolve({ kind: 'end' });
			if (signal?.aborted) return Promise.resolve({ kind: 'interrupt' });
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
		chunk: async (signal) => {
			if (terminal.isRaw) return raw.chunk(signal);
			const typed = await terminal.read(signal);
			return typed.kind === 'line' ? Buffer.from(`${typed.text}\n`) : undefined;
		},
		readKeys: (listener) => {
			onKeys = listener;
			const typed = queue.splice(0).map((each) => (each.kind === 'line' ? `${each.text}\r` : '\x04'));
			const text = typed.join('') + line + ahead;
			line = '';
			ahead = '';
			if (text) queueMicrotask(() => (onKeys === listener ? listener(text) : terminal.unread(text)));
			if (isEnded) queueMicrotask(() => onKeys === listener && listener('\x04'));
			return () => {
				if (onKeys === listener) onKeys = undefined;
			};
		},
		unread: (keys) => {
			ahead = keys + ahead;
		},
		beginLines: () => {
			if (ahead.includes('\x03')) takeAhead();
		},
	};
	return terminal;
};
