import { expect, it } from 'vitest';
import { newestFirst } from '../../source/registry/newest-first.ts';

it('sorts tags as somebody looks for them', () => {
	const sorted = [
		'latest',
		'10',
		'10.2',
		'10.2.11',
		'10.2.9',
		'10.2.9-rc10',
		'10.2.9-rc9',
		'v9.1',
		'9.0',
		'9.0-alpine',
		'1',
		'alpine',
		'bookworm-20240701',
		'bookworm-20240109',
		'bookworm-slim',
		'edge',
		'stable',
	];
	const shuffled = sorted.toSorted(
		(a, b) => (a.at(-1) ?? '').localeCompare(b.at(-1) ?? '') || a.localeCompare(b),
	);
	expect(shuffled).not.toEqual(sorted);
	expect(newestFirst(shuffled)).toEqual(sorted);
});

it('takes no hash for a version', () => {
	expect(newestFirst(['9f86d081', '12ab34c', '1.0', '20240101'])).toEqual([
		'20240101',
		'1.0',
		'12ab34c',
		'9f86d081',
	]);
});
