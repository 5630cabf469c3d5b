// Every command of the toy shell: what is built into it, and what must also exist as a file in the container.

import { fileCommands } from './commands-files.ts';
import { shellBuiltins, shellCommands } from './commands-shell.ts';
import { systemCommands } from './commands-system.ts';
import { textCommands } from './commands-text.ts';
import type { Command } from './shell.ts';
import { top } from './top.ts';

export const commands: Record<string, Command> = {
	...fileCommands,
	...textCommands,
	...systemCommands,
	...shellCommands,
	top,
};

const help: Command = (_args, io) => {
	const names = [...new Set([...Object.keys(commands), ...Object.keys(builtins)])]
		.filter((name) => /^[a-z]/.test(name))
		.sort();
	io.out(
		`This is the toy shell of the demo engine. It knows:\n${names.join(' ')}\nand > >> < | ; && || $NAME $(…) for while if.\n`,
	);
	return 0;
};

const echo = textCommands.echo as Command;
const printf = textCommands.printf as Command;
export const builtins: Record<string, Command> = { ...shellBuiltins, help, echo, printf };
