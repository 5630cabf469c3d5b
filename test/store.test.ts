// The store tells once per turn of the event loop, however much was sent.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createStore } from '../source/store.ts';

const counter = () => {
	const store = createStore<number, number>(0, (state, by) => state + by);
	let told = 0;
	const leave = store.subscribe(() => {
		told++;
	});
	return { store, leave, told: () => told };
};

it('is changed at once, and tells once', async () => {
	const { store, told } = counter();
	store.send(1);
	store.send(2);
	expect([store.get(), told()]).toEqual([3, 0]);
	await turn();
	expect(told()).toBe(1);
	store.send(1);
	await turn();
	expect(told()).toBe(2);
});

it('tells of nothing where nothing changed', async () => {
	const { store, told } = counter();
	store.send(0);
	await turn();
	expect(told()).toBe(0);
});

it('tells those who left nothing', async () => {
	const { store, leave, told } = counter();
	store.send(1);
	leave();
	await turn();
	expect(told()).toBe(0);
});

it('tells again of what a listener sent', async () => {
	const { store, told } = counter();
	store.subscribe(() => {
		if (store.get() < 3) store.send(1);
	});
	store.send(1);
	for (let round = 0; round < 4; round++) await turn();
	expect([store.get(), told()]).toEqual([3, 3]);
});
