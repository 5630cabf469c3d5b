// A command line becomes the words that a shell would make of it.
import { describe, expect, it } from 'vitest';
import { splitCommand } from '../../source/model/command-line.ts';
import { shellWord } from '../../source/model/words.ts';

it.each([
	['', []],
	['   ', []],
	['ls', ['ls']],
	['  ls   -l\t/tmp \n', ['ls', '-l', '/tmp']],
	["sh -c 'echo a  b'", ['sh', '-c', 'echo a  b']],
	['echo "a  b"', ['echo', 'a  b']],
	["a'b c'd", ['ab cd']],
	[`a"b"'c'd`, ['abcd']],
	["''", ['']],
	['""', ['']],
	["a '' b", ['a', '', 'b']],
	['a ""', ['a', '']],
	['a\\ b', ['a b']],
	['a\\\\b', ['a\\b']],
	["\\'", ["'"]],
	['\\"x\\"', ['"x"']],
	["'a\\b'", ['a\\b']],
	['"a\\b"', ['a\\b']],
	['"a\\"b"', ['a"b']],
	['"a\\\\b"', ['a\\b']],
	['"\\$HOME \\`id\\`"', ['$HOME `id`']],
	[`"it's"`, ["it's"]],
	[`'say "hi"'`, ['say "hi"']],
	['echo $HOME * | cat > x; y & z', ['echo', '$HOME', '*', '|', 'cat', '>', 'x;', 'y', '&', 'z']],
	["'two\nlines'", ['two\nlines']],
	['에코 "안녕 하세요" 세계', ['에코', '안녕 하세요', '세계']],
	['\u{1f433} \\\u{1f433}', ['\u{1f433}', '\u{1f433}']],
	['#no comment', ['#no', 'comment']],
])('%o is the words %o', (text, words) => {
	expect(splitCommand(text)).toMatchObject({ words });
});

it.each([
	["'", "A ' is open at the end."],
	["echo 'a b", "A ' is open at the end."],
	['"', 'A " is open at the end.'],
	['echo "a b', 'A " is open at the end.'],
	['echo "a\\"', 'A " is open at the end.'],
	["it's", "A ' is open at the end."],
	['ls \\', 'A backslash stands at the end.'],
	['\\', 'A backslash stands at the end.'],
	["'a'\"b", 'A " is open at the end.'],
])('of %o it says: %s', (text, problem) => {
	expect(splitCommand(text)).toEqual({ problem });
});

describe('what the docker line shows is read back as it was:', () => {
	it.each([
		[['sh', '-c', 'echo "$HOME" | wc']],
		[["it's", '', ' ', "''", '\\', '\\\\', '"', '\t', '\n']],
		[['안녕', '$(id)', '`id`', '*', '!', '#', '~', '{a,b}', 'a;b&c|d<e>f']],
		[['\u{1f433}', '\u0301', '\u00a0', '\u3000']],
	])('%o', (words) => {
		expect(splitCommand(words.map(shellWord).join(' '))).toEqual({ words, signs: '' });
	});

	it('all characters of a keyboard, two at a time', () => {
		const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(index + 32));
		const words = characters.flatMap((one) => characters.map((other) => one + other));
		expect(splitCommand(words.map(shellWord).join(' '))).toEqual({ words, signs: '' });
	});
});

it.each([
	['echo $HOME | cat > x; y & z `id`', '$|>;&``'],
	['echo \'$HOME\' "| >" \\; x', ''],
	['ls -l *', ''],
])('in %o a shell would see %o', (text, signs) => {
	expect(splitCommand(text)).toMatchObject({ signs });
});

it('a long line of backslashes and quotes is taken apart at once', () => {
	const started = performance.now();
	expect(splitCommand(`${'\\"'.repeat(20_000)}"`)).toMatchObject({ problem: expect.any(String) });
	expect(splitCommand(`"${'\\a'.repeat(20_000)}`)).toMatchObject({ problem: expect.any(String) });
	expect(performance.now() - started).toBeLessThan(500);
});
