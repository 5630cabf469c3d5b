// The few colours of the program, by what they mean. Every text from outside went through `fit` or `wrap` before.
import { Chalk, type ChalkInstance } from 'chalk';
import type { Container } from '../model/items.ts';
import type { Tone } from '../model/kinds/kind.ts';
import type { TextStyle } from '../model/text-style.ts';

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
	/** What was searched for. */
	hit: chalk.black.bgYellow,
	/** Of several containers in one stream. */
	names: [
		chalk.cyan,
		chalk.magenta,
		chalk.green,
		chalk.blue,
		chalk.yellow,
		chalk.cyanBright,
		chalk.magentaBright,
	],
	demo: chalk.black.bgYellow,
} as const;

const styles = new WeakMap<TextStyle, ChalkInstance>();

const chalkOf = (style: TextStyle): ChalkInstance => {
	let result = chalk;
	if (typeof style.colour === 'number') result = result.ansi256(style.colour);
	else if (style.colour) result = result.rgb(...style.colour);
	if (typeof style.background === 'number') result = result.bgAnsi256(style.background);
	else if (style.background) result = result.bgRgb(...style.background);
	if (style.isBold) result = result.bold;
	if (style.isDim) result = result.dim;
	if (style.isItalic) result = result.italic;
	if (style.isUnderlined) result = result.underline;
	return style.isInverse ? result.inverse : result;
};

/** As a program in a container painted it, as far as this terminal has such colours. */
export const inStyle = (style: TextStyle): ChalkInstance => {
	const known = styles.get(style) ?? chalkOf(style);
	styles.set(style, known);
	return known;
};

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
