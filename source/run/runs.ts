// All runs of this session: pulls what is missing, creates, and starts, in a terminal or in the background.
import type { Engine, Target } from '../engine/contract.ts';
import { unkeptFlags } from '../engine/create/read-unkept.ts';
import { EngineError, told } from '../engine/error.ts';
import { type ImageDefaults, imageDefaults } from '../engine/image-defaults.ts';
import { runWishOf } from '../engine/run-wish.ts';
import type { Event } from '../model/event.ts';
import { isUp, type Network } from '../model/items.ts';
import type { Listener } from '../model/ports.ts';
import { type Answers, answersOf, type Question } from '../model/question.ts';
import { emptyRun, type RunWish } from '../model/run.ts';
import type { State } from '../model/state.ts';
import type { Transfer } from '../model/transfers.ts';
import { shortId } from '../model/words.ts';
import { isHere, problemOf } from './check.ts';
import type { CheckContext } from './context.ts';
import { differences } from './differences.ts';
import { parseRunLine } from './parse-run.ts';
import type { Presets } from './presets.ts';
import { recreate } from './recreate.ts';
import { wishOf } from './run-fields.ts';
import { revised, runQuestion, withBody } from './run-form.ts';
import { runLine } from './run-line.ts';
import { suggestedPorts, suggestedRun } from './suggested.ts';

export type OpenRun = {
	readonly container: Target;
	readonly line: string;
	readonly tty: boolean;
	readonly stdin: boolean;
	readonly isRemoved: boolean;
};

export type RunsGiven = {
	readonly state: () => State;
	readonly send: (event: Event) => void;
	readonly engine: () => Engine | undefined;
	readonly now: () => number;
	/** Writes the docker line into the journal; what it returns writes how it ended. */
	readonly record: (line: string) => (outcome: 'done' | 'failed', message: string) => void;
	readonly pull: (reference: string, options: { readonly platform?: string }) => Promise<Transfer>;
	/** Attaches in a tab and starts it; rejects with an EngineError when it cannot be started. */
	readonly open: (run: OpenRun) => Promise<void>;
	/** With relative paths and env files read; a problem is a sentence. */
	readonly resolve: (wish: RunWish) => Promise<{ readonly wish: RunWish } | { readonly problem: string }>;
	readonly presets: Presets;
	/** What wishes are held against, but for what only the engine and the desk know. */
	readonly around: () => Pick<CheckContext, 'pathExists' | 'isLocal'>;
	/** Who listens on the engine's host now; undefined where that cannot be seen. */
	readonly readListeners: () => Promise<readonly Listener[] | undefined>;
};

export type Runs = ReturnType<typeof createRuns>;

export const createRuns = (given: RunsGiven) => {
	const { state, send, engine, now, record, pull, open, resolve, presets, around, readListeners } = given;
	/** The image whose ports were told. */
	let hinted: string | undefined;
	/** As they were when the form was opened. */
	let networks: readonly Network[] = [];

	const context = (replaces?: string): CheckContext => {
		const { containers, images, ports } = state();
		const { listeners } = ports;
		return {
			...around(),
			containers,
			images,
			networks,
			...(listeners === undefined ? {} : { listeners }),
			...(replaces === undefined ? {} : { replaces }),
		};
	};

	/** What a form is held against, and no event tells of. */
	const readAround = async (): Promise<void> => {
		const [known] = await Promise.all([
			engine()
				?.networks()
				.catch(() => []),
			readListeners(),
		]);
		networks = known ?? [];
	};

	/** Created, after a pull where the image is missing. */
	const create = async (
		through: Engine,
		wish: RunWish,
	): Promise<Target & { warnings: readonly string[] }> => {
		const { image, platform } = wish;
		const fetch = async () => {
			const { status } = await pull(image, platform === undefined ? {} : { platform });
			if (status === 'cancelled')
				throw new EngineError(`The pull of ${image} was cancelled; nothing was run.`);
			if (status !== 'done') throw new EngineError(`${image} could not be pulled; nothing was run.`);
		};
		const made = async () => {
			const { id, warnings } = await through.create(wish);
			const [read] = wish.name === undefined ? await through.containers([id]) : [];
			return { id, name: wish.name ?? read?.name ?? shortId(id), warnings };
		};
		if (wish.pull === 'always') await fetch();
		try {
			return await made();
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			// A network that is not there is a 404, too.
			const isMissing =
				error.code === 'ENOIMAGE' || (error.statusCode === 404 && !isHere(image, { images: state().images }));
			if (!isMissing || !['missing', undefined].includes(wish.pull)) throw error;
			await fetch();
			return made();
		}
	};

	/** Undefined where the image is not here yet. */
	const defaultsOf = async (image: string): Promise<ImageDefaults | undefined> => {
		const detail =
			image === ''
				? undefined
				: await engine()
						?.inspectImage(image)
						.catch(() => undefined);
		return detail && imageDefaults(detail.raw);
	};

	/** What the image exposes, one key away from being published. */
	const withPorts = (question: Question, wish: RunWish, exposed: readonly string[]): Question => {
		if (exposed.length === 0 || wish.ports.length || wish.publishesAll) return question;
		const ports = suggestedPorts(exposed, wish, context());
		hinted = wish.image;
		return {
			...question,
			fields: question.fields.map((field) =>
				field.id === 'ports' && field.kind === 'text' ? { ...field, history: [ports] } : field,
			),
			hint: `It exposes ${exposed.join(', ')}, which nobody reaches until it is published: Ctrl+P in the field of ports fills in ${ports}.`,
		};
	};

	/** Once it is published, or another image, it need not be said. */
	const withoutHint = (question: Question): Question => {
		const { hint, ...rest } = question;
		const { ports, publishAll, image } = answersOf(question);
		return hint !== undefined && (ports !== '' || publishAll === true || image !== hinted) ? rest : question;
	};

	const select = (id: string) => send({ type: 'awaited', pane: 'containers', id });

	const begin = async (through: Engine, wish: RunWish, line: string): Promise<string> => {
		const container = await create(through, wish);
		const { name, warnings } = container;
		try {
			if (wish.isDetached) await through.start(container);
			else {
				const { hasTerminal: tty, isInteractive: stdin, isRemoved } = wish;
				await open({ container, line, tty, stdin, isRemoved });
			}
		} catch (error) {
			// It never ran: its name is free again for the next try.
			await through.remove(container, { force: true, volumes: true }).catch(() => {});
			throw error;
		}
		select(container.id);
		return [`started ${name}`, ...warnings].join(' · ');
	};

	/** What was wanted last and did not come about, to be put right. */
	let failed: RunWish | undefined;

	/** Undefined: it runs. Else why not, in a sentence. */
	const start = async (wish: RunWish): Promise<string | undefined> => {
		const through = engine();
		if (!through) return 'The engine does not answer; nothing was run.';
		failed = wish;
		const resolved = await resolve(wish);
		if ('problem' in resolved) return resolved.problem;
		const end = record(runLine(wish));
		const beganAt = now();
		try {
			const message = await begin(through, resolved.wish, runLine(wish));
			end('done', `${message} · ${((now() - beganAt) / 1000).toFixed(1)} s`);
			failed = undefined;
			const problem = await presets.keep(wish);
			if (problem !== undefined) send({ type: 'noticed', text: problem, tone: 'bad', at: now() });
			return undefined;
		} catch (error) {
			end('failed', told(error));
			return told(error);
		}
	};

	/** Of a dialog. What the line says may differ from the fields only where it cannot be read. */
	const readIn = (answers: Answers): { readonly wish: RunWish } | { readonly problem: string } => {
		const line = parseRunLine(String(answers.line ?? ''));
		return 'wish' in line ? wishOf(answers) : line;
	};
	const wishIn = (answers: Answers): RunWish | undefined => {
		const read = readIn(answers);
		return 'wish' in read ? read.wish : undefined;
	};
	const problemIn = (answers: Answers, replaces?: string): string | undefined => {
		const read = readIn(answers);
		return 'wish' in read ? problemOf(read.wish, context(replaces)) : read.problem;
	};

	const compared = (question: Question, id: string): Question => {
		const next = revised(question, context(id));
		const before = parseRunLine(question.before ?? '');
		const after = wishIn(answersOf(next));
		if (!('wish' in before) || !after) return next;
		const news = differences({ ...before.wish, isDetached: true }, after);
		return withBody(next, news.length ? news : ['Nothing is different yet.']);
	};

	return {
		/** What to ask before one is started. `image` is a reference or an id, empty where none is meant. */
		form: async (image: string, problem?: string): Promise<Question> => {
			const [past, defaults] = await Promise.all([
				image === '' ? [] : presets.read(image),
				defaultsOf(image),
				readAround(),
			]);
			const again = failed !== undefined && (image === '' || failed.image === image) ? failed : undefined;
			const wish = again ?? (defaults ? suggestedRun(image, defaults) : { ...emptyRun, image });
			const question = withPorts(runQuestion(wish, context(), past), wish, defaults?.exposed ?? []);
			return problem === undefined ? question : { ...question, problem };
		},
		revised: (question: Question): Question => withoutHint(revised(question, context())),
		/** What is wrong with what is filled in, in a sentence. */
		problemOf: (answers: Answers): string | undefined => problemIn(answers),
		start: async (answers: Answers): Promise<string | undefined> => {
			const wish = wishIn(answers);
			return wish && start(wish);
		},
		/** What to ask before a container is made anew; its docker line is what it could have come from. */
		recreateForm: async (
			through: Engine,
			{ id, name }: Target,
			change: (wish: RunWish) => RunWish = (wish) => wish,
		): Promise<Question> => {
			const [{ raw }] = await Promise.all([through.inspect(id), readAround()]);
			const image = await through.inspectImage(String(raw.Image ?? '')).catch(() => undefined);
			const wish = runWishOf(raw, image?.raw);
			const lost = unkeptFlags(raw);
			const question = runQuestion({ ...change(wish), isDetached: true }, context(id), []);
			const asked = {
				...question,
				title: `Recreate ${name} with changes`,
				yes: 'recreate',
				before: runLine(wish),
				...(lost.length
					? { hint: `Portside does not know how to keep ${lost.join(' ')}: it would be lost.` }
					: {}),
			};
			return runLine(change(wish)) === runLine(wish) ? asked : compared(asked, id);
		},
		/** The same question, with what would be different. */
		compared,
		recreateProblem: (answers: Answers, id: string): string | undefined => problemIn(answers, id),
		/** The id of the new one. */
		recreate: async (through: Engine, target: Target, answers: Answers): Promise<string | undefined> => {
			const wish = wishIn(answers);
			if (!wish) return undefined;
			const resolved = await resolve(wish);
			if ('problem' in resolved) throw new EngineError(resolved.problem);
			const container = state().containers.get(target.id);
			const wasRunning = container !== undefined && isUp(container);
			const wasPaused = container?.state === 'paused';
			const { id } = await recreate(through, target, resolved.wish, { wasRunning, wasPaused });
			select(id);
			return id;
		},
	};
};
