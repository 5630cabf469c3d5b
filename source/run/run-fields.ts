// A wish as the fields of a form, and the fields of a form as a wish. One of them is the whole `docker run` line.
import type { Answers, Field } from '../model/question.ts';
import { emptyRun, type RunWish } from '../model/run.ts';
import { shellWord } from '../model/words.ts';
import type { CheckContext } from './context.ts';
import type { Draft } from './flags.ts';
import { newDraft, readFlags } from './parse-run.ts';
import { portText, readPort } from './port-text.ts';
import { flagTexts, pathWord, runLine } from './run-line.ts';
import { modeOf, modeOptions, readMode } from './run-modes.ts';
import { shellWords } from './shell-line.ts';

type FieldContext = Pick<CheckContext, 'networks'>;

const toText = (values: readonly string[], word = shellWord): string => values.map(word).join(' ');

const text = (id: string, label: string, value: string): Field => ({ kind: 'text', id, label, value });

const toggle = (id: string, label: string, value: boolean): Field => ({ kind: 'toggle', id, label, value });

export const fieldsOf = (wish: RunWish, context: FieldContext): Field[] => [
	text('line', 'docker line', runLine(wish)),
	text('image', 'image', wish.image),
	text('command', 'command (empty: the image’s own)', toText(wish.command)),
	text('name', 'name (empty: docker invents one)', wish.name ?? ''),
	{ kind: 'choice', id: 'mode', label: 'runs', options: modeOptions(wish), value: modeOf(wish) },
	toggle('rm', 'removed when it ends (--rm)', wish.isRemoved),
	text('ports', 'ports, HOST:CONTAINER (-p)', toText(wish.ports.map(portText))),
	toggle('publishAll', 'all exposed ports, on free ones (-P)', wish.publishesAll),
	text('env', 'environment, NAME=value (-e)', toText(wish.env)),
	text('envFiles', 'environment from files (--env-file)', toText(wish.envFiles, pathWord)),
	text('volumes', 'folders and volumes, FROM:TO (-v)', toText(wish.volumes, pathWord)),
	text('mounts', 'mounts, in words (--mount)', toText(wish.mounts)),
	networkField(wish, context),
	restartField(wish),
	text('user', 'user (-u)', wish.user ?? ''),
	text('workdir', 'working folder (-w)', wish.workdir ?? ''),
	text(
		'entrypoint',
		"entrypoint ('' switches it off)",
		wish.entrypoint === '' ? "''" : (wish.entrypoint ?? ''),
	),
	text('memory', 'memory, such as 512m (-m)', wish.memory ?? ''),
	text('cpus', 'processors, such as 1.5 (--cpus)', wish.cpus ?? ''),
	text('labels', 'labels, NAME=value (-l)', toText(wish.labels)),
	text('others', 'other flags', flagTexts(folded(wish)).join(' ')),
];

const networkField = ({ networks }: RunWish, context: FieldContext): Field => {
	const value = toText(networks);
	// `bridge` is what is meant without a name, unless somebody wrote it.
	const existing = context.networks
		.filter(({ name }) => name !== 'bridge' || value === name)
		.map(({ name }) => ({ value: shellWord(name), label: name }));
	const options = [{ value: '', label: 'bridge, the usual one' }, ...existing];
	const isThere = options.some((option) => option.value === value);
	return {
		kind: 'choice',
		id: 'network',
		label: 'network (--network)',
		options: isThere ? options : [...options, { value, label: networks.join(' and ') }],
		value,
	};
};

const restartField = ({ restart = '' }: RunWish): Field => {
	const options = [
		{ value: '', label: 'never' },
		{ value: 'always', label: 'always' },
		{ value: 'unless-stopped', label: 'unless it was stopped' },
		{ value: 'on-failure', label: 'when it fails' },
	];
	const isThere = options.some(({ value }) => value === restart);
	return {
		kind: 'choice',
		id: 'restart',
		label: 'restarts (--restart)',
		options: isThere ? options : [...options, { value: restart, label: restart }],
		value: restart,
	};
};

/** What has no field of its own: the form shows it as flags, in one. */
const folded = (wish: RunWish): RunWish => {
	const { hostname, pidsLimit, platform, pull, tmpfs, capAdd, capDrop, hosts, others } = wish;
	const { isPrivileged, isReadOnly, hasInit } = wish;
	return {
		...emptyRun,
		...{ tmpfs, capAdd, capDrop, hosts, others, isPrivileged, isReadOnly, hasInit },
		...(hostname !== undefined && { hostname }),
		...(pidsLimit !== undefined && { pidsLimit }),
		...(platform !== undefined && { platform }),
		...(pull !== undefined && { pull }),
	};
};

export type ReadAnswers = { readonly wish: RunWish } | { readonly problem: string; readonly field: string };

/** What the fields say; the line is not looked at. Empty fields are no problem: the image may still be missing. */
export const wishOf = (answers: Answers): ReadAnswers => {
	const given = (id: string): string => String(answers[id] ?? '').trim();
	const draft = newDraft();
	const problems: { problem: string; field: string }[] = [];
	const wordsOf = (id: string): readonly string[] => {
		const read = shellWords(given(id));
		if ('words' in read) return read.words;
		problems.push({ problem: read.problem, field: id });
		return [];
	};
	Object.assign(draft, {
		image: given('image'),
		...readMode(given('mode')),
		isRemoved: answers.rm === true,
		publishesAll: answers.publishAll === true,
		env: [...wordsOf('env')],
		envFiles: [...wordsOf('envFiles')],
		volumes: [...wordsOf('volumes')],
		mounts: [...wordsOf('mounts')],
		networks: [...wordsOf('network')],
		labels: [...wordsOf('labels')],
	} satisfies Partial<Draft>);
	for (const id of ['name', 'restart', 'user', 'workdir', 'memory', 'cpus', 'entrypoint'] as const) {
		if (given(id) !== '') draft[id] = given(id);
	}
	if (/^(''|"")$/.test(given('entrypoint'))) draft.entrypoint = '';
	for (const word of wordsOf('ports')) {
		const read = readPort(word);
		if ('port' in read) draft.ports.push(read.port);
		else problems.push({ problem: read.problem, field: 'ports' });
	}
	const read = readFlags(draft, wordsOf('others'));
	if ('problem' in read) problems.push({ problem: read.problem, field: 'others' });
	else if (read.rest.length > 0) {
		problems.push({ problem: `${read.rest[0]} is no flag: a command has its own field.`, field: 'others' });
	}
	const command = wordsOf('command');
	const [problem] = problems;
	return problem ?? { wish: { ...draft, command } };
};
