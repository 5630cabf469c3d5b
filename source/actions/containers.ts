// Of the table of verbs: what can be done to a container.
import { type Container, type ContainerDetail, isUp } from '../model/items.ts';
import type { Field } from '../model/question.ts';
import type { State } from '../model/state.ts';
import { plural, shellWord, shortId, size, status } from '../model/words.ts';
import type { Context, Verb } from './action.ts';
import { firstUrl, openContainerVerb } from './browse.ts';
import { copyVerb } from './copy.ts';
import { startQuestion, withOwner } from './port-conflict.ts';
import { said } from './said.ts';

const names = (containers: readonly Container[]) => containers.map(({ name }) => shellWord(name)).join(' ');

export const onlyRunning = ({ name, state }: Container) =>
	state === 'running'
		? undefined
		: state === 'paused'
			? `${name} is paused: unpause it first (p)`
			: `${name} is not running: start it first (s)`;

/** Containers that live in the network of this one and lose it. */
const dependants = (state: State, { id, name }: Container) =>
	[...state.containers.values()].filter(
		({ network }) => network === `container:${id}` || network === `container:${name}`,
	);

const anonymousVolumes = (detail: ContainerDetail | undefined) =>
	detail?.mounts.filter(({ isAnonymous }) => isAnonymous) ?? [];

/** What a removal takes away: a line a container, its volumes and whoever depends on it. */
const removalPreview = async (
	containers: readonly Container[],
	{ engine, state, host }: Context,
	/** What happens to anonymous volumes. */
	fate: string,
) => {
	const [use, details] = await Promise.all([
		engine.diskUse().catch(() => undefined),
		Promise.all(containers.map(({ id }) => engine.inspect(id).catch(() => undefined))),
	]);
	const body: string[] = [];
	const volumes: string[] = [];
	let bytes = 0;
	for (const [index, container] of containers.entries()) {
		const own = use?.containers.get(container.id);
		bytes += own ?? 0;
		body.push(
			`${container.name}  ${container.image.startsWith('sha256:') ? shortId(container.image) : container.image}  ${status(container, details[index], host.now())}${own === undefined ? '' : `  ${size(own)} of its own`}`,
		);
		for (const { source, target } of anonymousVolumes(details[index])) {
			const held = use?.volumes.get(source)?.size;
			volumes.push(source);
			body.push(
				`  anonymous volume ${shortId(source)} at ${target}${held === undefined ? '' : `  ${size(held)}`}  ${fate}`,
			);
		}
		const named =
			details[index]?.mounts.filter(({ type, isAnonymous }) => type === 'volume' && !isAnonymous) ?? [];
		for (const { source } of named) body.push(`  volume ${source} stays`);
		for (const other of dependants(state(), container))
			body.push(`  ${other.name} uses its network and loses it`);
	}
	body.push(
		'',
		use ? `${size(bytes)} come back. Its image stays.` : 'How many bytes come back could not be found out.',
	);
	return { body, volumes };
};

const removal = (options: { force: boolean }) => ({
	ask: async (containers: readonly Container[], context: Context) => {
		const { body, volumes } = await removalPreview(
			containers,
			context,
			'stays, unless you switch it on below',
		);
		const running = containers.filter(isUp);
		if (options.force && running.length)
			body.unshift(`${running.map(({ name }) => name).join(', ')}: killed without being asked to stop`, '');
		const withVolumes: Field[] = volumes.length
			? [
					{
						kind: 'toggle',
						id: 'volumes',
						label: `${plural(volumes.length, 'anonymous volume')} too`,
						value: false,
					},
				]
			: [];
		const what = containers.length === 1 ? containers[0]?.name : plural(containers.length, 'container');
		return {
			title: `${options.force ? 'Force remove' : 'Remove'} ${what}?`,
			body,
			fields: withVolumes,
			yes: 'remove',
			isDestructive: true,
		};
	},
	doing: 'removing',
	done: 'removed',
});

const signals = [
	'SIGKILL',
	'SIGTERM',
	'SIGINT',
	'SIGHUP',
	'SIGQUIT',
	'SIGUSR1',
	'SIGUSR2',
	'SIGSTOP',
	'SIGCONT',
];

const validName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** The choice that `y` offers, and what each is worth. */
const copies = {
	name: ({ name }: Container) => name,
	id: ({ id }: Container) => id,
	image: ({ image }: Container) => image,
	shell: ({ name }: Container) => `docker exec -it ${shellWord(name)} sh`,
	logs: ({ name }: Container) => `docker logs -f ${shellWord(name)}`,
	inspect: ({ name }: Container) => `docker inspect ${shellWord(name)}`,
	url: firstUrl,
	curl: (container: Container, state: State) => {
		const url = firstUrl(container, state);
		return url && `curl -i ${url}`;
	},
	port: ({ name, ports }: Container) => (ports.length ? `docker port ${shellWord(name)}` : ''),
} as const;

const base = { scope: 'container', isChanging: true, on: 'each' } as const;

export const containerVerbs: readonly Verb<'container'>[] = [
	{
		...base,
		id: 'container.stop',
		keys: ['s'],
		title: 'Stop',
		hint: 'stop',
		help: 'Asks the main process to end, and kills it when its stop timeout is over.',
		doing: 'stopping',
		done: 'stopped',
		whyNot: (container) => (isUp(container) ? undefined : `${container.name} is not running`),
		cli: (containers) => `docker stop ${names(containers)}`,
		run: async (container, _, { engine }) => void (await engine.stop(container)),
	},
	{
		...base,
		id: 'container.start',
		keys: ['s'],
		title: 'Start',
		hint: 'start',
		help: 'Starts a stopped container again, as it was.',
		doing: 'starting',
		done: 'started',
		whyNot: (container) => (isUp(container) ? `${container.name} is already running` : undefined),
		cli: (containers) => `docker start ${names(containers)}`,
		ask: startQuestion,
		run: async (container, _, context) =>
			void (await withOwner(container, context, context.engine.start(container))),
	},
	{
		...base,
		id: 'container.restart',
		keys: ['r'],
		title: 'Restart',
		hint: 'restart',
		help: 'Stops it as s does, and starts it again.',
		doing: 'restarting',
		done: 'restarted',
		cli: (containers) => `docker restart ${names(containers)}`,
		run: async (container, _, context) =>
			void (await withOwner(container, context, context.engine.restart(container))),
	},
	{
		...base,
		id: 'container.pause',
		keys: ['p'],
		title: 'Pause',
		help: 'Freezes all its processes; they keep their memory.',
		doing: 'pausing',
		done: 'paused',
		whyNot: onlyRunning,
		cli: (containers) => `docker pause ${names(containers)}`,
		run: async (container, _, { engine }) => void (await engine.pause(container)),
	},
	{
		...base,
		id: 'container.unpause',
		keys: ['p'],
		title: 'Unpause',
		help: 'Lets frozen processes go on.',
		doing: 'unpausing',
		done: 'unpaused',
		whyNot: ({ name, state }) => (state === 'paused' ? undefined : `${name} is not paused`),
		cli: (containers) => `docker unpause ${names(containers)}`,
		run: async (container, _, { engine }) => void (await engine.unpause(container)),
	},
	{
		...base,
		id: 'container.kill',
		keys: ['K'],
		title: 'Kill',
		help: 'Sends a signal you choose to the main process.',
		doing: 'killing',
		done: 'signalled',
		whyNot: onlyRunning,
		ask: (containers) => ({
			title: `Send a signal to ${containers.map(({ name }) => name).join(', ')}`,
			body: [],
			fields: [
				{
					kind: 'choice',
					id: 'signal',
					label: 'signal',
					value: 'SIGKILL',
					options: signals.map((value) => ({ value, label: value })),
				},
			],
			yes: 'send',
			isDestructive: true,
		}),
		cli: (containers, { signal = 'SIGKILL' }) =>
			`docker kill ${signal === 'SIGKILL' ? '' : `-s ${signal} `}${names(containers)}`,
		run: async (container, { signal }, { engine }) => void (await engine.kill(container, String(signal))),
	},
	{
		...base,
		id: 'container.rename',
		keys: ['R'],
		title: 'Rename',
		help: 'Gives the container another name; it goes on running.',
		doing: 'renaming',
		done: 'renamed',
		ask: ([container]) => ({
			title: `Rename ${container?.name}`,
			body: [],
			fields: [{ kind: 'text', id: 'name', label: 'new name', value: container?.name ?? '' }],
			yes: 'rename',
			isDestructive: false,
		}),
		check: ({ name }, containers, state) => {
			if (containers.length > 1) return 'One at a time: unmark the others (Space) and rename each.';
			if (!validName.test(String(name)))
				return 'A name has two or more of a-z A-Z 0-9 _ . - and begins with a letter or digit.';
			if (name === containers[0]?.name) return `It is called ${name} already.`;
			const owner = [...state.containers.values()].find((other) => other.name === name);
			return owner ? `${name} is taken by the container ${shortId(owner.id)}.` : undefined;
		},
		cli: (containers, { name = 'NEW_NAME' }) =>
			`docker rename ${names(containers.slice(0, 1))} ${shellWord(String(name))}`,
		run: async (container, { name }, { engine }) => {
			await engine.rename(container, String(name));
			return `to ${name}`;
		},
	},
	{
		...base,
		...removal({ force: false }),
		id: 'container.remove',
		keys: ['d'],
		title: 'Remove',
		hint: 'remove',
		help: 'Removes a stopped container, after showing what goes with it.',
		whyNot: (container) =>
			isUp(container)
				? `${container.name} is ${container.state}: stop it first (s), or force remove it (D)`
				: undefined,
		cli: (containers, { volumes }) => `docker rm ${volumes ? '-v ' : ''}${names(containers)}`,
		run: async (container, { volumes }, { engine }) =>
			void (await engine.remove(container, { force: false, volumes: volumes === true })),
	},
	{
		...base,
		...removal({ force: true }),
		id: 'container.force-remove',
		keys: ['D'],
		title: 'Force remove',
		help: 'Kills a running container and removes it, after showing what goes with it.',
		cli: (containers, { volumes }) => `docker rm -f ${volumes ? '-v ' : ''}${names(containers)}`,
		run: async (container, { volumes }, { engine }) =>
			void (await engine.remove(container, { force: true, volumes: volumes === true })),
	},
	{
		...base,
		id: 'container.prune',
		keys: ['X'],
		title: 'Prune stopped containers',
		help: 'Removes all stopped containers, after listing them.',
		on: 'none',
		doing: 'pruning',
		done: 'pruned',
		ask: async (_, context) => {
			const stopped = [...context.state().containers.values()].filter(
				({ state }) => state === 'exited' || state === 'created' || state === 'dead',
			);
			if (stopped.length === 0) return said('Nothing to prune', 'No container is stopped.');
			const { body } = await removalPreview(stopped, context, 'stays');
			return {
				title: `Remove ${plural(stopped.length, 'stopped container')}?`,
				body,
				fields: [],
				yes: 'prune',
				isDestructive: true,
			};
		},
		cli: () => 'docker container prune -f',
		run: async (_, __, { engine }) => {
			const { removed, bytes } = await engine.pruneContainers();
			return `${plural(removed.length, 'container')}, ${size(bytes)} came back`;
		},
	},
	openContainerVerb,
	copyVerb('container', copies),
];
