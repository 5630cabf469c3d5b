// What a transfer was asked for: enough to do it again, and the docker line that does the same.
import type { TransferKind } from '../model/transfers.ts';
import { shellWord } from '../model/words.ts';
import { type Around, pathWord } from './files.ts';

export type ImportOptions = {
	readonly reference: string;
	readonly message?: string;
	/** Dockerfile lines: `CMD ["sh"]`. */
	readonly changes?: readonly string[];
};

export type TransferWish =
	| { readonly kind: 'pull'; readonly reference: string; readonly platform?: string }
	| { readonly kind: 'push'; readonly reference: string }
	/** Paths are as they were typed. */
	| { readonly kind: 'save'; readonly names: readonly string[]; readonly path: string }
	| { readonly kind: 'load'; readonly path: string }
	| ({ readonly kind: 'import'; readonly path: string } & ImportOptions);

/** What is imported need not get a name. */
export const titleOf = (wish: TransferWish): string =>
	'path' in wish ? ('reference' in wish && wish.reference) || wish.path : wish.reference;

export const lineOf = (wish: TransferWish, around: Around): string => {
	const path = 'path' in wish ? pathWord(wish.path, around) : '';
	const words = (): readonly string[] => {
		switch (wish.kind) {
			case 'pull':
				return [...(wish.platform === undefined ? [] : ['--platform', wish.platform]), wish.reference];
			case 'push':
				return [wish.reference];
			case 'save':
				return ['-o', path, ...wish.names];
			case 'load':
				return ['-i', path];
			case 'import':
				return [
					...(wish.changes ?? []).flatMap((change) => ['-c', change]),
					...(wish.message === undefined ? [] : ['-m', wish.message]),
					path,
					...(wish.reference === '' ? [] : [wish.reference]),
				];
		}
	};
	return ['docker', wish.kind, ...words()].map(shellWord).join(' ');
};

/** What is being done, what was done, and what it is called. */
export const wordsFor: Readonly<
	Record<TransferKind, { readonly doing: string; readonly done: string; readonly noun: string }>
> = {
	pull: { doing: 'pulling', done: 'pulled', noun: 'pull of' },
	push: { doing: 'pushing', done: 'pushed', noun: 'push of' },
	save: { doing: 'saving', done: 'saved', noun: 'save to' },
	load: { doing: 'loading', done: 'loaded', noun: 'load of' },
	import: { doing: 'importing', done: 'imported', noun: 'import of' },
};
