// How often the clock must move for what is on screen to be right: rarely, at rest.
import { isUnderWay } from './builds.ts';
import type { State } from './state.ts';
import { isMoving } from './transfers.ts';
import { calm } from './words.ts';

/** Milliseconds between two frames of a spinner. */
const spinning = 80;
const second = 1000;

const isSpinning = ({
	busy,
	overlay,
	connection,
	isListed,
	notice,
	beside,
	builds,
	transfers,
}: State): boolean =>
	busy.size > 0 ||
	(beside === 'builds' && builds.list.some(isUnderWay)) ||
	(beside === 'transfers' && transfers.list.some(isMoving)) ||
	overlay?.type === 'preparing' ||
	notice?.tone === 'pending' ||
	connection.status === 'connecting' ||
	(connection.status === 'connected' && !isListed);

/** Just started or ended: its seconds are counted on screen. */
const isAnyYoung = ({ known, now }: State): boolean => {
	for (const { startedAt = 0, finishedAt = 0 } of known.containers.values()) {
		if (now - Math.max(startedAt, finishedAt) < calm) return true;
	}
	return false;
};

/** Milliseconds; the clock moves on multiples of it. */
export const pace = (state: State): number => {
	if (isSpinning(state)) return spinning;
	const isCounting =
		state.notice !== undefined || state.connection.status === 'unavailable' || isAnyYoung(state);
	return isCounting ? second : calm;
};
