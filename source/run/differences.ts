// What a wish has that another has not, as flags.
import type { RunWish } from '../model/run.ts';
import { shellWord } from '../model/words.ts';
import { flagTexts } from './run-line.ts';

/** `- -p 8080:80` was, `+ -p 8081:80` is to be; what belongs together stands together. */
export const differences = (before: RunWish, after: RunWish): string[] => {
	const [old, fresh] = [textsOf(before), textsOf(after)];
	const gone = without(old, fresh).map((text) => ({ text, line: `- ${text}` }));
	const come = without(fresh, old).map((text) => ({ text, line: `+ ${text}` }));
	const flags = new Set([...gone, ...come].map(({ text }) => flagOf(text)));
	return [...flags].flatMap((flag) =>
		[...gone, ...come].filter(({ text }) => flagOf(text) === flag).map(({ line }) => line),
	);
};

const flagOf = (text: string): string => {
	const [flag = ''] = text.split(' ');
	return /^-[dit]+$/.test(flag) ? '-dit' : flag;
};

const textsOf = (wish: RunWish): string[] => [
	`image ${wish.image}`,
	...(wish.command.length > 0 ? [`command ${wish.command.map(shellWord).join(' ')}`] : []),
	...flagTexts(wish),
];

/** Each of the others takes one away: what is there twice may lose one. */
const without = (texts: readonly string[], others: readonly string[]): string[] => {
	const left = [...others];
	return texts.filter((text) => {
		const at = left.indexOf(text);
		if (at !== -1) left.splice(at, 1);
		return at === -1;
	});
};
