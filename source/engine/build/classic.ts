// The stream of the classic builder, and of Podman: text, in which its own lines are told apart from what commands print.
import type { BuildNews } from '../../model/build.ts';
import { imageId } from '../containers.ts';
import { number, record, text } from '../json.ts';
import { type Mark, markOf } from './classic-lines.ts';
import { openCurrentStep } from './current-step.ts';
import { failure, plain } from './failure.ts';
import { limit, part, type Reader, unfinished } from './news.ts';
import { openPulledParts } from './parts.ts';
import { openStages } from './stages.ts';
import { familiar } from './steps.ts';

/** What comes from the standard error is painted by the engine, the end of its last line with it. */
const asError = /^\x1b\[91m(.*)\x1b\[0m$/s;

export function classicReader(tell: (news: BuildNews) => void, now: () => number = Date.now): Reader {
	const stages = openStages();
	const current = openCurrentStep(tell, now);
	const pulledPart = openPulledParts();
	/** Of the step that runs: until it is removed, everything is output. */
	let container = '';
	let isAfterTitle = false;
	let isCommitting = false;
	/** In full, where the engine tells it. */
	let image = '';
	const tags: string[] = [];
	let hasImage = false;
	let hasFailed = false;

	function output(chunk: string): void {
		if (current.now) tell({ type: 'output', step: current.now.id, text: chunk.replace(asError, '$1') });
	}

	/** Podman tells a name twice: as it is, and as it was wished for. */
	function tagged(reference: string): void {
		if (tags.length >= limit || tags.includes(reference) || tags.includes(`localhost/${reference}`)) return;
		tags.push(reference);
		tell({ type: 'tagged', reference });
	}

	/** False where it is no word of the builder after all. */
	function obey(mark: Mark): boolean {
		if (mark.type === 'step') {
			container = '';
			isCommitting = false;
			current.begin(stages.place(mark));
		} else if (mark.type === 'container') {
			current.resume();
			container = mark.id;
		} else if (mark.type === 'removed') container = '';
		else if (mark.type === 'cached') current.finish('cached');
		else if (mark.type === 'made') current.finish('done');
		else if (mark.type === 'commit') isCommitting = true;
		else if (mark.type === 'image' && isCommitting) image = imageId(mark.id);
		else if (mark.type === 'warning') tell({ type: 'warning', text: mark.text, detail: [] });
		else if (mark.type === 'built') {
			current.finish('done');
			hasImage = true;
			tell({ type: 'image', id: image.replace('sha256:', '').startsWith(mark.id) ? image : mark.id });
		} else if (mark.type === 'tagged') tagged(familiar(mark.reference));
		else return mark.type === 'noise';
		return true;
	}

	/** While a container runs, only what ends it is the builder's, or the next step where it could not be removed. */
	function isBuilders(mark: Mark): boolean {
		if (container === '') return mark.type !== 'removed';
		if (mark.type === 'step') return mark.number === (current.now?.number ?? 0) + 1;
		return mark.type === 'removed' && mark.id === container;
	}

	function stream(chunk: string): void {
		const isRest = isAfterTitle && chunk === '\n';
		isAfterTitle = false;
		if (isRest) return;
		const mark = markOf(chunk);
		if (!mark || !isBuilders(mark) || !obey(mark)) return output(chunk);
		isAfterTitle = mark.type === 'step' || mark.type === 'noise';
	}

	function fail(words: string, code?: number): void {
		hasFailed = true;
		const failed = current.now?.state === 'running' ? current.now : undefined;
		current.finish('failed', plain(words));
		tell(failure({ words, step: failed, exitCode: code }));
	}

	return {
		read(line) {
			if (hasFailed) return;
			const { message, code } = record(line.errorDetail);
			const words = text(message) || text(line.error);
			if (words !== '') return fail(words, number(code));
			const made = text(record(line.aux).ID);
			if (made !== '') image = imageId(made);
			if (typeof line.stream === 'string') stream(line.stream);
			const moved = pulledPart(line);
			if (current.now && moved) tell(part(current.now.id, moved));
		},
		end() {
			current.finish(hasImage ? 'done' : 'cancelled');
			if (!hasImage && !hasFailed) fail(unfinished);
		},
		stop: () => current.finish('cancelled'),
	};
}
