// What is said of a refusal by its verb and its status alone.

/** `found` are the groups of the pattern that decided. */
export type Sentence = (name: string, found?: readonly string[]) => string;

export const isNotRunning: Sentence = (name) => `${name} is not running: start it first (s).`;

export const byVerb: Readonly<Record<string, Readonly<Record<number, Sentence>>>> = {
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
	create: {
		400: (name) => `${name} could not be created: the engine does not accept what it is to be.`,
		404: (name) => `${name} could not be created: something that it needs is not there.`,
		409: () => 'Another container has this name already.',
		500: (name) => `${name} could not be created.`,
	},
	connect: {
		400: (name) => `${name} cannot be connected to this network.`,
		403: (name) => `${name} cannot be connected to this network.`,
		404: (name) => `There is no such network for ${name}.`,
		409: (name) => `${name} cannot be connected to this network.`,
		500: (name) => `${name} could not be connected to the network.`,
	},
	commit: {
		400: () => 'The engine does not accept this name, or one of the changes.',
		409: (name) => `${name} cannot be made an image in the state it is in.`,
		500: (name) => `${name} could not be made an image.`,
	},
	login: {
		400: (name) => `${name} is no name of a registry.`,
		404: (name) => `There is no registry at ${name}.`,
		500: (name) => `The login at ${name} failed.`,
	},
	history: { 404: (name) => `There is no image ${name} any more.` },
	search: {
		400: () => 'The engine does not accept this search.',
		404: () => 'This engine cannot search.',
		500: () => 'The search failed.',
	},
	pull: {
		400: (name) => `${name} is no name of an image.`,
		404: (name) => `There is no image ${name} in its registry.`,
		500: (name) => `${name} could not be pulled.`,
	},
	push: {
		400: (name) => `${name} is no name of an image that can be pushed.`,
		404: (name) => `There is no image ${name} here.`,
		500: (name) => `${name} could not be pushed.`,
	},
	save: {
		404: (name) => `There is no image ${name} any more.`,
		500: (name) => `${name} could not be saved.`,
	},
	load: { 400: () => 'This is no archive of images.', 500: () => 'The images could not be loaded.' },
	import: {
		400: () => 'The engine does not accept this name, or one of the changes.',
		500: () => 'The file system could not be imported.',
	},
	pruneBuildCache: {
		404: () => 'This engine has no build cache.',
		409: () => 'The engine is pruning already: wait until it is done.',
		500: () => 'The build cache could not be pruned.',
	},
	diskUse: { 409: () => 'The engine is measuring already: wait until it is done.' },
};
