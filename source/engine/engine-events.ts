// Which events the engine is asked for, and what is read off one.
import type { EngineEvent } from './contract.ts';
import { type Json, number, record, text } from './json.ts';

/** Exec noise is left out by the engine: a hundred health checks make sixty events a second that change no row. */
const actions = [
	// containers
	...[
		'create',
		'start',
		'restart',
		'die',
		'stop',
		'pause',
		'unpause',
		'rename',
		'update',
		'oom',
		'destroy',
		'health_status',
	],
	// containers of Podman
	...['remove', 'init', 'died', 'exited', 'cleanup'],
	// images
	...['tag', 'untag', 'delete', 'pull', 'push', 'import', 'load', 'commit', 'build', 'loadfromarchive'],
	// networks, every kind, the daemon
	...['connect', 'disconnect', 'prune', 'reload'],
];

export const eventsQuery = `filters=${encodeURIComponent(JSON.stringify({ event: actions }))}`;

export function engineEvent(line: Json): EngineEvent {
	const actor = record(line.Actor);
	const attributes = Object.entries(record(actor.Attributes));
	return {
		type: text(line.Type),
		// `exec_create: sh -c …`, `health_status: healthy`
		action: (text(line.Action) || text(line.status)).split(':', 1)[0] ?? '',
		id: text(actor.ID) || text(line.id),
		attributes: Object.fromEntries(attributes.map(([name, value]) => [name, text(value)])),
		at: number(line.timeNano) / 1e6 || number(line.time) * 1000,
	};
}
