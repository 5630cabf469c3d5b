// What both builders of Docker 20.10 and the one of Podman 4.3 said, recorded in recordings/*.jsonl, and the news it
// must become (*.news.jsonl). `npm run update` writes the news anew: read what changed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildkitReader } from '../../source/engine/build/buildkit.ts';
import { classicReader } from '../../source/engine/build/classic.ts';
import { openNews } from '../../source/engine/build/news.ts';
import { jsonLines } from '../../source/engine/json-lines.ts';
import type { BuildNews } from '../../source/model/build.ts';
import { expectFile } from '../ui/expected-file.ts';
import { Story } from './build-tools.ts';

const folder = join(import.meta.dirname, 'recordings');
const names = readdirSync(folder)
	.filter((name) => name.endsWith('.jsonl') && !name.includes('.news.'))
	.map((name) => name.replace('.jsonl', ''));
const recording = (name: string): Buffer => readFileSync(join(folder, `${name}.jsonl`));

/** A clock that goes on a second whenever it is looked at. */
const ticking = () => {
	let at = 0;
	return () => (at += 1000);
};

function replay(name: string, chunks: Iterable<Uint8Array>, end: 'end' | 'stop' = 'end'): Story {
	const story = new Story();
	const news = openNews(story.add);
	const read = name.startsWith('buildkit') ? buildkitReader : classicReader;
	const reader = read(news.tell, ticking());
	const lines = jsonLines(reader.read);
	for (const chunk of chunks) {
		lines.push(chunk);
		news.flush();
	}
	if (end === 'end') lines.end();
	reader[end]();
	news.flush();
	return story;
}

/** Pieces of output that follow one another are one piece. */
function joined(news: readonly BuildNews[]): BuildNews[] {
	const kept: BuildNews[] = [];
	const { tell, flush } = openNews((all) => kept.push(...all));
	news.forEach(tell);
	flush();
	return kept;
}

describe.each(names)('%s', (name) => {
	it('becomes its news', () => {
		const text = `${replay(name, [recording(name)])
			.news.map((one) => JSON.stringify(one))
			.join('\n')}\n`;
		expectFile(`test/engine/recordings/${name}.news.jsonl`, text);
	});

	it('says the same, however the connection cuts it', () => {
		const whole = replay(name, [recording(name)]).news;
		for (let seed = 1; seed <= 30; seed++) {
			expect(joined(replay(name, cut(recording(name), dice(seed))).news)).toEqual(whole);
		}
		const bytes = [...recording(name)].map((byte) => Uint8Array.of(byte));
		expect(joined(replay(name, bytes).news)).toEqual(whole);
	});

	it('ends in a sane state, whatever befalls it', () => {
		for (let seed = 1; seed <= 300; seed++) {
			const roll = dice(seed);
			const story = replay(name, cut(spoilt(recording(name), roll), roll));
			expect(insane(story), `seed ${seed}`).toEqual([]);
			expect(story.all('failure').length + story.all('image').length, `seed ${seed}`).toBeGreaterThan(0);
		}
	});

	it('leaves nothing running, wherever it is cancelled', () => {
		for (let seed = 1; seed <= 100; seed++) {
			const roll = dice(seed);
			const bytes = recording(name);
			const story = replay(name, cut(bytes.subarray(0, roll(bytes.length)), roll), 'stop');
			expect(insane(story), `seed ${seed}`).toEqual([]);
		}
	});
});

function insane(story: Story): string[] {
	const wrong: string[] = [];
	const known = new Set<string>();
	for (const one of story.news) {
		if (one.type === 'step') {
			known.add(one.step.id);
			if (one.step.state === 'failed' && !one.step.error)
				wrong.push(`${one.step.name} failed without a reason`);
		} else if ((one.type === 'output' || one.type === 'part') && !known.has(one.step)) {
			wrong.push(`${one.type} of ${one.step}, which was never told`);
		}
	}
	for (const { state, name } of story.steps.values()) if (state === 'running') wrong.push(`${name} runs on`);
	if (story.all('failure').length > 1) wrong.push('failed twice');
	if (story.all('failure').some(({ message, step }) => message === '' || (step && !known.has(step))))
		wrong.push('failed without saying where or why');
	return wrong;
}

type Dice = (below: number) => number;

/** The same throws for the same seed (mulberry32). */
function dice(seed: number): Dice {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	};
}

function* cut(bytes: Buffer, roll: Dice): Generator<Buffer> {
	for (let at = 0; at < bytes.length; ) {
		const length = 1 + roll(roll(4) === 0 ? 4000 : 40);
		yield bytes.subarray(at, at + length);
		at += length;
	}
}

const garbage = [
	'',
	'null',
	'[]',
	'{',
	'not json',
	'{"stream":null}',
	'{"stream":{"a":1},"aux":null,"id":7}',
	'{"errorDetail":"text"}',
	'{"id":"moby.buildkit.trace","aux":"////"}',
	'{"id":"moby.buildkit.trace","aux":"CgUKA2FiYw=="}',
	'{"id":"moby.buildkit.trace","aux":{"ID":{}}}',
	'{"stream":"Step 999999999/1 : FROM"}',
	'{"stream":" ---\\u003e Running in 0\\n"}',
	'{"stream":" ---\\u003e \\n"}',
	'{"status":"Downloading","progressDetail":null,"id":5}',
	'{"status":"Downloading","progressDetail":{"current":-1,"total":"x"}}',
];

function spoilt(bytes: Buffer, roll: Dice): Buffer {
	const lines = bytes.toString().split('\n');
	for (let times = roll(4); times > 0; times--) {
		const kind = roll(5);
		const at = roll(lines.length);
		const line = lines[at] ?? '';
		if (kind === 0) lines.splice(at, 0, garbage[roll(garbage.length)] ?? '');
		if (kind === 1) lines.splice(at, 1);
		if (kind === 2) lines.splice(roll(lines.length), 0, line);
		if (kind === 3) lines.push(...lines.splice(at, roll(4)));
		// Within the base64 of a trace, or anywhere else.
		if (kind === 4) {
			const place = roll(line.length);
			lines[at] = line.slice(0, place) + String.fromCharCode(48 + roll(60)) + line.slice(place + 1);
		}
	}
	const spoilt = Buffer.from(lines.join('\n'));
	return roll(3) === 0 ? spoilt.subarray(0, roll(spoilt.length)) : spoilt;
}
