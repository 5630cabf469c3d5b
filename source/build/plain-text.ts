// A build as the plain text that is saved of it: its line, every step with its time and all that it printed, and the end.
import { type Build, elapsedOf, type Step, seconds } from '../model/builds.ts';
import { clean } from '../model/text.ts';
import { plural } from '../model/words.ts';
import type { BuildLog } from './step-log.ts';

/** Lines that are read at once. */
const piece = 5000;

export function* plainText(build: Build, log: BuildLog, now: number): Generator<string> {
	yield `# ${build.line}\n# ${build.status} after ${seconds(elapsedOf(build, now))}\n`;
	for (const step of build.steps.values()) {
		const how =
			step.state === 'cached' ? 'CACHED' : `${step.state.toUpperCase()} ${seconds(elapsedOf(step, now))}`;
		yield `\n${clean(step.name)}  ${how}\n`;
		yield* printed(step, log);
	}
	const end = [build.failure?.message ?? build.imageId ?? '', ...build.tags].filter(Boolean);
	yield `\n${end.map((line) => `${clean(line)}\n`).join('')}`;
}

function* printed({ id, lines }: Step, log: BuildLog): Generator<string> {
	const [gone, back] = log.gap(id);
	yield* between(0, Math.min(gone, lines));
	if (back > gone) yield `  (${plural(back - gone, 'line')} not kept: too much was printed)\n`;
	yield* between(back, lines);

	function* between(first: number, end: number): Generator<string> {
		for (let from = first; from < end; from += piece) {
			// What is left out without a word would be taken for all.
			if (log.count(id) < lines) throw new Error('the build was repeated or closed meanwhile.');
			const some = log.read(id, from, Math.min(piece, end - from));
			yield some.map((line) => `  ${clean(line)}\n`).join('');
		}
	}
}
