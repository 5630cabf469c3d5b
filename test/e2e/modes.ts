// What a program switched on in a terminal and did not switch off again.

/** As a terminal has it before anything runs: the cursor is visible and long lines are wrapped. */
const usual = new Map([
	['25', 'h'],
	['7', 'h'],
]);

/** The private modes (`?1049`, `?2004` …) that are not as usual after all this output; `kitty` for its keyboard. */
export function modesLeft(output: string): string[] {
	const modes = new Map<string, string>();
	for (const [, numbers = '', final = ''] of output.matchAll(/\x1b\[\?([\d;]+)([hl])/g)) {
		for (const number of numbers.split(';')) modes.set(number, final);
	}
	const left = [...modes].filter(([mode, final]) => final !== (usual.get(mode) ?? 'l')).map(([mode]) => mode);
	const pushed = output.match(/\x1b\[>\d*u/g)?.length ?? 0;
	const popped = output.match(/\x1b\[<\d*u/g)?.length ?? 0;
	return pushed > popped ? [...left, 'kitty'] : left;
}
