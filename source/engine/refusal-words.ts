// Refusals that only the engine's words tell apart: most engines and registries send one status for many.
import { isNotRunning, type Sentence } from './refusal-sentences.ts';

const isPaused: Sentence = (name) => `${name} is paused: unpause it first (p).`;

export const wantsLogin: Sentence = (name) =>
	`${name} needs a login at its registry, or it does not exist there.`;

const isRefused = 'its registry does not let you in: log in with an account that may do this.';

const isUnreachable: Sentence = (name) =>
	`The registry of ${name} cannot be reached: look at the network, and at the name of the registry.`;

const isFull: Sentence = () => 'No space is left on the disk of the engine: prune what is not needed (X).';

/** Of a registry, in the words of many. What the engine's own disk denies is something else. */
const unauthorized =
	/unauthori[sz]ed|authentication required|no basic auth credentials|(?<!permission )\bdenied\b(?! by)|authorization failed|insufficient.scope|incorrect username or password/i;

/** Refusals that engines send with a status that says something else (500 for most of them). The first that fits. */
export const byText: readonly {
	readonly pattern: RegExp;
	/** Absent: whatever was asked. */
	readonly verbs?: readonly string[];
	readonly sentence: Sentence;
	/** For those who can do something about it. */
	readonly code?: string;
}[] = [
	{ pattern: /no space left on device/i, sentence: isFull },
	{
		pattern: /dial tcp|no such host|connection refused|network is unreachable|i\/o timeout|TLS handshake/i,
		verbs: ['search'],
		sentence: () => 'Docker Hub cannot be reached from the engine: the search needs the network.',
	},
	{
		pattern: /(?:http: )?server gave HTTP response to HTTPS client/i,
		verbs: ['pull', 'push', 'login'],
		sentence: (name) =>
			`The registry of ${name} does not speak TLS: the engine must know it as one of its insecure registries.`,
	},
	{
		pattern: /x509: |certificate/i,
		verbs: ['pull', 'push', 'login'],
		sentence: (name) => `The engine does not trust the certificate of the registry of ${name}.`,
	},
	{
		pattern:
			/dial tcp|no such host|connection refused|network is unreachable|i\/o timeout|Client\.Timeout|TLS handshake timeout/i,
		verbs: ['login'],
		sentence: (name) => `${name} cannot be reached from the engine: look at the network, and at this name.`,
	},
	{
		pattern:
			/dial tcp|no such host|connection refused|network is unreachable|i\/o timeout|Client\.Timeout|TLS handshake timeout/i,
		verbs: ['pull', 'push'],
		sentence: isUnreachable,
	},
	{
		pattern: /toomanyrequests|rate limit/i,
		verbs: ['pull', 'push', 'search'],
		sentence: () => 'The registry takes no more requests from here for now: wait, or log in.',
	},
	{
		pattern: unauthorized,
		verbs: ['login'],
		sentence: (name) => `${name} does not know this user, or the password is wrong.`,
		code: 'ELOGIN',
	},
	{ pattern: unauthorized, verbs: ['pull'], sentence: wantsLogin, code: 'ELOGIN' },
	{
		pattern: unauthorized,
		verbs: ['push'],
		sentence: (name) => `${name} could not be pushed: ${isRefused}`,
		code: 'ELOGIN',
	},
	{
		pattern: /no matching manifest|does not match the specified platform/i,
		verbs: ['pull'],
		sentence: (name) => `There is no ${name} for this platform.`,
	},
	{
		pattern: /manifest unknown|manifest for .* not found|manifest invalid|name unknown|not found/i,
		verbs: ['pull'],
		sentence: (name) => `There is no image ${name} in its registry.`,
	},
	{
		pattern: /does not exist locally|tag does not exist|no such image|image not known/i,
		verbs: ['push'],
		sentence: (name) => `There is no image ${name} here.`,
	},
	{
		pattern: /does not match the specified platform/i,
		verbs: ['create'],
		sentence: () => 'There is no such image for this platform here: pull it first (u).',
		code: 'ENOIMAGE',
	},
	{
		pattern: /unable to find (?:user|group)|no matching entries in (?:passwd|group)/i,
		verbs: ['start'],
		sentence: (name) => `${name} could not be started: its image does not know this user.`,
	},
	{
		pattern: /no such image|reference does not exist|image not known|unable to find a name/i,
		verbs: ['create'],
		sentence: () => 'There is no such image here: pull it first (u).',
		code: 'ENOIMAGE',
	},
	{
		pattern: /container name .* is already in use by (?:container )?"?([0-9a-f]{12})/i,
		verbs: ['create'],
		sentence: (name, [id = ''] = []) =>
			`The container ${id} has the name ${name} already: choose another one, or remove or rename that one.`,
	},
	{
		pattern: /name .* is (?:already )?in use/i,
		verbs: ['create'],
		sentence: (name) => `Another container has the name ${name} already.`,
	},
	{
		pattern:
			/bind source path does not exist: (\S+)|(?:statfs|stat|lstat) (\/\S+): no such file or directory/i,
		verbs: ['create', 'start'],
		sentence: (name, [first, second] = []) =>
			`${name} cannot have ${first ?? second ?? 'this path'} mounted: it does not exist on the host of the engine.`,
	},
	{
		pattern:
			/invalid mount|invalid volume spec|for a local volume name|volume name is too short|mount path must be absolute|invalid bind|duplicate mount point/i,
		verbs: ['create'],
		sentence: (name) => `${name} could not be created: what is to be mounted, or where, is not valid.`,
	},
	{
		pattern: /invalid container name/i,
		verbs: ['create'],
		sentence: () =>
			'The engine does not accept this name: two characters or more, of letters, digits, _ . and -.',
	},
	{
		pattern: /network \S+ not found|no such network|unable to find network/i,
		verbs: ['create', 'connect', 'start'],
		sentence: (name) => `There is no such network for ${name}.`,
	},
	{
		pattern: /already exists in network|is already connected|already attached/i,
		verbs: ['connect'],
		sentence: (name) => `${name} is in this network already.`,
	},
	{
		pattern: /no command specified/i,
		verbs: ['create'],
		sentence: (name) => `${name} could not be created: its image says no command, so one must be given.`,
	},
	{
		pattern: /executable file .*not found|no such file or directory: unknown/i,
		verbs: ['start'],
		sentence: (name) => `${name} could not be started: its image does not have this program.`,
	},
	{
		pattern: /permission denied: unknown|is a directory: unknown/i,
		verbs: ['start'],
		sentence: (name) => `${name} could not be started: what it is to run is not a program.`,
	},
	{
		pattern:
			/manifest\.json|repositories: no such file|invalid tar header|unexpected EOF|unrecognized image format|payload does not match any of the supported image formats/i,
		verbs: ['load'],
		sentence: () =>
			'This is no archive of images, as docker save writes it. What docker export wrote can be imported.',
	},
	{
		pattern: /invalid tar header|unexpected EOF|unrecognized/i,
		verbs: ['import'],
		sentence: () => 'This is no tar of a file system, or it is cut off.',
	},
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
