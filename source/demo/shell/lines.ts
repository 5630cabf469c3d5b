// What the commands on text share: their options, and the lines they read.

import { follow, resolvePath } from '../files.ts';
import { pause } from '../timers.ts';
import type { Io, Shell } from './shell.ts';

/** A breath after every few lines: what else runs here must have its turn, and Ctrl+C must be heard. */
export const breathe = async (io: Io, shell: Shell): Promise<void> => {
	await pause(shell.launch.world.timers, 1, io.signal);
	await io.ready();
};

/** The text of the operands, or of the input when there are none; undefined after a complaint. */
export async function* linesOf(
	operands: string[],
	io: Io,
	shell: Shell,
	name: string,
	problem: { status: number },
): AsyncGenerator<string> {
	let count = 0;
	for (const operand of operands.filter((each) => each !== '-')) {
		const { node } = follow(shell.files, resolvePath(shell.directory, operand));
		if (node?.kind !== 'file') {
			io.err(`${name}: ${operand}: ${node ? 'Is a directory' : 'No such file or directory'}\n`);
			problem.status = name === 'grep' ? 2 : 1;
			continue;
		}
		if (node.bytes.length === 0) continue;
		for (const line of node.bytes.toString().replace(/\n$/, '').split('\n')) {
			if (io.signal.aborted) return;
			yield line;
			if (++count % 1000 === 0) await breathe(io, shell);
		}
	}
	while (operands.length === 0 && !io.signal.aborted) {
		const typed = await io.read();
		if (typed.kind !== 'line') return;
		yield typed.text;
		if (++count % 1000 === 0) await breathe(io, shell);
	}
}

export type Options = { count: number; letters: string; operands: string[]; values: Record<string, string> };

/** Options with a value by their letters; `-5` and `-n 5` are a count. */
export const readOptions = (args: string[], withValue: string): Options => {
	const options: Options = { count: 10, letters: '', operands: [], values: {} };
	const rest = [...args];
	for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
		const letter = arg[1] ?? '';
		if (/^-\d+$/.test(arg)) options.count = Number(arg.slice(1));
		else if (/^-[a-zA-Z]/.test(arg) && withValue.includes(letter)) {
			options.values[letter] = arg.slice(2) || (rest.shift() ?? '');
			options.letters += letter;
			if (letter === 'n') options.count = Math.abs(Number(options.values.n)) || 0;
		} else if (/^-[a-zA-Z-]/.test(arg)) options.letters += arg.slice(1);
		else options.operands.push(arg);
	}
	return options;
};
