// A paste that began as input of Portside stays that until its end, whatever is opened meanwhile.
import { pasteEnd, pasteStart } from './paste.ts';

export type OwnPaste = {
	/** It is under way. */
	isOpen(): boolean;
	/** Looks at input of Portside: a paste may begin in it. */
	see(chunk: Buffer): void;
	/** How many bytes of a chunk belong to it, the end marker included; all of them while it goes on. */
	taken(chunk: Buffer): number;
};

export const createOwnPaste = (): OwnPaste => {
	let isOpen = false;
	/** The end of what came before: a marker may be cut in two. */
	let past = '';
	const remember = (text: string) => {
		past = (past + text).slice(1 - pasteEnd.length);
	};
	return {
		isOpen: () => isOpen,
		see: (chunk) => {
			const text = past + chunk.toString('latin1');
			isOpen = text.lastIndexOf(pasteStart) > text.lastIndexOf(pasteEnd);
			remember(text);
		},
		taken: (chunk) => {
			const before = past.length;
			const text = past + chunk.toString('latin1');
			const end = text.indexOf(pasteEnd);
			if (end < 0) {
				remember(text);
				return chunk.length;
			}
			isOpen = false;
			past = '';
			return Math.max(0, end + pasteEnd.length - before);
		},
	};
};
