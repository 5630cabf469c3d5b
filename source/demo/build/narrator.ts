// Telling a BuildKit build: vertexes that start, log and complete, as lines on the stream.

import { type Call, startLines } from '../call.ts';
import { pause } from '../timers.ts';
import { sha256 } from '../world.ts';
import { type Trace, traceLine, type Vertex } from './trace.ts';

export type Narrator = {
	say(line: object): void;
	send(trace: Trace): void;
	begin(vertex: Vertex): void;
	complete(vertex: Vertex, more?: Partial<Vertex>): void;
	/** Completes a vertex with what went wrong. */
	fail(vertex: Vertex, error: unknown, isCanceled: boolean): void;
	/** A vertex around a piece of work that takes at least `ms`. */
	work<T>(vertex: Vertex, run: () => T | Promise<T>, ms?: number): Promise<T>;
	wait(ms: number): Promise<void>;
	/** Makes a name one of this build only: the `[internal]` vertexes are never shared. */
	own(name: string): Vertex;
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const makeVertex = (name: string, inputs: Vertex[] = [], identity = name): Vertex => ({
	digest: `sha256:${sha256(identity)}`,
	inputs: inputs.map((input) => input.digest),
	name,
	isCached: false,
});

export const createNarrator = (call: Call, signal: AbortSignal): Narrator => {
	const { world } = call;
	const say = startLines(call);
	const salt = String(world.identity.count++);
	const narrator: Narrator = {
		say,
		send: (trace) => say(traceLine(trace)),
		begin: (vertex) => {
			vertex.started ??= world.now();
			narrator.send({ vertexes: [vertex] });
		},
		complete: (vertex, more = {}) => {
			Object.assign(vertex, more, { started: vertex.started ?? world.now(), completed: world.now() });
			narrator.send({ vertexes: [vertex] });
		},
		fail: (vertex, error, isCanceled) =>
			narrator.complete(vertex, { error: isCanceled ? 'context canceled' : messageOf(error) }),
		work: async (vertex, run, ms = 40) => {
			narrator.begin(vertex);
			await narrator.wait(ms);
			try {
				const result = await run();
				narrator.complete(vertex);
				return result;
			} catch (error) {
				narrator.fail(vertex, error, signal.aborted);
				throw error;
			}
		},
		wait: (ms) => pause(world.timers, ms * world.pace, signal),
		own: (name) => makeVertex(name, [], `${name} ${salt}`),
	};
	return narrator;
};
