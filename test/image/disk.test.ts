// `docker system df` as rows: counted, shared out, and without dividing by nothing.
import { expect, it } from 'vitest';
import { diskAnswer } from '../../source/image/disk.ts';
import type { DiskUse } from '../../source/model/items.ts';
import { container } from '../model/things.ts';

const nothing: DiskUse = {
	containers: new Map(),
	images: new Map(),
	volumes: new Map(),
	layers: 0,
	buildCache: [],
};
const cache = (id: string, size: number, isInUse: boolean, isShared: boolean) => ({
	id,
	description: '',
	size,
	isInUse,
	isShared,
});
const network = (name: string, users: readonly string[], isBuiltIn = false) => ({
	id: name,
	name,
	driver: 'bridge',
	isBuiltIn,
	users,
});
const cellsOf = (...given: Parameters<typeof diskAnswer>) =>
	diskAnswer(...given).rows.map(({ id, cells }) => [id, ...cells.slice(1)]);

it('of an empty engine is nothing', () => {
	expect(cellsOf(nothing, [], [])).toEqual([
		['images', '0', '0', '0B', '0B'],
		['containers', '0', '0', '0B', '0B'],
		['volumes', '0', '0', '0B', '0B'],
		['cache', '0', '0', '0B', '0B'],
		['networks', '0', '0', '', ''],
	]);
});

it('counts what is in use, and what would come back', () => {
	const containers = [
		container('web', { imageId: 'one' }),
		container('old', { imageId: 'one', state: 'exited' }),
		container('cold', { imageId: 'gone', state: 'paused' }),
	];
	const use: DiskUse = {
		containers: new Map(containers.map(({ id }, index) => [id, (index + 1) * 1_000_000])),
		images: new Map([
			['one', 60_000_000],
			['two', 20_000_000],
			['three', 5_000_000],
		]),
		volumes: new Map([
			['data', { size: 3_000_000, users: 2, isAnonymous: false }],
			['left', { size: 1_000_000, users: 0, isAnonymous: true }],
		]),
		layers: 100_000_000,
		buildCache: [cache('a', 8000, false, false), cache('b', 2000, true, false), cache('c', 9e9, false, true)],
	};
	const networks = [network('bridge', [], true), network('shop', ['web']), network('back', [])];
	expect(cellsOf(use, containers, networks)).toEqual([
		['images', '3', '1', '100MB', '25MB (25%)'],
		['containers', '3', '2', '6MB', '2MB (33%)'],
		['volumes', '2', '1', '4MB', '1MB (25%)'],
		['cache', '3', '1', '10kB', '8kB (80%)'],
		['networks', '2', '1', '', ''],
	]);
});
