// The Diff tab: what changed in the file system since the image.
import type { State } from '../../model/state.ts';
import { fit } from '../../model/text.ts';
import { paint } from '../paint.ts';

const letters = { added: 'A', changed: 'C', deleted: 'D' } as const;
const tones = { added: paint.good, changed: paint.busy, deleted: paint.bad } as const;

export const changeLines = (state: State, id: string, columns: number): string[] => {
	const changes = state.known.changes.get(id);
	if (!changes) return [paint.dim(fit('Reading…', columns))];
	if (changes.length === 0) return [paint.dim(fit('Nothing changed since its image.', columns))];
	return changes.map(
		({ kind, path }) => `${tones[kind](letters[kind])} ${fit(path, columns - 2, 'left', 'middle')}`,
	);
};
