// The stream of BuildKit: a graph of steps whose state is told again and again, until there is an image or an error.
import { StringDecoder } from 'node:string_decoder';
import type { BuildNews, StepChange, StepState } from '../../model/build.ts';
import { imageId } from '../containers.ts';
import { record, text } from '../json.ts';
import { failure } from './failure.ts';
import { limit, part, type Reader, step, unfinished } from './news.ts';
import { tracedPart } from './parts.ts';
import { familiar } from './steps.ts';
import { type Log, readTrace, type Status, type Trace, type Vertex } from './trace.ts';
import { changed, isSame } from './vertex-step.ts';

export function buildkitReader(tell: (news: BuildNews) => void, now: () => number = Date.now): Reader {
	const steps = new Map<string, StepChange>();
	const decoders = new Map<string, StringDecoder>();
	const tags = new Set<string>();
	/** How far the engine's clock is before ours, as far as its times tell. */
	let lead = Number.NEGATIVE_INFINITY;
	let hasImage = false;
	let hasFailed = false;

	function vertex(told: Vertex): void {
		const known = steps.get(told.digest);
		if (told.digest === '' || (!known && steps.size >= limit)) return;
		lead = Math.max(lead, (told.completed ?? told.started ?? 0) - now());
		const next = changed(known, told);
		if (known && isSame(known, next)) return;
		steps.set(next.id, next);
		tell(step(next));
	}

	function status(told: Status): void {
		if (!steps.has(told.vertex)) return;
		tell(part(told.vertex, tracedPart(told)));
		const [, reference] = /^naming to (\S+)/.exec(told.id) ?? [];
		if (reference && told.isDone) tagged(familiar(reference));
	}

	function log({ vertex, stream, bytes }: Log): void {
		if (!steps.has(vertex)) return;
		// A message may end within a letter, and both streams of a command come mixed.
		const key = `${stream} ${vertex}`;
		const decoder = decoders.get(key) ?? new StringDecoder('utf8');
		decoders.set(key, decoder);
		const words = decoder.write(bytes);
		if (words !== '') tell({ type: 'output', step: vertex, text: words });
	}

	function tagged(reference: string): void {
		if (tags.has(reference) || tags.size >= limit) return;
		tags.add(reference);
		tell({ type: 'tagged', reference });
	}

	function trace({ vertexes, statuses, logs, warnings }: Trace): void {
		const isRunning = ({ vertex }: Status | Log): boolean => steps.get(vertex)?.state === 'running';
		// One message may hold the last words of a step and its end, or its start and its first words.
		const [early, late] = [logs.filter(isRunning), logs.filter((one) => !isRunning(one))];
		early.forEach(log);
		vertexes.forEach(vertex);
		statuses.forEach(status);
		late.forEach(log);
		for (const { text, detail, url } of warnings)
			tell({ type: 'warning', text, detail, ...(url && { url }) });
	}

	function fail(words: string): void {
		hasFailed = true;
		const failed = [...steps.values()].filter(({ state }) => state === 'failed');
		// What may fail without harm (a cache that cannot be read) has other words than the build.
		const reason = failed.find(({ error = '' }) => words.includes(error)) ?? failed.at(-1);
		close('cancelled');
		tell(failure({ words, step: reason }));
	}

	function close(state: StepState): void {
		for (const one of steps.values()) {
			if (one.state !== 'running') continue;
			const endedAt = Math.max(one.startedAt ?? 0, Math.round(now() + lead));
			const next: StepChange = { ...one, state, endedAt };
			steps.set(one.id, next);
			tell(step(next));
		}
	}

	return {
		read(line) {
			if (hasFailed) return;
			const { message } = record(line.errorDetail);
			const words = text(message) || text(line.error);
			if (words !== '') return fail(words);
			if (line.id === 'moby.buildkit.trace') {
				const told = readTrace(text(line.aux));
				if (told) trace(told);
			}
			const image = text(record(line.aux).ID);
			if (image !== '' && !hasImage) {
				hasImage = true;
				tell({ type: 'image', id: imageId(image) });
			}
			const [, reference] = /^Successfully tagged (\S+)/.exec(text(line.stream)) ?? [];
			if (reference) tagged(familiar(reference));
		},
		end() {
			if (hasImage) close('done');
			else if (!hasFailed) fail(unfinished);
		},
		stop: () => close('cancelled'),
	};
}
