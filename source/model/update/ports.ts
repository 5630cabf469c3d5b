// What is learnt of ports: what containers would take, who listens on the host, what answered.
import type { PortEvent, WatchEvent } from '../event.ts';
import type { ContainerDetail } from '../items.ts';
import { isReached, portRowById } from '../port-rows.ts';
import type { PortPlan } from '../ports.ts';
import type { State } from '../state.ts';

const withPlans = (state: State, more: Iterable<readonly [string, PortPlan]>): State => {
	const all = new Map([...state.ports.plans].filter(([id]) => state.containers.has(id)));
	for (const [id, plan] of more) if (state.containers.has(id)) all.set(id, plan);
	return { ...state, ports: { ...state.ports, plans: all } };
};

/** Somebody looked at the container: what was read for them need not be read again. */
export const planned = (state: State, { id, ports }: ContainerDetail): State =>
	ports === undefined || state.ports.plans.has(id) ? state : withPlans(state, [[id, ports]]);

/** A container that stopped has no port any more: whoever listened for it is gone, or about to be. */
export const withoutProxies = (before: State, after: State, event: WatchEvent): State => {
	const { listeners } = after.ports;
	if (event.type !== 'reread' || !listeners) return after;
	const freed = new Set<string>();
	for (const id of [...event.gone, ...event.containers.map((container) => container.id)]) {
		const kept = new Set(after.containers.get(id)?.ports.map(({ hostPort }) => hostPort));
		for (const { hostPort, protocol } of before.containers.get(id)?.ports ?? [])
			if (hostPort !== undefined && !kept.has(hostPort)) freed.add(`${protocol}/${hostPort}`);
	}
	if (freed.size === 0) return after;
	const left = listeners.filter(
		({ protocol, port, isEngine, pid }) =>
			!freed.has(`${protocol}/${port}`) || (pid !== undefined && !isEngine),
	);
	return { ...after, ports: { ...after.ports, listeners: left } };
};

/** What was found out of a container is over when it stops, is started anew, or no longer has the port. */
export const withoutOldChecks = (before: State, after: State): State => {
	const { checks } = after.ports;
	if (checks.size === 0 || (before.containers === after.containers && before.runs === after.runs))
		return after;
	const left = [...checks].filter(([row]) => {
		const [id = ''] = row.split(':', 1);
		return before.runs.get(id) === after.runs.get(id) && isReached(portRowById(after, row));
	});
	return left.length === checks.size ? after : { ...after, ports: { ...after.ports, checks: new Map(left) } };
};

export const updatePorts = (state: State, event: PortEvent): State => {
	const { ports } = state;
	switch (event.type) {
		case 'ports-planned':
			return withPlans(state, event.plans);
		case 'drivers-read':
			return { ...state, ports: { ...ports, drivers: event.drivers } };
		case 'listeners-read': {
			const { listeners: _, ...rest } = ports;
			const { listeners } = event;
			return { ...state, ports: listeners === undefined ? rest : { ...rest, listeners } };
		}
		case 'port-checked': {
			const { id, check } = event;
			const checks = new Map(
				[...ports.checks].filter(([row]) => row !== id && state.containers.has(row.split(':', 1)[0] ?? '')),
			);
			if (check) checks.set(id, check);
			return { ...state, ports: { ...ports, checks } };
		}
		case 'checking-switched':
			return { ...state, ports: { ...ports, isChecking: event.isOn } };
	}
};
