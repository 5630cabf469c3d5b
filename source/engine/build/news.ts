// Collects what a reader tells while it looks at one chunk of the connection, so that it is handed on in one piece.
import type { BuildNews, StepChange, StepPart } from '../../model/build.ts';
import type { Json } from '../json.ts';

export type News = {
	tell(news: BuildNews): void;
	/** Hands on what was told since the last time. */
	flush(): void;
};

export function openNews(onNews: (news: readonly BuildNews[]) => void): News {
	let told: BuildNews[] = [];
	return {
		tell(news) {
			const last = told.at(-1);
			// A command that prints a line at a time makes a message of each.
			if (news.type === 'output' && last?.type === 'output' && last.step === news.step) {
				told[told.length - 1] = { ...last, text: last.text + news.text };
			} else told.push(news);
		},
		flush() {
			if (told.length === 0) return;
			const news = told;
			told = [];
			onNews(news);
		},
	};
}

/** Reads the objects of one builder's stream. */
export type Reader = {
	read(line: Json): void;
	/** The stream ended by itself. */
	end(): void;
	/** It was cut off: what was running is cancelled. */
	stop(): void;
};

export const step = (step: StepChange): BuildNews => ({ type: 'step', step });

export const part = (step: string, part: StepPart): BuildNews => ({ type: 'part', step, part });

/** How many steps and parts are kept of a build; a stream that tells of more is no build that anybody wrote. */
export const limit = 10_000;

/** Neither an image nor an error came before the stream ended. */
export const unfinished = 'The engine ended the build without saying how it went.';
