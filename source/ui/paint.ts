// The few colours of the program, by what they mean. Every text from outside went through `fit` or `wrap` before.
import { Chalk, type ChalkInstance } from 'chalk';
import type { Container } from '../model/items.ts';

const chalk: ChalkInstance = new Chalk();

export const paint = {
	/** What has the focus: border, tab, key names. */
	accent: chalk.cyan,
	strong: chalk.bold,
	dim: chalk.dim,
	good: chalk.green,
	busy: chalk.yellow,
	bad: chalk.red,
	/** The row the cursor is on. */
	cursor: chalk.inverse,
	chosenTab: chalk.cyan.bold,
	match: chalk.underline,
	demo: chalk.black.bgYellow,
} as const;

export type Tone = 'good' | 'busy' | 'bad' | 'dim';

/** One sign beside the colour, so that neither is needed alone. */
export const signOf = ({ state, health }: Container): { sign: string; tone: Tone } => {
	switch (state) {
		case 'running':
			if (health === 'unhealthy') return { sign: '!', tone: 'bad' };
			return health === 'starting' ? { sign: '◐', tone: 'busy' } : { sign: '●', tone: 'good' };
		case 'paused':
			return { sign: '‖', tone: 'busy' };
		case 'restarting':
			return { sign: '↻', tone: 'busy' };
		case 'removing':
			return { sign: '…', tone: 'busy' };
		case 'dead':
			return { sign: '✕', tone: 'bad' };
		case 'created':
			return { sign: '◌', tone: 'dim' };
		case 'exited':
			return { sign: '○', tone: 'dim' };
	}
};
