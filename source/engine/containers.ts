// Containers as the engine lists and inspects them, in our own words.
import type { Container, ContainerDetail, ContainerState, Health, Mount } from '../model/items.ts';
import { type Json, number, record, records, text, texts, time } from './json.ts';
import { portPlan } from './port-plan.ts';
import { ports } from './ports.ts';

export function container(listed: Json): Container {
	const labels = record(listed.Labels);
	const status = text(listed.Status);
	const health = healthOf(text(record(listed.Health).Status), status);
	const project = text(labels['com.docker.compose.project']) || text(labels['io.podman.compose.project']);
	const service = text(labels['com.docker.compose.service']) || text(labels['io.podman.compose.service']);
	const network = networkOf(listed);
	return {
		kind: 'container',
		id: text(listed.Id),
		name: nameOf(texts(listed.Names)),
		image: text(listed.Image),
		imageId: imageId(text(listed.ImageID)),
		command: text(listed.Command),
		state: stateOf(text(listed.State)),
		...(health && { health }),
		status,
		createdAt: number(listed.Created) * 1000,
		ports: ports(records(listed.Ports)),
		...(project && { project }),
		...(service && { service }),
		...(network && { network }),
	};
}

// With links a container has further names, `/other/alias`.
const nameOf = (names: readonly string[]): string =>
	(names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0] ?? '').replace(/^\//, '');

/** Podman leaves the `sha256:` away. */
export const imageId = (id: string): string => (/^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id);

const states: Readonly<Record<string, ContainerState>> = {
	created: 'created',
	running: 'running',
	paused: 'paused',
	restarting: 'restarting',
	removing: 'removing',
	exited: 'exited',
	dead: 'dead',
	// Podman's.
	configured: 'created',
	initialized: 'created',
	stopping: 'running',
	stopped: 'exited',
};

const stateOf = (state: string): ContainerState => states[state.toLowerCase()] ?? 'dead';

/** From API 1.52 on it is a field of its own; before, only the status names it. */
function healthOf(field: string, status: string): Health | undefined {
	const word = field || /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status)?.[1];
	return word === 'healthy' || word === 'unhealthy' || word === 'starting' ? word : undefined;
}

function networkOf(listed: Json): string {
	const networks = Object.keys(record(record(listed.NetworkSettings).Networks)).sort();
	if (networks.length > 0) return networks.join(', ');
	const mode = text(record(listed.HostConfig).NetworkMode);
	return mode === 'default' ? 'bridge' : mode;
}

export function containerDetail(inspected: Json): ContainerDetail {
	const state = record(inspected.State);
	const config = record(inspected.Config);
	const hostConfig = record(inspected.HostConfig);
	const startedAt = time(state.StartedAt);
	const finishedAt = time(state.FinishedAt);
	return {
		id: text(inspected.Id),
		...(startedAt !== undefined && { startedAt }),
		...(finishedAt !== undefined && { finishedAt }),
		exitCode: number(state.ExitCode),
		error: text(state.Error),
		tty: config.Tty === true,
		openStdin: config.OpenStdin === true,
		logDriver: text(record(hostConfig.LogConfig).Type),
		mounts: records(inspected.Mounts).map(mount),
		autoRemove: hostConfig.AutoRemove === true,
		ports: portPlan(inspected),
		raw: inspected,
	};
}

function mount(given: Json): Mount {
	const type = text(given.Type) || 'bind';
	const name = text(given.Name);
	return {
		type,
		source: type === 'volume' ? name : text(given.Source),
		target: text(given.Destination),
		isReadOnly: given.RW === false,
		isAnonymous: type === 'volume' && /^[0-9a-f]{64}$/.test(name),
	};
}
