// Files that the person asks for: what they are called, and the word of how it went.
import type { MoveContext } from './action.ts';

/** `2026-11-21T041530`: a time that every file system takes for a name. */
export const fileStamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(':', '');

/** `saving` resolves with the path. */
export const tellSaved = (
	saving: Promise<string>,
	{ send, host }: Pick<MoveContext, 'send' | 'host'>,
	words: (path: string) => string = (path) => `Saved as ${path}`,
): void =>
	void saving.then(
		(path) => send({ type: 'noticed', text: words(path), tone: 'good', at: host.now() }),
		(error: Error) =>
			send({ type: 'noticed', text: `Not saved: ${error.message}`, tone: 'bad', at: host.now() }),
	);
