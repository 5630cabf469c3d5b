// What a transfer is called when its wish does not name an image.
import { expect, it } from 'vitest';
import { lineOf, titleOf } from '../../source/transfer/wish.ts';

const around = { cwd: '/w', home: '/h' };

it('an import without a name is called by its file', () => {
	const wish = { kind: 'import', path: '~/root.tar', reference: '' } as const;
	expect(titleOf(wish)).toBe('~/root.tar');
	expect(lineOf(wish, around)).toBe('docker import /h/root.tar');
	expect(titleOf({ ...wish, reference: 'base:1' })).toBe('base:1');
});
