// The input of our terminal as a program in a pane gets it: byte for byte, but for the few things that are ours.
import type { Modes } from './emulator.ts';
import { createMouse, type Place, report } from './mouse.ts';
import { createPaste, pasteEnd, pasteStart } from './paste.ts';

export type Input =
	| { readonly type: 'bytes'; readonly bytes: Buffer }
	/** The rest of the chunk is not for the program. */
	| { readonly type: 'leave'; readonly rest: Buffer }
	| { readonly type: 'detach'; readonly rest: Buffer }
	/** Ctrl+C, which is not among the bytes. */
	| { readonly type: 'interrupt' };

export type Keyboard = {
	/** `pane` is the inside of the pane, in cells of our screen from 0. */
	read(chunk: Buffer, modes: Modes, pane: Place): readonly Input[];
	/** What was held for its end, which did not come. */
	flush(): readonly Input[];
	/** A sequence is cut off: flush when nothing more comes. */
	isHolding(): boolean;
	/** Amid a paste: whatever comes is text, until its end. */
	isPasting(): boolean;
};

const esc = '\x1b';
const ctrlC = 0x03;
const ctrlP = 0x10;
const ctrlQ = 0x11;
const longest = 64;

const ordinary = /^[\x20-\x7e\x80-\xff]+/;
const complete = /^\x1b\[([\x30-\x3f]*)([\x20-\x2f]*[\x40-\x7e])/;
const cut = /^\x1b(?:O|\[[\x30-\x3f]*[\x20-\x2f]*)$/;

/** One byte is one character here, so that every byte survives. */
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** `leaveKey` tells a control character. */
export const createKeyboard = (leaveKey: () => number): Keyboard => {
	const mouse = createMouse();
	let paste: ReturnType<typeof createPaste> | undefined;
	let held = '';
	/** The text begins with an escape that the program has already got as a key of its own. */
	let isEscapeSent = false;
	let endedInEscape = false;
	let isAfterCtrlP = false;

	const read: Keyboard['read'] = (chunk, modes, pane) => {
		const inputs: Input[] = [];
		let passed = '';
		let text = held + chunk.toString('latin1');
		held = '';
		if (endedInEscape && text.startsWith('[')) {
			text = esc + text;
			isEscapeSent = true;
		}
		if (text !== '') endedInEscape = false;

		const pass = (bytes: string) => {
			passed += isEscapeSent && bytes.startsWith(esc) ? bytes.slice(1) : bytes;
			isEscapeSent = false;
		};
		const settle = () => {
			if (passed !== '') inputs.push({ type: 'bytes', bytes: bytesOf(passed) });
			passed = '';
		};
		/** Of a sequence that is all there. */
		const sequence = (whole: string, parameters: string, final: string): void => {
			const isMouse = (final === 'M' || final === 'm') && parameters.startsWith('<');
			if (isMouse) {
				const of = report(parameters, final);
				if (of) pass(mouse.told(of, modes, pane));
			} else if (parameters === '' && (final === 'I' || final === 'O')) {
				if (modes.focusReports) pass(whole);
			} else if (whole === pasteStart) {
				paste = createPaste(modes.bracketedPaste);
				isAfterCtrlP = false;
				pass(paste.opening);
			} else if (whole !== pasteEnd) {
				isAfterCtrlP = false;
				const isCursor = parameters === '' && /^[A-DFH]$/.test(final);
				pass(isCursor && modes.applicationCursor ? `${esc}O${final}` : whole);
			}
			isEscapeSent = false;
		};

		while (text !== '') {
			if (paste) {
				const { passed: pasted, rest } = paste.read(text);
				pass(pasted);
				if (rest !== undefined) paste = undefined;
				text = rest ?? '';
				continue;
			}
			const [plain] = ordinary.exec(text) ?? [];
			if (plain) {
				pass(plain);
				isAfterCtrlP = false;
				text = text.slice(plain.length);
				continue;
			}
			const byte = text.charCodeAt(0);
			if (byte === leaveKey() || (byte === ctrlQ && isAfterCtrlP)) {
				settle();
				isAfterCtrlP = false;
				const type = byte === leaveKey() ? 'leave' : 'detach';
				return [...inputs, { type, rest: bytesOf(text.slice(1)) }];
			}
			if (byte === ctrlC) {
				settle();
				inputs.push({ type: 'interrupt' });
				isAfterCtrlP = false;
				text = text.slice(1);
				continue;
			}
			const whole = complete.exec(text);
			if (whole) {
				sequence(whole[0], whole[1] ?? '', whole[2] ?? '');
				text = text.slice(whole[0].length);
				continue;
			}
			if (text.length <= longest && cut.test(text)) {
				held = text;
				break;
			}
			// The Esc key comes alone, at once; should it have been the beginning of a sequence, its rest is known by that.
			endedInEscape = text === esc;
			isAfterCtrlP = byte === ctrlP;
			pass(text.charAt(0));
			text = text.slice(1);
		}
		settle();
		return inputs;
	};

	return {
		read,
		flush: () => {
			const late = isEscapeSent ? held.slice(1) : held;
			// Half a mouse report is nobody's key.
			const isOurs = held.startsWith(`${esc}[<`);
			held = '';
			isEscapeSent = false;
			if (late === '' || isOurs) return [];
			isAfterCtrlP = false;
			return [{ type: 'bytes', bytes: bytesOf(late) }];
		},
		isHolding: () => held !== '',
		isPasting: () => paste !== undefined,
	};
};
