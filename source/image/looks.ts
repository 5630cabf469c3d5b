// All that is looked up over the panes, each in a listing of its own.
import type { Container } from '../model/items.ts';
import { diskAnswer, diskColumns } from './disk.ts';
import { type LayerLooksGiven, layerLooks } from './layer-looks.ts';
import { type RegistryLooksGiven, registryLooks } from './registry-looks.ts';

export type LooksGiven = LayerLooksGiven &
	RegistryLooksGiven & {
		/** All of them, as they are listed now. */
		readonly containers: () => readonly Container[];
	};

export type Looks = ReturnType<typeof createLooks>;

export const createLooks = (given: LooksGiven) => {
	const { listings, containers } = given;
	return {
		...registryLooks(given),
		...layerLooks(given),
		/** What takes room at the engine, and what of it would come back. */
		disk: (): void =>
			listings.look(
				{
					kind: 'disk',
					title: 'Disk use',
					line: 'docker system df',
					about: '',
					columns: diskColumns,
					asking: 'Asking the engine, which counts all its files…',
				},
				async (engine) => {
					const [use, networks] = await Promise.all([engine.diskUse(), engine.networks()]);
					return diskAnswer(use, containers(), networks);
				},
			),
	};
};
