// At which line a program opens a file.
import { expect, it } from 'vitest';
import { atLine } from '../source/editor.ts';

it.each([
	['less', 12, 'less +12'],
	['less -R', 12, 'less -R +12'],
	['/usr/bin/nvim', 12, '/usr/bin/nvim +12'],
	['vi', 12, 'vi +12'],
	['emacs -nw', 12, 'emacs -nw +12'],
	['less', 1, 'less'],
	['code --wait', 12, 'code --wait'],
	['cat', 12, 'cat'],
	['lessecho', 12, 'lessecho'],
])('%s at line %i is %s', (command, line, text) => {
	expect(atLine(command, line)).toBe(text);
});
