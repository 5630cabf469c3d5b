// What is read off an existing container, in the words of flags.
import { type Json, text, texts } from '../json.ts';

const units = ['', 'k', 'm', 'g', 't'];

/** Bytes in the largest unit that needs no fraction. */
export const sizeText = (bytes: number): string => {
	let value = bytes;
	let unit = 0;
	while (value > 0 && value % 1024 === 0 && unit < units.length - 1) {
		value /= 1024;
		unit++;
	}
	return `${value}${units[unit]}`;
};

/** Processors out of billionths of one. */
export const cpusText = (nano: number): string => (nano / 1e9).toFixed(9).replace(/\.?0+$/, '');

/** Without the one that the engine makes of the id. */
export const aliasesOf = (endpoint: Json, container: Json): string[] =>
	texts(endpoint.Aliases).filter((alias) => !(alias.length === 12 && text(container.Id).startsWith(alias)));
