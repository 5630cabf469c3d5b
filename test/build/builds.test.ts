// Builds from their wish to their end, with an engine that does what the test says.
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createBuilds } from '../../source/build/builds.ts';
import type { BuildRecord } from '../../source/build/history.ts';
import type { BuildNews, BuildWish } from '../../source/model/build.ts';
import { type Build, isUnderWay } from '../../source/model/builds.ts';
import type { Event } from '../../source/model/event.ts';
import { update } from '../../source/model/update.ts';
import { type FakeBuild, step } from '../actions/fake-build.ts';
import { forBuilds } from '../actions/for-builds.ts';
import { until } from '../actions/player.ts';
import { recordingEngine } from '../actions/recording-engine.ts';
import { info, listed, now, second, wish } from '../model/things.ts';
import { makeTree, type Tree, temporary } from './as-docker.ts';

const plain: Tree = { Dockerfile: 'FROM busybox\nCOPY a.txt /\nRUN make\n', 'a.txt': 'text' };
const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type More = {
	readonly records?: readonly BuildRecord[];
	readonly hasEngine?: boolean;
	readonly isOld?: boolean;
	/** Why no login can be told. */
	readonly noLogin?: string;
};

/** A desk in a folder of its own. */
const open = (tree: Tree = plain, { records, hasEngine = true, isOld = false, noLogin }: More = {}) => {
	const context = makeTree(tree);
	const place = temporary('builds');
	folders.push(context, place);
	const recording = recordingEngine();
	const engine = { ...recording.engine, info: isOld ? { ...info, apiVersion: '1.24' } : info };
	let state = listed([]);
	let clock = now;
	const events: Event[] = [];
	const journal: string[] = [];
	const { written, ...given } = forBuilds(records);
	const desk = createBuilds({
		...given,
		...(noLogin && {
			credentials: {
				credentialsFor: async () => ({ problem: noLogin }),
				allCredentials: async () => ({ logins: {}, problems: [noLogin] }),
			},
		}),
		cwd: context,
		temporary: place,
		engine: () => (hasEngine ? engine : undefined),
		now: () => clock,
		send: (event) => {
			events.push(event);
			state = update(state, event);
		},
		record: (line) => {
			journal.push(`$ ${line}`);
			return (outcome, message) => journal.push(`${outcome}: ${message}`);
		},
	});
	onTestFinished(() => desk.endAll());
	const build = (id = 1): Build => {
		const found = state.builds.list.find((one) => one.id === id);
		if (!found) throw new Error(`There is no build ${id}`);
		return found;
	};
	return {
		...recording,
		desk,
		context,
		place,
		events,
		journal,
		written,
		state: () => state,
		build,
		pass: (milliseconds: number) => {
			clock += milliseconds;
		},
		start: (news: Partial<BuildWish> = {}) =>
			desk.start({ ...wish, context, dockerfile: join(context, 'Dockerfile'), ...news }),
		/** The one that the engine was asked for last, once it was. */
		asked: async (count = 1): Promise<FakeBuild> => {
			await until(() => recording.built.length >= count, `the engine was asked for ${count}`);
			return recording.built[count - 1] as FakeBuild;
		},
		/** Until it is over, and written down. */
		over: (id = 1, count = 1) =>
			until(
				() => !isUnderWay(build(id)) && journal.filter((line) => !line.startsWith('$')).length >= count,
				`build ${id} is over`,
			),
	};
};

type Desk = ReturnType<typeof open>;

const good: readonly BuildNews[] = [
	step('1', { name: 'FROM busybox', state: 'cached', startedAt: now, endedAt: now }),
	step('2', { name: 'RUN make', startedAt: now }),
	{ type: 'output', step: '2', text: 'made\nall\n' },
	step('2', { name: 'RUN make', state: 'done', startedAt: now, endedAt: now + 3 * second }),
	{ type: 'image', id: 'sha256:0123456789abcdef' },
	{ type: 'tagged', reference: 'app:1' },
];

const succeed = async (desk: Desk, count = 1, id = 1): Promise<void> => {
	const asked = await desk.asked(count);
	asked.tell(...good);
	asked.end();
	await desk.over(id, count);
};

describe('a build that succeeds', () => {
	it('is listed, sent, and told step by step until its image is there', async () => {
		const desk = open();
		desk.answers.imageSize = 4_300_000;
		expect(desk.start()).toBe(1);
		expect(desk.build()).toMatchObject({
			title: 'app:1',
			status: 'preparing',
			builder: 'buildkit',
			line: 'docker build -t app:1 .',
			startedAt: now,
			steps: new Map(),
		});
		const asked = await desk.asked();
		expect(desk.journal).toEqual(['$ docker build -t app:1 .']);
		expect(asked.options).toMatchObject({ builder: 'buildkit', dockerfileInContext: 'Dockerfile' });
		expect(asked.options.wish.context).toBe(desk.context);
		expect(await asked.names()).toEqual(['Dockerfile', 'a.txt']);
		expect(desk.build()).toMatchObject({ status: 'building', context: { files: 2, bytes: 39 } });

		asked.tell(...good.slice(0, 3));
		await until(() => desk.build().steps.get('2')?.lines === 2, 'what it printed is counted');
		expect(desk.build().steps.get('2')).toMatchObject({ state: 'running', tail: ['made', 'all'] });
		asked.tell(...good.slice(3));
		desk.pass(4200);
		asked.end();
		await desk.over();
		expect(desk.build()).toMatchObject({
			status: 'done',
			endedAt: now + 4200,
			context: { sent: 39 },
			imageId: 'sha256:0123456789abcdef',
			imageSize: 4_300_000,
			tags: ['app:1'],
			slower: [],
		});
		expect(desk.journal).toEqual(['$ docker build -t app:1 .', 'done: built app:1 · 4.2s']);
	});

	it('is written into the history, without its output', async () => {
		const desk = open();
		desk.start();
		const asked = await desk.asked();
		desk.pass(4000);
		asked.tell(...good);
		asked.end();
		await desk.over();
		expect(desk.written).toEqual([
			{
				at: now,
				duration: 4000,
				outcome: 'succeeded',
				imageId: 'sha256:0123456789abcdef',
				tags: ['app:1'],
				cached: 1,
				steps: [
					{ name: 'FROM busybox', duration: 0, isCached: true },
					{ name: 'RUN make', duration: 3000, isCached: false },
				],
			},
		]);
	});

	it('says what took longer than it usually does, but does not measure itself by itself', async () => {
		const past = (duration: number, at: number): BuildRecord => ({
			at,
			duration,
			outcome: 'succeeded',
			tags: [],
			cached: 0,
			steps: [{ name: 'RUN make', duration, isCached: false }],
		});
		const desk = open(plain, { records: [past(500, 1), past(600, 2), past(700, 3)] });
		desk.start();
		await succeed(desk);
		await until(() => desk.build().slower.length > 0);
		expect(desk.build().slower).toEqual(['RUN make took 3.0s, usually 0.6s']);
	});

	it('without a tag is called by its folder', async () => {
		const desk = open();
		desk.start({ tags: [], context: join(desk.context, '.') });
		expect(desk.build().title).toBe(desk.context.split('/').at(-1));
		await succeed(desk);
	});

	it('is as good where the engine cannot tell the size', async () => {
		const desk = open();
		desk.start();
		await succeed(desk);
		expect(desk.build()).toMatchObject({ status: 'done', tags: ['app:1'] });
		expect(desk.build().imageSize).toBeUndefined();
	});
});

describe('before anything is sent', () => {
	const failed = async (desk: Desk) => {
		await desk.over();
		expect(desk.built).toEqual([]);
		expect(desk.build()).toMatchObject({ status: 'failed', endedAt: now });
		return desk.build().failure?.message ?? '';
	};

	it('a mistake in the Dockerfile is told, with the lines around it', async () => {
		const desk = open({ Dockerfile: 'FROM busybox\n# 웹\nRUNN make\nRUN x\n' });
		desk.start();
		expect(await failed(desk)).toMatch(/^Line 3: .*RUN/);
		expect(desk.build().excerpt).toEqual([
			{ number: 1, text: 'FROM busybox', isMarked: false },
			{ number: 2, text: '# 웹', isMarked: false },
			{ number: 3, text: 'RUNN make', isMarked: true },
			{ number: 4, text: 'RUN x', isMarked: false },
		]);
		expect(desk.journal[1]).toBe('failed: the build of app:1 failed');
		expect(desk.written).toMatchObject([{ outcome: 'failed', steps: [] }]);
	});

	it('a Dockerfile that is not there is told', async () => {
		const desk = open({ 'a.txt': '' });
		desk.start();
		expect(await failed(desk)).toBe(`The Dockerfile ${desk.context}/Dockerfile is not there.`);
	});

	it('a Dockerfile that is a folder is told', async () => {
		const desk = open({ 'Dockerfile/x': '' });
		desk.start();
		expect(await failed(desk)).toContain(`${desk.context}/Dockerfile`);
	});

	it('a context that cannot be read is told', async () => {
		const desk = open();
		desk.start({ context: join(desk.context, 'nowhere') });
		expect(await failed(desk)).toContain('nowhere');
	});

	it('a pattern of .dockerignore that cannot be read is told', async () => {
		const desk = open({ ...plain, '.dockerignore': '[z-a]\n' });
		desk.start();
		expect(await failed(desk)).toContain('.dockerignore has a pattern that cannot be read');
	});

	it('an engine that is missing is told, and nothing is written down', async () => {
		const desk = open(plain, { hasEngine: false });
		desk.start();
		await until(() => !isUnderWay(desk.build()));
		expect(desk.build()).toMatchObject({
			status: 'failed',
			failure: { message: 'The engine does not answer.' },
		});
		expect([desk.journal, desk.written]).toEqual([[], []]);
	});

	it('what is ignored is not sent, but for what the builder needs', async () => {
		const desk = open({ ...plain, '.dockerignore': '*\n!a.txt\n', 'secret.key': 'x' });
		desk.start();
		expect(await (await desk.asked()).names()).toEqual(['.dockerignore', 'Dockerfile', 'a.txt']);
	});
});

describe('a build that fails', () => {
	it('at a step names it, with its exit code and its line', async () => {
		const desk = open();
		desk.start();
		const asked = await desk.asked();
		const make = { name: '[3/3] RUN make', stage: '0', number: 3, of: 3, instruction: 'RUN make' };
		asked.tell(step('2', make), step('2', { ...make, state: 'failed', error: 'exit code: 2' }), {
			type: 'failure',
			message: 'RUN make ended with exit code 2.',
			exitCode: 2,
			step: '2',
		});
		asked.end();
		await desk.over();
		expect(desk.build()).toMatchObject({
			status: 'failed',
			failure: { message: 'RUN make ended with exit code 2.', exitCode: 2, step: '2' },
		});
		expect(desk.build().excerpt?.find(({ isMarked }) => isMarked)).toMatchObject({
			number: 3,
			text: 'RUN make',
		});
		expect(desk.journal[1]).toBe('failed: the build of app:1 failed');
		expect(desk.written).toMatchObject([{ outcome: 'failed' }]);
		expect(desk.build().imageSize).toBeUndefined();
	});

	it('because the connection breaks says so', async () => {
		const desk = open();
		desk.start();
		(await desk.asked()).break(new Error('The engine broke the connection off.'));
		await desk.over();
		expect(desk.build()).toMatchObject({
			status: 'failed',
			failure: { message: 'The engine broke the connection off.' },
		});
	});
});

describe('a build that is cancelled', () => {
	it('is ended at the engine, and what ran is told as cancelled', async () => {
		const desk = open();
		desk.start();
		const asked = await desk.asked();
		asked.tell(...good.slice(0, 3));
		desk.desk.cancel(1);
		expect(desk.build().status).toBe('cancelling');
		expect(asked.signal.aborted).toBe(true);
		await desk.over();
		expect(desk.build()).toMatchObject({ status: 'cancelled' });
		expect(desk.build().failure).toBeUndefined();
		expect(desk.build().steps.get('2')).toMatchObject({ state: 'cancelled', lines: 2 });
		expect(desk.journal[1]).toBe('failed: the build of app:1 was cancelled');
		expect(desk.written).toMatchObject([{ outcome: 'cancelled' }]);
	});

	it('while its context is read never reaches the engine', async () => {
		const desk = open();
		desk.start();
		desk.desk.cancel(1);
		await desk.over();
		expect([desk.build().status, desk.built]).toEqual(['cancelled', []]);
	});

	it('is cancelled once, and one that is over not at all', async () => {
		const desk = open();
		desk.start();
		await succeed(desk);
		const { length } = desk.events;
		desk.desk.cancel(1);
		desk.desk.cancel(7);
		expect([desk.build().status, desk.events.length]).toEqual(['done', length]);
	});
});

describe('again', () => {
	it('is the same build in the same tab, from its beginning', async () => {
		const desk = open();
		desk.start({ args: { A: '1' } });
		await succeed(desk);
		desk.pass(10_000);
		desk.desk.again(1, { isUncached: false });
		expect(desk.build()).toMatchObject({
			status: 'preparing',
			startedAt: now + 10_000,
			steps: new Map(),
			tags: [],
		});
		expect(desk.build().imageId).toBeUndefined();
		const asked = await desk.asked(2);
		expect(asked.options.wish).toMatchObject({ args: { A: '1' }, isUncached: false });
		expect(desk.desk.lines(1, '2', 0, 10)).toEqual([]);
		await succeed(desk, 2);
		expect(desk.state().builds.list).toHaveLength(1);
	});

	it('without the cache says so in its line', async () => {
		const desk = open();
		desk.start();
		await succeed(desk);
		desk.desk.again(1, { isUncached: true });
		expect((await desk.asked(2)).options.wish.isUncached).toBe(true);
		expect(desk.journal.at(-1)).toBe('$ docker build -t app:1 --no-cache .');
	});

	it('is nothing while it is under way', async () => {
		const desk = open();
		desk.start();
		await desk.asked();
		desk.desk.again(1, { isUncached: false });
		desk.desk.again(2, { isUncached: false });
		expect(desk.journal).toHaveLength(1);
	});
});

describe('watching', () => {
	it('builds again when a file changes, and no more when it is ended', async () => {
		const desk = open({ ...plain, '.dockerignore': 'Dockerfile\n*.log\n' });
		desk.start();
		await succeed(desk);
		await desk.desk.watch(1);
		expect(desk.build().isWatched).toBe(true);
		appendFileSync(join(desk.context, 'a.txt'), 'x');
		await succeed(desk, 2);
		expect(desk.build()).toMatchObject({ status: 'done', isWatched: true });
		// The builder gets it, whatever the rules say.
		appendFileSync(join(desk.context, 'Dockerfile'), '# x\n');
		await succeed(desk, 3);
		await desk.desk.watch(1);
		expect(desk.build().isWatched).toBe(false);
		appendFileSync(join(desk.context, 'a.txt'), 'x');
		await new Promise((resolve) => setTimeout(resolve, 600));
		expect(desk.built).toHaveLength(3);
	});

	it('cancels the one that is under way for the next', async () => {
		const desk = open();
		desk.start();
		const first = await desk.asked();
		first.tell(...good.slice(0, 3));
		await desk.desk.watch(1);
		writeFileSync(join(desk.context, 'b.txt'), 'x');
		const second = await desk.asked(2);
		expect(first.signal.aborted).toBe(true);
		await until(() => desk.journal.some((line) => line.startsWith('failed')), 'the first is over');
		// What is left of the first is nothing of the second.
		expect(desk.build()).toMatchObject({ status: 'building', isWatched: true, steps: new Map() });
		second.tell(...good);
		second.end();
		await desk.over(1, 2);
		expect(desk.build().status).toBe('done');
	});

	it('says what cannot be watched', async () => {
		const desk = open();
		desk.start({ context: join(desk.context, 'nowhere') });
		await desk.over();
		await desk.desk.watch(1);
		expect(desk.state().notice).toMatchObject({
			tone: 'bad',
			text: expect.stringContaining('cannot be watched'),
		});
		await desk.desk.watch(9);
	});
});

describe('what can be looked at', () => {
	it('the files that are sent, the largest first', async () => {
		const desk = open({ ...plain, 'big.bin': 'x'.repeat(5000), 'b/a.txt': 'text' });
		desk.start();
		await desk.asked();
		expect(desk.desk.files(1).map(({ path, size }) => `${size} ${path}`)).toEqual([
			'5000 big.bin',
			'35 Dockerfile',
			'4 a.txt',
			'4 b/a.txt',
		]);
		expect(desk.desk.files(9)).toEqual([]);
	});

	it('every line that a step printed', async () => {
		const desk = open();
		desk.start();
		const asked = await desk.asked();
		const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
		asked.tell(step('a'), { type: 'output', step: 'a', text: lines.join('\n') });
		expect(desk.desk.lines(1, 'a', 0, 2)).toEqual(['line 0', 'line 1']);
		expect(desk.desk.lines(1, 'a', 4998, 10)).toEqual(['line 4998', 'line 4999']);
		expect([desk.desk.lines(1, 'b', 0, 2), desk.desk.lines(2, 'a', 0, 2)]).toEqual([[], []]);
	});

	it('all of it as text, with the times', async () => {
		const desk = open();
		desk.start();
		desk.pass(4000);
		await succeed(desk);
		expect([...desk.desk.text(1)].join('')).toBe(
			[
				'# docker build -t app:1 .',
				'# done after 4.0s',
				'',
				'FROM busybox  CACHED',
				'',
				'RUN make  DONE 3.0s',
				'  made',
				'  all',
				'',
				'sha256:0123456789abcdef',
				'app:1',
				'',
			].join('\n'),
		);
		expect([...desk.desk.text(9)]).toEqual([]);
	});
});

describe('several at once', () => {
	it('have each their own steps, output and end', async () => {
		const desk = open();
		expect([desk.start(), desk.start({ tags: ['two'] })]).toEqual([1, 2]);
		await desk.asked(2);
		const of = (tag: string) => desk.built.find(({ options }) => options.wish.tags[0] === tag) as FakeBuild;
		of('app:1').tell(step('a'), { type: 'output', step: 'a', text: 'one\n' });
		of('two').tell(step('a'), { type: 'output', step: 'a', text: 'two\n' });
		expect([desk.desk.lines(1, 'a', 0, 9), desk.desk.lines(2, 'a', 0, 9)]).toEqual([['one'], ['two']]);
		of('two').break(new Error('It broke.'));
		await until(() => !isUnderWay(desk.build(2)));
		expect(desk.build(1).status).toBe('building');
		of('app:1').end();
		await desk.over(1, 2);
		expect(desk.state().builds.list.map(({ status }) => status)).toEqual(['done', 'failed']);
	});

	it('one is closed, and takes what it wrote with it', async () => {
		const desk = open();
		desk.start();
		const asked = await desk.asked();
		asked.tell(step('a'), { type: 'output', step: 'a', text: 'x\n'.repeat(5000) });
		expect(readdirSync(desk.place)).toHaveLength(1);
		desk.desk.close(1);
		expect(asked.signal.aborted).toBe(true);
		expect(desk.state().builds.list).toEqual([]);
		asked.tell({ type: 'output', step: 'a', text: 'x\n'.repeat(5000) });
		await until(() => desk.journal.length === 2);
		expect([readdirSync(desk.place), desk.state().builds.list]).toEqual([[], []]);
	});

	it('all are ended at once, and nothing of them is left', async () => {
		const desk = open();
		desk.start();
		desk.start();
		await desk.asked(2);
		desk.built[0]?.tell(step('a'), { type: 'output', step: 'a', text: 'x\n'.repeat(5000) });
		desk.desk.endAll();
		expect(desk.built.map(({ signal }) => signal.aborted)).toEqual([true, true]);
		expect(readdirSync(desk.place)).toEqual([]);
	});
});

describe('what the engine asks for', () => {
	it('is the builder it has', async () => {
		const old = open(plain, { isOld: true });
		old.start({ builder: 'buildkit' });
		expect((await old.asked()).options.builder).toBe('classic');
		const wished = open();
		wished.start({ builder: 'classic' });
		expect((await wished.asked()).options.builder).toBe('classic');
		expect(wished.build().line).toBe('DOCKER_BUILDKIT=0 docker build -t app:1 .');
	});

	it('are secrets, by their ids', async () => {
		const desk = open({ ...plain, 'token.txt': '비밀' });
		desk.start({ secrets: { token: join(desk.context, 'token.txt') } });
		const { options } = await desk.asked();
		expect(String(await options.readSecret('token'))).toBe('비밀');
		expect(await options.readSecret('other')).toBeUndefined();
		expect(await options.credentials('registry:5000')).toBeUndefined();
		expect(await options.allCredentials()).toEqual({});
	});

	it.each([
		['buildkit', {}, 'The secret token cannot be handed on: there is no file ', 'nowhere', 'nowhere.'],
		['buildkit', {}, 'The secret token cannot be handed on: ', '.', ' is not a file.'],
		[
			'buildkit',
			{ large: 'x'.repeat(520_000) },
			'The secret token cannot be handed on: ',
			'large',
			' has 520kB,',
		],
		[
			'classic',
			{ 't.txt': 'x' },
			'Secrets (--secret) are known to BuildKit alone: build with it',
			't.txt',
			'.',
		],
	] as const)(
		'is not asked with %s where a secret cannot be handed on',
		async (builder, more, sentence, file, why) => {
			const desk = open({ ...plain, ...more });
			desk.start({ secrets: { token: join(desk.context, file) }, builder });
			await desk.over();
			expect(desk.built).toEqual([]);
			expect(desk.build().failure?.message).toMatch(sentence);
			expect(desk.build().failure?.message).toContain(why);
		},
	);

	it('is not asked where it knows no secrets at all', async () => {
		const desk = open({ ...plain, 't.txt': 'x' }, { isOld: true });
		desk.start({ secrets: { token: join(desk.context, 't.txt') } });
		await desk.over();
		expect(desk.build().failure?.message).toMatch(/this engine has not got it\.$/);
	});

	it('has no keys of an ssh agent, which is a warning where the Dockerfile wants them', async () => {
		const desk = open({ Dockerfile: 'FROM busybox\nRUN --mount=type=ssh git clone x\n' });
		desk.start();
		await succeed(desk);
		expect(desk.build().warnings).toEqual([expect.stringMatching(/^Line 2 asks for keys of an ssh agent/)]);
	});

	it('are logins, and why there is none is a warning', async () => {
		const noLogin = 'docker-credential-x is not installed.';
		const desk = open(plain, { noLogin });
		desk.start();
		const { options } = await desk.asked();
		expect(desk.build().warnings).toEqual([]);
		expect(await options.credentials('registry:5000')).toBeUndefined();
		expect(await options.allCredentials()).toEqual({});
		expect(desk.build().warnings).toEqual([noLogin]);
		await succeed(desk);
		expect(desk.build().warnings).toEqual([noLogin]);
	});
});

it('the form knows which builders the engine has', async () => {
	const ids = async (desk: Desk) => (await desk.desk.form({})).fields.map(({ id }) => id);
	expect(await ids(open())).toContain('builder');
	expect(await ids(open(plain, { isOld: true }))).not.toContain('builder');
	expect(await ids(open(plain, { hasEngine: false }))).not.toContain('builder');
});
