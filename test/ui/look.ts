// What the screen tells the model after each frame: how far what is on it can be scrolled.
import type { Event } from '../../source/model/event.ts';
import type { State } from '../../source/model/state.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after } from '../model/things.ts';

export const drawn = (state: State): Event => ({ type: 'drawn', ends: frameOf(state).ends });

/** The state after these events, each of them drawn, as the program does it. */
export const look = (state: State, ...events: readonly Event[]): State =>
	events.reduce(
		(seen, event) => {
			const next = after(seen, event);
			return after(next, drawn(next));
		},
		after(state, drawn(state)),
	);
