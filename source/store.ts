// The one store: a value, the function that changes it, and those who want to know.

export type Store<State, Event> = {
	get(): State;
	send(event: Event): void;
	/** Called once per turn of the event loop in which something was sent, however much it was. Returns the way out. */
	subscribe(listener: () => void): () => void;
};

export const createStore = <State, Event>(
	initial: State,
	update: (state: State, event: Event) => State,
): Store<State, Event> => {
	let state = initial;
	let isScheduled = false;
	const listeners = new Set<() => void>();
	const notify = () => {
		isScheduled = false;
		for (const listener of listeners) listener();
	};
	return {
		get: () => state,
		send: (event) => {
			const next = update(state, event);
			if (next === state) return;
			state = next;
			if (isScheduled) return;
			isScheduled = true;
			setImmediate(notify);
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
};
