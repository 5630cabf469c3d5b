// Moves the time in the state, as often as what is on screen needs it.
import type { Event } from './model/event.ts';
import { pace } from './model/pace.ts';
import type { State } from './model/state.ts';
import type { Store } from './store.ts';

export const startClock = (store: Store<State, Event>): void => {
	let timer: NodeJS.Timeout;
	let current = 0;
	const wait = () => {
		current = pace(store.get());
		timer = setTimeout(tick, current - (Date.now() % current));
	};
	const tick = () => {
		store.send({ type: 'ticked', now: Date.now() });
		wait();
	};
	tick();
	store.subscribe(() => {
		if (pace(store.get()) >= current) return;
		clearTimeout(timer);
		tick();
	});
};
