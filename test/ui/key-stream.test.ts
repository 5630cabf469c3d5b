// Of the real input Ink gets what is not for a program in a terminal.
import { EventEmitter } from 'node:events';
import type { ReadStream } from 'node:tty';
import { expect, it } from 'vitest';
import { KeyStream } from '../../source/ui/key-stream.ts';
import { until } from '../actions/player.ts';

const open = (take: (chunk: Buffer) => Buffer | undefined) => {
	const told: string[] = [];
	const source = Object.assign(new EventEmitter(), {
		setRawMode: (isRaw: boolean) => told.push(`raw ${isRaw}`),
		resume: () => told.push('resume'),
		pause: () => told.push('pause'),
		ref: () => told.push('ref'),
		unref: () => told.push('unref'),
	});
	const stream = new KeyStream(source as unknown as ReadStream, take);
	let read = '';
	stream.setEncoding('utf8');
	stream.on('readable', () => {
		for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) read += chunk;
	});
	return {
		told,
		stream,
		type: (bytes: string | Buffer) => source.emit('data', Buffer.from(bytes)),
		read: () => read,
	};
};

it('hands over what is left, in order, and nothing else', async () => {
	const seen: string[] = [];
	const { type, read } = open((chunk) => {
		seen.push(chunk.toString());
		if (chunk.toString() === 'all') return undefined;
		return chunk.toString() === 'none' ? Buffer.alloc(0) : chunk.subarray(0, 1);
	});
	for (const chunk of ['ab', 'all', 'none', 'cd', '\x1b[A']) type(chunk);
	await until(() => read().length >= 3);
	expect(read()).toBe('ac\x1b');
	expect(seen).toEqual(['ab', 'all', 'none', 'cd', '\x1b[A']);
});

it('keeps characters whole that arrive in pieces', async () => {
	const { type, read } = open((chunk) => chunk);
	const bytes = Buffer.from('웹');
	type(bytes.subarray(0, 1));
	type(bytes.subarray(1));
	await until(() => read() !== '');
	expect(read()).toBe('웹');
});

it('is a terminal to Ink, and the real one does what Ink wants of it', () => {
	const { stream, told } = open((chunk) => chunk);
	expect(stream.isTTY).toBe(true);
	expect(stream.setRawMode(true)).toBe(stream);
	stream.ref();
	stream.unref();
	stream.setRawMode(false);
	expect(told).toEqual(['raw true', 'resume', 'ref', 'unref', 'raw false', 'pause']);
});
