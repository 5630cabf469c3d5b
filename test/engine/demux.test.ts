// Docker's frames, split at every byte and crowded by thousands.
import { expect, it } from 'vitest';
import { demux } from '../../source/engine/demux.ts';
import { frame } from './frames.ts';

function collect(chunks: Buffer[]): string[] {
	const frames: string[] = [];
	let current = '';
	const push = demux((stream, bytes, isEnd) => {
		current += bytes.toString('latin1');
		if (!isEnd) return;
		frames.push(`${stream}:${current}`);
		current = '';
	});
	for (const chunk of chunks) push(chunk);
	return frames;
}

const bytes = Buffer.concat([frame(1, 'hello'), frame(2, ''), frame(2, 'oops\n'), frame(1, 'x')]);
const whole = ['1:hello', '2:oops\n', '1:x'];

it('finds the same frames wherever the bytes are split', () => {
	for (let at = 0; at <= bytes.length; at++)
		expect(collect([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
	expect(collect([...bytes].map((byte) => Buffer.from([byte])))).toEqual(whole);
});

it('takes more frames in one chunk than dockerode’s recursion survives', () => {
	const many = Buffer.concat(Array.from({ length: 20_000 }, () => frame(1, 'y')));
	expect(collect([many])).toHaveLength(20_000);
});

it('refuses what is not framed', () => {
	expect(() => collect([Buffer.from('plain text of a terminal')])).toThrow('not an answer');
});
