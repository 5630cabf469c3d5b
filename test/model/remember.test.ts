// What is derived is computed once per change.
import { expect, it } from 'vitest';
import { remember } from '../../source/model/remember.ts';

it('remembers the last two answers, and no more', () => {
	let count = 0;
	const twice = remember((value: number) => {
		count++;
		return value * 2;
	});
	expect([1, 2, 1, 2, 2, 1].map((value) => twice(value))).toEqual([2, 4, 2, 4, 4, 2]);
	expect(count).toBe(2);
	twice(3);
	twice(2);
	expect(count).toBe(3);
	twice(1);
	expect(count).toBe(4);
});
