// The three flags -d, -i and -t as one choice: the common mixes have names, the rare ones their letters.
import type { RunWish } from '../model/run.ts';

type Mode = Pick<RunWish, 'isDetached' | 'isInteractive' | 'hasTerminal'>;

type Option = { readonly value: string; readonly label: string };

const named: Readonly<Record<string, Option>> = {
	it: { value: 'terminal', label: 'in a terminal here (-it)' },
	'': { value: 'foreground', label: 'its output here, until it ends' },
	d: { value: 'detached', label: 'in the background (-d)' },
	dit: { value: 'detached-terminal', label: 'in the background, with a terminal (-dit)' },
};

export const lettersOf = ({ isDetached, isInteractive, hasTerminal }: Mode): string =>
	`${isDetached ? 'd' : ''}${isInteractive ? 'i' : ''}${hasTerminal ? 't' : ''}`;

export const modeOf = (mode: Mode): string => named[lettersOf(mode)]?.value ?? lettersOf(mode);

export const modeOptions = (mode: Mode): Option[] => {
	const letters = lettersOf(mode);
	const rare = named[letters] === undefined ? [{ value: letters, label: `-${letters}` }] : [];
	return [...Object.values(named), ...rare];
};

export const readMode = (value: string): Mode => {
	const letters = Object.keys(named).find((one) => named[one]?.value === value) ?? value;
	return {
		isDetached: letters.includes('d'),
		isInteractive: letters.includes('i'),
		hasTerminal: letters.includes('t'),
	};
};
