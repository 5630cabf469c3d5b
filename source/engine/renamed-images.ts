// Which images are called something else than before.
import type { Image } from '../model/items.ts';

/** Ids of images that came, went, or changed their names. */
export function renamedImages(before: readonly Image[], after: readonly Image[]): Set<string> {
	const names = (images: readonly Image[]) =>
		new Map(images.map(({ id, references }) => [id, references.join(' ')]));
	const [old, current] = [names(before), names(after)];
	const ids = new Set([...old.keys(), ...current.keys()]);
	return new Set([...ids].filter((id) => old.get(id) !== current.get(id)));
}
