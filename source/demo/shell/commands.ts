// Every command of the toy shell: what is built into it, and what must also exist as a file in the container.

import { changingCommands } from './commands-change.ts';
import { fileCommands } from './commands-files.ts';
import { makingCommands } from './commands-making.ts';
import { shellBuiltins, shellCommands } from './commands-shell.ts';
import { systemCommands } from './commands-system.ts';
import { textCommands } from './commands-text.ts';
import { less } from './less.ts';
import type { Command } from './shell.ts';
import { shellWords } from './shell-words.ts';
import { top } from './top.ts';
import { vi } from './vi.ts';

export const commands: Record<string, Command> = {
	...fileCommands,
	...textCommands,
	...changingCommands,
	...makingCommands,
	...systemCommands,
	...shellCommands,
	top,
	less,
	more: less,
	vi,
	vim: vi,
};

const help: Command = (_args, io) => {
	const names = [...new Set([...Object.keys(commands), ...shellWords])]
		.filter((name) => /^[a-z]/.test(name))
		.sort();
	io.out(
		`This is the toy shell of the demo engine. It knows:\n${names.join(' ')}\nand > >> < | ; && || $NAME $(…) for while if.\n`,
	);
	return 0;
};

const echo = makingCommands.echo as Command;
const printf = makingCommands.printf as Command;
export const builtins: Record<string, Command> = { ...shellBuiltins, help, echo, printf };
