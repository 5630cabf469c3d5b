// Of the table of verbs: being inside a container.
import { splitCommand } from '../model/command-line.ts';
import type { Container, ContainerDetail } from '../model/items.ts';
import type { Answers, Field, Question } from '../model/question.ts';
import { shellWord } from '../model/words.ts';
import type { Request } from '../terminal/program.ts';
import type { Context, Instead, Ready, Verb } from './action.ts';
import { onlyRunning } from './containers.ts';

const lines = (containers: readonly Container[], line: (container: Container) => string) =>
	containers.map(line).join('; ');

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

// ---- What exec is asked

type ExecRequest = Extract<Request, { kind: 'exec' }>;
type ExecWish = Omit<ExecRequest, 'kind' | 'container' | 'title' | 'line'>;

const text = (answers: Answers, id: string) => String(answers[id] ?? '').trim();

const wishOf = (answers: Answers): ExecWish | { problem: string } => {
	const command = splitCommand(text(answers, 'command'));
	const env = splitCommand(text(answers, 'env'));
	if ('problem' in command) return command;
	if ('problem' in env) return env;
	const [sign] = command.signs;
	if (sign !== undefined)
		return {
			problem: `No shell reads this line, so ${sign} means nothing in it: quote it, or run sh -c '…'.`,
		};
	if (command.words.length === 0) return { problem: 'Type the command to run, as after docker exec.' };
	const odd = env.words.find((word) => !/^[^=]+=/.test(word));
	if (odd !== undefined) return { problem: `${odd} is not NAME=value.` };
	return {
		command: command.words,
		tty: answers.tty !== false,
		...(text(answers, 'user') && { user: text(answers, 'user') }),
		...(text(answers, 'directory') && { directory: text(answers, 'directory') }),
		...(env.words.length && { env: env.words }),
		...(answers.privileged === true && { isPrivileged: true }),
	};
};

/** Of what is still being typed, too. */
const execLine = ({ name }: Container, answers: Answers): string => {
	const wish = wishOf(answers);
	const given = 'problem' in wish ? undefined : wish;
	const words = [
		'docker exec',
		...(answers.tty === false ? [] : ['-it']),
		...(given?.user ? ['-u', shellWord(given.user)] : []),
		...(given?.directory ? ['-w', shellWord(given.directory)] : []),
		...(given?.env ?? []).flatMap((one) => ['-e', shellWord(one)]),
		...(given?.isPrivileged ? ['--privileged'] : []),
		shellWord(name),
		given ? given.command.map(shellWord).join(' ') : 'COMMAND',
	];
	return words.join(' ');
};

const openExec = async (container: Container, answers: Answers, { terminals }: Context) => {
	const wish = wishOf(answers);
	if ('problem' in wish) return;
	const line = execLine(container, answers);
	await terminals.open({ kind: 'exec', container, title: fileName(wish.command[0] ?? ''), line, ...wish });
};

const execQuestion = (
	containers: readonly Container[],
	command: string,
	history: readonly string[],
): Question => ({
	title: `Run a command in ${containers.map(({ name }) => name).join(', ')}`,
	body: [],
	fields: [
		{ kind: 'text', id: 'command', label: 'command', value: command, history },
		{ kind: 'toggle', id: 'tty', label: 'with a terminal, to type into (-it)', value: true },
		{ kind: 'text', id: 'user', label: 'user', value: '' },
		{ kind: 'text', id: 'directory', label: 'working folder', value: '' },
		{ kind: 'text', id: 'env', label: 'environment (NAME=value …)', value: '' },
		{ kind: 'toggle', id: 'privileged', label: 'privileged', value: false },
	],
	yes: 'run',
	isDestructive: false,
});

// ---- Shells

/** Answers of the shell verbs: by container id, the shell to run in it. */
const shellOf = ({ id }: Container, answers: Answers) => String(answers[id] ?? answers.shell ?? 'sh');

const shellLine = (containers: readonly Container[], answers: Answers) =>
	lines(containers, (container) =>
		execLine(container, { command: shellOf(container, answers), user: answers.user ?? '' }),
	);

const openShell = (container: Container, answers: Answers, context: Context) =>
	openExec(container, { command: shellOf(container, answers), user: answers.user ?? '' }, context);

/** What the image itself would run, as a command line. */
const ownCommand = ({ raw }: ContainerDetail): string => {
	const config = (raw.Config ?? {}) as { Entrypoint?: unknown; Cmd?: unknown };
	return [config.Entrypoint, config.Cmd]
		.flat()
		.filter((word) => typeof word === 'string')
		.map(shellWord)
		.join(' ');
};

/** A sentence that says so, and what helps instead. */
const noShell = async ({ id, name }: Container, { engine }: Context): Promise<Question> => {
	const own = ownCommand(await engine.inspect(id));
	return {
		title: `No shell in ${name}`,
		body: [
			`The image of ${name} has no bash, ash or sh: it brings its own program and nothing else.`,
			'What helps instead:',
		],
		fields: [
			{
				kind: 'choice',
				id: 'instead',
				label: 'instead',
				value: 'Top',
				options: [
					{ value: 'Top', label: 'Top: the processes in it' },
					{ value: 'Diff', label: 'Diff: the files it changed' },
					{ value: 'Config', label: 'Config: what it was made with' },
					{ value: 'exec', label: own === '' ? 'exec a program of its own' : `exec its own program: ${own}` },
				],
			},
		],
		yes: 'go on',
		isDestructive: false,
	};
};

const insteadLines: Readonly<Record<string, (name: string) => string>> = {
	Top: (name) => `docker top ${name}`,
	Diff: (name) => `docker diff ${name}`,
	Config: (name) => `docker inspect ${name}`,
	exec: () => '',
};

const doInstead = async (container: Container, instead: string, { send, engine, state }: Context) => {
	if (instead === 'Top' || instead === 'Diff' || instead === 'Config') {
		send({ type: 'tab-chosen', tab: instead });
		return send({ type: 'detail-focused', isFocused: true });
	}
	const own = ownCommand(await engine.inspect(container.id));
	const question = execQuestion([container], own, state().commands);
	send({ type: 'asked', actionId: 'container.exec', itemIds: [container.id], question });
};

const findShells = async (
	containers: readonly Container[],
	context: Context,
): Promise<Map<string, string[]> | Instead> => {
	const shells = new Map<string, string[]>();
	for (const container of containers) {
		const found = await context.engine.shells(container);
		if (found.length === 0) return { instead: 'container.without-shell' };
		shells.set(container.id, found.map(fileName));
	}
	return shells;
};

// ---- Attaching

/** What will and what will not work, before it is done; nothing where it works as one expects. */
const attachQuestion = ({ name }: Container, { tty, openStdin }: ContainerDetail): Question | Ready => {
	if (tty && openStdin) return { answers: {} };
	const body = [
		`You see what ${name} prints from now on; what it printed before is in its logs (l).`,
		openStdin
			? 'It has no terminal (it was started without -t): what you type is sent line by line, and full-screen programs do not work.'
			: 'It does not read what is typed (it was started without -i).',
		'Ctrl+P Ctrl+Q leaves it running. Ctrl+C would interrupt it, and warns before it does.',
	];
	return { title: `Attach to ${name}`, body, fields: [], yes: 'attach', isDestructive: false };
};

const base = { scope: 'container', isChanging: true, on: 'each' } as const;
const inside = { ...base, whyNot: onlyRunning } as const;

export const terminalVerbs: readonly Verb<'container'>[] = [
	{
		...inside,
		id: 'container.shell',
		keys: ['e'],
		title: 'Shell',
		hint: 'shell',
		help: 'Opens a shell in the container: bash, else ash, else sh. Below it stands how to leave it.',
		doing: 'opening a shell',
		done: 'opened a shell in',
		ask: async (containers, context) => {
			const found = await findShells(containers, context);
			if ('instead' in found) return found;
			return { answers: Object.fromEntries([...found].map(([id, [best]]) => [id, best ?? 'sh'])) };
		},
		cli: shellLine,
		run: async (container, answers, context) => void (await openShell(container, answers, context)),
	},
	{
		...inside,
		id: 'container.choose-shell',
		keys: ['E'],
		title: 'Shell …',
		help: 'The same, with a shell and a user you choose.',
		doing: 'opening a shell',
		done: 'opened a shell in',
		ask: async (containers, context) => {
			const found = await findShells(containers, context);
			if ('instead' in found) return found;
			const all = [...new Set([...found.values()].flat())];
			const shared = all.filter((shell) => [...found.values()].every((has) => has.includes(shell)));
			const fields: Field[] = [
				{
					kind: 'choice',
					id: 'shell',
					label: 'shell',
					value: shared[0] ?? 'sh',
					options: shared.map((value) => ({ value, label: value })),
				},
				{ kind: 'text', id: 'user', label: 'user (empty: the container’s own)', value: '' },
			];
			const title = `Open a shell in ${containers.map(({ name }) => name).join(', ')}`;
			return { title, body: [], fields, yes: 'open', isDestructive: false };
		},
		cli: shellLine,
		run: async (container, answers, context) => void (await openShell(container, answers, context)),
	},
	{
		...inside,
		isChanging: false,
		id: 'container.without-shell',
		keys: [],
		title: 'Look into it without a shell',
		help: 'What helps where the image has no shell: its processes, its files, a program of its own.',
		doing: 'looking into',
		done: 'looked into',
		ask: async ([container], context) => container && noShell(container, context),
		cli: ([container], { instead }) =>
			insteadLines[String(instead)]?.(shellWord(container?.name ?? '')) ?? '',
		run: async (container, { instead }, context) => {
			await doInstead(container, String(instead), context);
			return undefined;
		},
	},
	{
		...inside,
		id: 'container.exec',
		keys: ['x'],
		title: 'Run a command in it',
		hint: 'exec',
		help: 'Asks for a command line and how to run it; Ctrl+P and Ctrl+N go through those of before.',
		doing: 'running a command',
		done: 'started a command in',
		ask: (containers, { state }) => execQuestion(containers, '', state().commands),
		check: (answers) => {
			const wish = wishOf(answers);
			return 'problem' in wish ? wish.problem : undefined;
		},
		cli: (containers, answers) => lines(containers, (container) => execLine(container, answers)),
		run: async (container, answers, context) => {
			context.send({ type: 'command-given', command: text(answers, 'command') });
			await openExec(container, answers, context);
			return undefined;
		},
	},
	{
		...inside,
		id: 'container.attach',
		keys: ['a'],
		title: 'Attach',
		hint: 'attach',
		help: 'Joins the main process: sees what it prints and types to it. Ctrl+P Ctrl+Q leaves it running.',
		doing: 'attaching',
		done: 'attached to',
		ask: async ([first, second], { engine }) => {
			if (!first || second) return undefined;
			return attachQuestion(first, await engine.inspect(first.id));
		},
		cli: (containers) => lines(containers, ({ name }) => `docker attach ${shellWord(name)}`),
		run: async (container, _, { engine, terminals, state }) => {
			// What is on screen is known; whoever types on must find the terminal there.
			const detail = state().known.containers.get(container.id) ?? (await engine.inspect(container.id));
			const { tty, openStdin: stdin } = detail;
			const line = `docker attach ${shellWord(container.name)}`;
			await terminals.open({ kind: 'attach', container, title: 'attach', line, tty, stdin });
			return undefined;
		},
	},
];
