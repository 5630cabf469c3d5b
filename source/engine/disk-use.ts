// `docker system df` in bytes by object, from the shape of every API version.
import type { DiskUse } from '../model/items.ts';
import { imageId } from './containers.ts';
import { type Json, number, record, records, text } from './json.ts';
import { volume } from './networks.ts';

export function diskUse(answer: Json): DiskUse {
	// From API 1.52 on the lists are inside `ImageUsage.Items` and its like.
	const items = (old: string, current: string): Json[] =>
		Array.isArray(answer[old]) ? records(answer[old]) : records(record(answer[current]).Items);
	return {
		containers: new Map(
			items('Containers', 'ContainerUsage').map((one) => [text(one.Id), number(one.SizeRw)]),
		),
		images: new Map(items('Images', 'ImageUsage').map((one) => [imageId(text(one.Id)), ownBytes(one)])),
		volumes: new Map(
			items('Volumes', 'VolumeUsage').map((one) => {
				const { Size, RefCount } = record(one.UsageData);
				const { name, isAnonymous } = volume(one);
				// -1 stands for: not computed.
				return [name, { size: Math.max(0, number(Size)), users: Math.max(0, number(RefCount)), isAnonymous }];
			}),
		),
		layers: number(answer.LayersSize) || number(record(answer.ImageUsage).TotalSize),
		buildCache: items('BuildCache', 'BuildCacheUsage').map((one) => ({
			id: text(one.ID),
			description: text(one.Description),
			size: Math.max(0, number(one.Size)),
			isInUse: one.InUse === true,
			isShared: one.Shared === true,
		})),
	};
}

/** Layers it shares with other images stay when it goes. −1 stands for: not computed. */
const ownBytes = (image: Json): number =>
	Math.max(0, number(image.Size) - Math.max(0, number(image.SharedSize)));
