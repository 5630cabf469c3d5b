// Runs of a session without a screen: what is written into the journal, and what becomes of what goes wrong around them.
import { expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import type { Event } from '../../source/model/event.ts';
import { answersOf } from '../../source/model/question.ts';
import type { RunWish } from '../../source/model/run.ts';
import { createRuns, type RunsGiven } from '../../source/run/runs.ts';
import { recordingEngine } from '../actions/recording-engine.ts';
import { idOf, listed, now } from '../model/things.ts';

const desk = (news: Partial<RunsGiven> = {}) => {
	const recording = recordingEngine();
	const events: Event[] = [];
	const journal: string[] = [];
	let clock = now;
	const runs = createRuns({
		state: () => listed([]),
		send: (event) => events.push(event),
		engine: () => recording.engine,
		now: () => clock,
		record: (line) => {
			journal.push(line);
			return (outcome, message) => journal.push(`${outcome}: ${message}`);
		},
		pull: () => Promise.reject(new Error('nothing is pulled here')),
		open: async () => {
			clock += 1500;
		},
		resolve: async (wish) => ({ wish }),
		presets: { read: async () => [], keep: async () => undefined },
		readListeners: async () => [],
		around: () => ({ pathExists: () => true, isLocal: true }),
		...news,
	});
	const answers = async (line: string) => {
		const question = await runs.form('');
		const fields = question.fields.map((field) =>
			field.id === 'line' ? ({ ...field, value: line } as typeof field) : field,
		);
		return answersOf(runs.revised({ ...question, fields }));
	};
	return { ...recording, events, journal, runs, answers };
};

it('without an engine nothing is run, and nothing is written down', async () => {
	const { runs, answers, journal } = desk({ engine: () => undefined });
	expect(await runs.start(await answers('docker run -d app'))).toBe(
		'The engine does not answer; nothing was run.',
	);
	expect(journal).toEqual([]);
});

it('what cannot be read from this machine is told before anything is asked of the engine', async () => {
	const problem = 'There is no file a.env.';
	const { runs, answers, journal, lines } = desk({ resolve: async () => ({ problem }) });
	expect(await runs.start(await answers('docker run -d --env-file a.env app'))).toBe(problem);
	expect([journal, lines()]).toEqual([[], []]);
});

it('what the engine gets has env files and relative paths read, the docker line does not', async () => {
	const created: RunWish[] = [];
	const { runs, answers, journal, engine } = desk({
		resolve: async (wish) => ({
			wish: { ...wish, envFiles: [], env: ['A=1'], volumes: ['/home/me/site:/srv'] },
		}),
	});
	const create: Engine['create'] = async (wish) => {
		created.push(wish);
		return { id: idOf('site'), warnings: [] };
	};
	Object.assign(engine, { create });
	await runs.start(await answers('docker run -d --name site --env-file a.env -v ./site:/srv app'));
	expect(created).toMatchObject([{ env: ['A=1'], envFiles: [], volumes: ['/home/me/site:/srv'] }]);
	expect(journal).toEqual([
		'docker run -d --name site --env-file a.env -v ./site:/srv app',
		'done: started site · 0.0 s',
	]);
});

it('a terminal is told what it attaches to, and the time that took', async () => {
	const opened: unknown[] = [];
	const { runs, answers, journal } = desk();
	const other = desk({ open: async (run) => void opened.push(run) });
	await other.runs.start(await other.answers('docker run -i --rm --name play app sh'));
	expect(opened).toEqual([
		{
			container: { id: idOf('play'), name: 'play', warnings: [] },
			line: 'docker run -i --rm --name play app sh',
			tty: false,
			stdin: true,
			isRemoved: true,
		},
	]);
	await runs.start(await answers('docker run --name play app'));
	expect(journal.at(-1)).toBe('done: started play · 1.5 s');
});

it('a run that is not kept for the next time is none the worse for it', async () => {
	const text = 'This run is not kept for the next time.';
	const { runs, answers, events } = desk({ presets: { read: async () => [], keep: async () => text } });
	expect(await runs.start(await answers('docker run -d --name site app'))).toBeUndefined();
	expect(events).toMatchObject([
		{ type: 'awaited', pane: 'containers', id: idOf('site') },
		{ type: 'noticed', text, tone: 'bad' },
	]);
});

it('a form for what is not here yet has only its name', async () => {
	const { runs } = desk();
	const question = await runs.form('somewhere/else:1', 'It is not there.');
	expect(question).toMatchObject({
		body: ['somewhere/else:1 is not here: it is pulled first.'],
		problem: 'It is not there.',
		about: 'docker run somewhere/else:1',
	});
	expect(question.hint).toBeUndefined();
});
