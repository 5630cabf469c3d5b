// The sign of what is under way. Drawn from the clock in the state, so that a frame stays a function of the state.
import spinners from 'cli-spinners';

const { frames, interval } = spinners.dots;

export const spinner = (now: number): string => frames[Math.floor(now / interval) % frames.length] ?? '';
