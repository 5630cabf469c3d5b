// A line at a time, for a container without a terminal: what is typed is shown, corrected here, and sent with Enter.
import { clean, width } from '../model/text.ts';

const longest = 4096;
// Of an escape sequence the introducer, then what belongs to it, then its last character.
const sequences = { '[': /[\x40-\x7e]/, O: /./s } as const;

export const createCooked = (given: {
	echo(text: string): void;
	send(bytes: Buffer): void;
	/** Of the input: no more is sent. */
	end(): void;
	interrupt(): void;
}): { feed(bytes: Buffer): void } => {
	const decoder = new TextDecoder();
	let line: { text: string; columns: number }[] = [];
	let length = 0;
	let isEnded = false;
	let before = '';
	/** What ends the escape sequence that we are in. */
	let sequence: RegExp | undefined;

	const erase = (count: number) => {
		const erased = line.splice(line.length - Math.min(count, line.length));
		const columns = erased.reduce((sum, character) => sum + character.columns, 0);
		length -= Buffer.byteLength(erased.map(({ text }) => text).join(''));
		if (columns > 0) given.echo('\b'.repeat(columns) + ' '.repeat(columns) + '\b'.repeat(columns));
	};
	const send = (end: string) => {
		given.send(Buffer.from(line.map(({ text }) => text).join('') + end));
		line = [];
		length = 0;
	};
	const collect = (character: string) => {
		const bytes = Buffer.byteLength(character);
		if (length + bytes > longest) return;
		const shown = clean(character);
		const columns = width(shown);
		const last = line.at(-1);
		// Marks and joiners go with the character that they follow.
		if (columns === 0 && last) last.text += character;
		else line.push({ text: character, columns });
		length += bytes;
		if (shown !== '') given.echo(shown);
	};
	const control = (character: string) => {
		if (character === '\x03') given.interrupt();
		else if (isEnded) return;
		else if (character === '\x7f' || character === '\b') erase(1);
		else if (character === '\x15') erase(line.length);
		else if (character === '\r' || (character === '\n' && before !== '\r')) {
			given.echo('\r\n');
			send('\n');
		} else if (character === '\x04' && line.length > 0) send('');
		else if (character === '\x04') {
			isEnded = true;
			given.end();
		} else if (character === '\t') collect(character);
	};
	const read = (character: string) => {
		if (before === '\x1b' && character in sequences)
			sequence = sequences[character as keyof typeof sequences];
		else if (sequence) {
			if (sequence.test(character)) sequence = undefined;
		} else if (before === '\x1b' && character >= ' ') return;
		else if (character === '\x7f' || character < ' ') control(character);
		else if (!isEnded && !(character >= '\x80' && character < '\xa0')) collect(character);
	};
	return {
		feed: (bytes) => {
			for (const character of decoder.decode(bytes, { stream: true })) {
				read(character);
				before = character;
			}
		},
	};
};
