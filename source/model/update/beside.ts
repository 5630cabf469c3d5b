// What stands beside the lists comes and goes.
import type { Beside, State } from '../state.ts';

/** With the focus. Nobody types into a terminal that is not there. */
export const brought = (state: State, what: Beside): State => ({
	...state,
	beside: what,
	terminals: state.terminals.isInside ? { ...state.terminals, isInside: false } : state.terminals,
	isDetailFocused: true,
});

/** The details are back, where this was in their place. */
export const hidden = (state: State, what: Beside): State =>
	state.beside === what ? { ...state, beside: 'details' } : state;

/** It is empty now: with the last of it, the lists have the focus again. */
export const emptied = (state: State, what: Beside): State =>
	state.beside === what ? { ...state, beside: 'details', isDetailFocused: false } : state;
