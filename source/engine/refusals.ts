// Refusals of the engine that deserve their own sentence: by verb and status, and the few only their text tells apart.
import { EngineError } from './error.ts';

/** What a call was about, for its sentence: `{ verb: 'stop', name: 'web' }`. */
export type About = { readonly verb: string; readonly name: string };

type Sentence = (name: string) => string;

const isGone: Sentence = (name) => `${name} is gone: the engine does not have it any more.`;

const isPaused: Sentence = (name) => `${name} is paused: unpause it first (p).`;

const isNotRunning: Sentence = (name) => `${name} is not running: start it first (s).`;

const byVerb: Readonly<Record<string, Readonly<Record<number, Sentence>>>> = {
	start: {
		400: (name) => `${name} could not be started: its command cannot be run.`,
		403: (name) => `${name} could not be started: the engine does not allow it.`,
		500: (name) => `${name} could not be started.`,
		409: (name) => `${name} cannot be started in the state it is in.`,
	},
	stop: { 500: (name) => `${name} could not be stopped.` },
	restart: { 500: (name) => `${name} could not be restarted.` },
	pause: { 409: (name) => `${name} cannot be paused: it is not running, or it is paused already.` },
	unpause: { 409: (name) => `${name} is not paused.` },
	kill: {
		400: () => 'The engine does not know this signal.',
		409: (name) => `${name} is not running, so no signal can reach it.`,
	},
	rename: {
		400: () =>
			'The engine does not accept this name: two characters or more, of letters, digits, _ . and -, and not the old one.',
		409: () => 'Another container has this name already.',
	},
	remove: {
		409: (name) => `${name} is running or paused: stop it first, or remove it with force.`,
		500: (name) => `${name} could not be removed.`,
	},
	tag: {
		400: () => 'The engine does not accept this name for an image.',
		404: (name) => `There is no image ${name} any more.`,
		409: () => 'A running container keeps this name: choose another one.',
	},
	removeImage: {
		404: (name) => `There is no image ${name} any more.`,
		409: (name) =>
			`${name} is still needed: a container uses it, it has several names, or another image is made from it.`,
	},
	prune: { 409: () => 'The engine is pruning already: wait until it is done.' },
	processes: {
		409: (name) => `${name} is not running, so it has no processes.`,
		500: (name) => `The engine could not list the processes of ${name}.`,
	},
	logs: { 501: () => 'The log driver of this container does not let its logs be read back.' },
	exec: {
		400: (name) => `The command could not be run in ${name}: the engine does not accept it.`,
		409: isNotRunning,
		500: (name) => `The command could not be run in ${name}.`,
	},
	attach: { 409: isNotRunning },
	diskUse: { 409: () => 'The engine is measuring already: wait until it is done.' },
};

/** Refusals that engines send with a status that says something else (500 for most of them). */
const byText: readonly {
	readonly pattern: RegExp;
	readonly verbs: readonly string[];
	readonly sentence: Sentence;
}[] = [
	{
		pattern: /port is already allocated/i,
		verbs: ['start', 'restart'],
		sentence: (name) => `${name} could not be started: another container publishes the same port.`,
	},
	{
		pattern: /address already in use/i,
		verbs: ['start', 'restart'],
		sentence: (name) => `${name} could not be started: a program on the host uses the port it publishes.`,
	},
	{
		pattern: /cannot assign requested address/i,
		verbs: ['start', 'restart'],
		sentence: (name) =>
			`${name} could not be started: the host does not have the address it publishes a port on.`,
	},
	{ pattern: /is not paused/i, verbs: ['unpause'], sentence: (name) => `${name} is not paused.` },
	{ pattern: /in use/i, verbs: ['rename'], sentence: () => 'Another container has this name already.' },
	{
		pattern: /as it is (running|paused)|container state improper/i,
		verbs: ['remove'],
		sentence: (name) => `${name} is running or paused: stop it first, or remove it with force.`,
	},
	{ pattern: /is paused/i, verbs: ['exec', 'attach'], sentence: isPaused },
	{
		pattern: /container state improper|is not running|stopped container/i,
		verbs: ['exec', 'attach'],
		sentence: isNotRunning,
	},
	{
		pattern: /unable to find (user|group)|no matching entries in (passwd|group)/i,
		verbs: ['exec'],
		sentence: (name) => `${name} does not know this user.`,
	},
	{
		pattern: /container state improper|is not running/i,
		verbs: ['kill', 'pause', 'stop', 'processes'],
		sentence: (name) => `${name} is not running.`,
	},
];

export function worded(error: EngineError, { verb, name }: About): EngineError {
	const { statusCode, code, engineMessage = '' } = error;
	if (statusCode === undefined || code !== undefined) return error;
	const byWords = byText.find(({ pattern, verbs }) => verbs.includes(verb) && pattern.test(engineMessage));
	const sentence =
		byWords?.sentence ??
		byVerb[verb]?.[statusCode] ??
		(statusCode === 404 && name !== '' ? isGone : undefined);
	return sentence === undefined ? error : new EngineError(sentence(name), error);
}
