// The news of an engine become the build that is on screen.
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDockerfile } from '../../source/build/dockerfile.ts';
import { openRunning, type Running } from '../../source/build/running.ts';
import { type BuildLog, openLog } from '../../source/build/step-log.ts';
import type { BuildNews } from '../../source/model/build.ts';
import type { Build } from '../../source/model/builds.ts';
import { step } from '../actions/fake-build.ts';
import { buildOf, now } from '../model/things.ts';
import { temporary } from './as-docker.ts';

const text = [
	'FROM node:22 AS 웹',
	'WORKDIR /app',
	'COPY . .',
	'RUN npm ci && \\',
	'    npm run build',
	'FROM alpine',
	'COPY --from=웹 /app/dist /srv',
	'RUN test -f /srv/index.html',
	'',
].join('\n');

let folder = '';
let log: BuildLog;
let running: Running;
let build: Build;
beforeEach(() => {
	folder = temporary('running');
	log = openLog(folder);
	running = openRunning(log, { text, dockerfile: readDockerfile(text) });
	build = buildOf({ status: 'building', warnings: ['It sends much.'] });
});
afterEach(() => {
	log.close();
	rmSync(folder, { recursive: true });
});

const told = (...news: readonly BuildNews[]): Build => {
	running.tell(news);
	build = running.drawn(build);
	return build;
};
const output = (of: string, printed: string): BuildNews => ({ type: 'output', step: of, text: printed });
const stepsOf = ({ steps }: Build) => [...steps.values()];
const ci = { name: '[웹 4/4] RUN npm ci &&     npm run build', stage: '웹', number: 4, of: 4 };
const instruction = 'RUN npm ci &&     npm run build';

it('without news it is the build itself', () => {
	const before = build;
	expect(running.drawn(before)).toBe(before);
	const next = told(step('a'));
	expect(next).not.toBe(before);
	expect(running.drawn(next)).toBe(next);
});

describe('steps', () => {
	it('keep the order in which they were announced, and are told again as they change', () => {
		told(step('a', { state: 'waiting' }), step('b', { state: 'waiting' }));
		const next = told(
			step('b', { startedAt: now }),
			step('a', { state: 'cached', startedAt: now, endedAt: now }),
		);
		expect(stepsOf(next)).toEqual([
			{
				id: 'a',
				name: 'RUN a',
				inputs: [],
				state: 'cached',
				startedAt: now,
				endedAt: now,
				parts: [],
				tail: [],
				lines: 0,
			},
			{ id: 'b', name: 'RUN b', inputs: [], state: 'running', startedAt: now, parts: [], tail: [], lines: 0 },
		]);
	});

	it('know their line of the Dockerfile; what is no instruction has none', () => {
		const next = told(
			step('load', { name: '[internal] load build context' }),
			step('ci', { ...ci, instruction }),
			step('copy', { name: 'x', stage: '1', number: 2, of: 3, instruction: 'COPY --from=웹 /app/dist /srv' }),
		);
		expect(stepsOf(next).map(({ line }) => line)).toEqual([undefined, 4, 7]);
	});

	it('that look an image up are told by the line that wants it', () => {
		const source =
			'ARG TAG=1\nFROM busybox AS one\nFROM registry:5000/a:$TAG\nCOPY --from=library/nginx / /\n';
		const dockerfile = readDockerfile(source);
		running = openRunning(log, { text: source, dockerfile, args: { TAG: '2' } });
		const lookup = (name: string) => step(name, { name: `[internal] load metadata for ${name}` });
		const names = [
			'docker.io/library/busybox:latest',
			'registry:5000/a:2',
			'docker.io/library/nginx:latest',
			'docker.io/library/other:1',
		];
		expect(stepsOf(told(...names.map(lookup))).map(({ line }) => line)).toEqual([2, 3, 4, undefined]);
		const failed = told(
			step('registry:5000/a:2', { name: '[internal] load metadata for registry:5000/a:2', state: 'failed' }),
			{ type: 'failure', message: 'no', step: 'registry:5000/a:2' },
		);
		expect(failed.excerpt?.find(({ isMarked }) => isMarked)?.text).toBe('FROM registry:5000/a:$TAG');
	});

	it('that fetch what ADD names are told by its line', () => {
		const source = 'FROM busybox\nADD --chown=1 http://x/a http://x/b /\n';
		running = openRunning(log, { text: source, dockerfile: readDockerfile(source) });
		const all = told(step('a', { name: 'http://x/b' }), step('b', { name: 'http://x/c' }));
		expect(stepsOf(all).map(({ line }) => line)).toEqual([2, undefined]);
	});

	it('that did not change are the same objects', () => {
		const before = told(step('a'), step('b'));
		const after = told(output('b', 'x'));
		expect(after.steps.get('a')).toBe(before.steps.get('a'));
		expect(after.steps.get('b')).not.toBe(before.steps.get('b'));
		expect(before.steps.get('b')?.tail).toEqual([]);
	});

	it('of a source that nobody has have no lines', () => {
		running = openRunning(log, undefined);
		const next = told(step('ci', { ...ci, instruction, state: 'failed' }), {
			type: 'failure',
			message: 'no',
			step: 'ci',
		});
		expect([stepsOf(next)[0]?.line, next.excerpt]).toEqual([undefined, undefined]);
	});
});

describe('what a step prints', () => {
	it('is counted, and its newest lines are at hand', () => {
		const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
		told(step('a'));
		const next = told(output('a', `${lines.join('\n')}\npart`));
		expect(next.steps.get('a')).toMatchObject({ lines: 301, tail: [...lines.slice(-199), 'part'] });
		expect(told(output('a', 'ial\n')).steps.get('a')).toMatchObject({
			lines: 301,
			tail: [...lines.slice(-199), 'partial'],
		});
		expect(log.read('a', 0, 2)).toEqual(['line 0', 'line 1']);
	});

	it('before it is announced is not lost', () => {
		expect(stepsOf(told(output('a', 'early\n')))).toEqual([]);
		expect(told(step('a')).steps.get('a')).toMatchObject({ tail: ['early'], lines: 1 });
	});
});

it('parts are told one by one, each with the last that is known', () => {
	const part = (id: string, current: number, isDone = false): BuildNews => ({
		type: 'part',
		step: 'a',
		part: { id, name: 'downloading', current, total: 100, isDone },
	});
	told(step('a'), part('one', 10), part('two', 5));
	const next = told(part('one', 100, true));
	expect(next.steps.get('a')?.parts).toMatchObject([
		{ id: 'one', current: 100, isDone: true },
		{ id: 'two', current: 5, isDone: false },
	]);
});

it('warnings come after those of the context, each once', () => {
	const warning: BuildNews = { type: 'warning', text: 'FromAsCasing:', detail: ['as and FROM', 'differ'] };
	told(warning, warning);
	expect(told(warning, { type: 'warning', text: 'It sends much.', detail: [] }).warnings).toEqual([
		'It sends much.',
		'FromAsCasing: as and FROM differ',
	]);
});

it('the image has its tags, each once', () => {
	told({ type: 'image', id: 'sha256:1' }, { type: 'tagged', reference: 'a:1' });
	const next = told({ type: 'tagged', reference: 'a:1' }, { type: 'tagged', reference: 'b' });
	expect(next).toMatchObject({ imageId: 'sha256:1', tags: ['a:1', 'b'] });
});

describe('a failure', () => {
	const failure: BuildNews = {
		type: 'failure',
		message: 'RUN npm ended with exit code 3.',
		exitCode: 3,
		step: 'ci',
	};
	const failed = step('ci', { ...ci, instruction, state: 'failed', error: 'exit code: 3' });
	const marked = [
		{ number: 1, text: 'FROM node:22 AS 웹', isMarked: false },
		{ number: 2, text: 'WORKDIR /app', isMarked: false },
		{ number: 3, text: 'COPY . .', isMarked: false },
		{ number: 4, text: 'RUN npm ci && \\', isMarked: true },
		{ number: 5, text: '    npm run build', isMarked: false },
		{ number: 6, text: 'FROM alpine', isMarked: false },
		{ number: 7, text: 'COPY --from=웹 /app/dist /srv', isMarked: false },
	];

	it('has its exit code, its step, and the lines of the Dockerfile around it', () => {
		const next = told(step('ci', { ...ci, instruction }), output('ci', 'npm ERR!\n'), failed, failure);
		expect(next).toMatchObject({
			status: 'building',
			failure: { message: 'RUN npm ended with exit code 3.', exitCode: 3, step: 'ci' },
		});
		expect(next.excerpt).toEqual(marked);
	});

	it('may be told before its step is', () => {
		expect(told(failure).excerpt).toBeUndefined();
		expect(told(failed).excerpt).toEqual(marked);
	});

	it('of no step has neither', () => {
		const next = told({ type: 'failure', message: 'The disk of the engine is full.' });
		expect([next.failure, next.excerpt]).toEqual([{ message: 'The disk of the engine is full.' }, undefined]);
	});

	it('stays when more is told', () => {
		told(failed, failure);
		expect(told(output('ci', 'late\n'))).toMatchObject({ failure: { exitCode: 3 }, excerpt: marked });
	});
});
