// Which image the person means: the one they look at, whatever pane they look at.
import { frontBuild } from '../model/builds.ts';
import { selectedContainer, selectedRow } from '../model/rows.ts';
import type { State } from '../model/state.ts';
import { frontTransfer } from '../model/transfers.ts';
import { shortId } from '../model/words.ts';

/** A reference, or an id where there is none; undefined where no image is meant. */
export const imageInView = (state: State): string | undefined => {
	if (state.isDetailFocused && state.beside === 'builds') {
		const build = frontBuild(state.builds);
		if (build?.status !== 'done') return undefined;
		return build.tags[0] ?? (build.imageId && shortId(build.imageId));
	}
	if (state.isDetailFocused && state.beside === 'transfers') {
		const transfer = frontTransfer(state.transfers);
		if (transfer?.status !== 'done') return undefined;
		if (transfer.kind === 'pull' || transfer.kind === 'push') return transfer.title;
	}
	const row = selectedRow(state);
	if (row?.kind === 'image') return row.reference ?? shortId(row.imageId);
	return selectedContainer(state)?.image;
};

/** Names of all images that are marked, else of the one in view. */
export const imagesInView = (state: State): readonly string[] => {
	if (state.pane === 'images' && !state.isDetailFocused && state.marked.size) return [...state.marked];
	return [imageInView(state) ?? []].flat();
};
