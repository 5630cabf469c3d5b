// What the engine tells as it happens. Every stream has a connection of its own and is always read to the last byte:
// an engine whose events are not taken away slows down for everybody.

import type { EngineInfo } from '../model/items.ts';
import { pathPart, wordedFor } from './call.ts';
import type { Streams } from './contract.ts';
import { engineEvent, eventsQuery } from './engine-events.ts';
import { engineError } from './error.ts';
import { text } from './json.ts';
import { jsonLines } from './json-lines.ts';
import { logReader } from './log/reader.ts';
import { sampleOf, type Totals, totals } from './samples.ts';
import { momentOf } from './stamp.ts';
import { follow } from './stream.ts';
import type { Wire } from './wire.ts';

export function streams(wire: Wire, prefix: string, identity: Promise<EngineInfo>): Streams {
	return {
		async events(signal, onOpen, onEvent) {
			const lines = jsonLines((line) => onEvent(engineEvent(line)));
			await follow(wire, { path: `${prefix}/events?${eventsQuery}`, signal, onOpen, onChunk: lines.push });
			lines.end();
		},
		async stats(id, signal, onSample) {
			const { memory: hostMemory } = await identity;
			let before: Totals | undefined;
			const lines = jsonLines((line) => {
				// Podman reports a failure inside the stream, after its 200.
				if (!('read' in line) && 'message' in line) {
					throw engineError({ statusCode: 500, engineMessage: text(line.message) });
				}
				const sample = sampleOf(line, before, hostMemory);
				before = sample && totals(line);
				if (sample) onSample(sample);
			});
			const path = `${prefix}/containers/${pathPart(id)}/stats?stream=1`;
			await wordedFor({ verb: 'stats', name: 'This container' }, async () => {
				await follow(wire, { path, signal, onChunk: lines.push });
				lines.end();
			});
		},
		async logs(id, { tail, follow: isFollowed, tty, since, until }, signal, onLines) {
			const reader = logReader(tty, (lines) => {
				if (!signal.aborted) onLines(lines);
			});
			const ends = [
				...(since === undefined ? [] : [`&since=${momentOf(since)}`]),
				...(until === undefined ? [] : [`&until=${momentOf(until)}`]),
			];
			const query = `stdout=1&stderr=1&timestamps=1&tail=${tail}&follow=${isFollowed ? 1 : 0}${ends.join('')}`;
			const path = `${prefix}/containers/${pathPart(id)}/logs?${query}`;
			await wordedFor({ verb: 'logs', name: 'This container' }, () =>
				follow(wire, { path, signal, onChunk: reader.push, isFair: true }),
			);
			reader.end();
		},
	};
}
