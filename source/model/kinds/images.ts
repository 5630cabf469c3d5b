// What the list of images shows of them.
import type { ImageRow } from '../row.ts';
import { age, brief, shortId, size } from '../words.ts';
import type { Kind } from './kind.ts';
import { byNumber, byText, firstBy } from './order.ts';

export const images: Kind<ImageRow> = {
	title: 'Images',
	columns: [
		{ label: 'REPOSITORY', min: 12, max: 44, rank: 1, cut: 'middle', text: ({ repository }) => repository },
		{
			label: 'TAG',
			min: 8,
			max: 20,
			rank: 2,
			cut: 'middle',
			text: ({ tag, reference }) => (reference === undefined ? 'dangling' : tag),
		},
		{ label: 'IMAGE ID', min: 12, max: 12, rank: 5, isDim: true, text: ({ imageId }) => shortId(imageId) },
		{ label: 'SIZE', min: 7, max: 7, rank: 3, align: 'right', text: ({ size: bytes }) => size(bytes) },
		{
			label: 'AGE',
			min: 6,
			max: 6,
			rank: 4,
			align: 'right',
			isDim: true,
			text: ({ createdAt }, { now }) => brief(age(createdAt, now)),
		},
		{
			label: 'USED',
			min: 4,
			max: 4,
			rank: 6,
			align: 'right',
			text: ({ usedBy }) => (usedBy.length ? `${usedBy.length}` : '—'),
		},
	],
	sorts: [
		{
			id: 'created',
			label: 'newest first',
			compare: firstBy(
				byNumber(({ createdAt }) => -createdAt),
				byText(({ id }) => id),
			),
		},
		{
			id: 'name',
			label: 'repository and tag',
			compare: firstBy(
				byText(({ repository }) => repository),
				byText(({ tag }) => tag),
			),
		},
		{
			id: 'size',
			label: 'size, largest first',
			compare: firstBy(
				byNumber(({ size: bytes }) => -bytes),
				byText(({ id }) => id),
			),
		},
		{
			id: 'used',
			label: 'used by most containers',
			compare: firstBy(
				byNumber(({ usedBy }) => -usedBy.length),
				byText(({ id }) => id),
			),
		},
	],
	searchText: ({ repository, tag, imageId, reference, usedBy }) =>
		[reference ?? `${repository} dangling`, tag, shortId(imageId), ...usedBy].join(' '),
	empty: 'No images yet. u pulls one, f searches for one, b builds one.',
	tabs: ['Config'],
};
