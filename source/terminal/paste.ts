// What is pasted, on its way to a program: it arrives in pieces, and whatever it contains, it is text.

export const pasteStart = '\x1b[200~';
export const pasteEnd = '\x1b[201~';

/** How much of the end of a text may be the beginning of the marker. */
const begun = (text: string): number => {
	for (let length = Math.min(text.length, pasteEnd.length - 1); length > 0; length--)
		if (text.endsWith(pasteEnd.slice(0, length))) return length;
	return 0;
};

/** Where the paste ends: a marker that is followed by another one, with no beginning between them, was pasted. */
const endOf = (text: string): number => {
	let end = text.indexOf(pasteEnd);
	for (let next = end; next >= 0; ) {
		next = text.indexOf(pasteEnd, next + 1);
		if (next < 0 || text.slice(end, next).includes(pasteStart)) break;
		end = next;
	}
	return end;
};

/** For a program that has not asked for markers, lines end as the Enter key ends them. */
export const createPaste = (isBracketed: boolean) => {
	let held = '';
	let endedInReturn = false;
	const passed = (text: string): string => {
		const harmless = text.replaceAll('\x1b', '');
		if (isBracketed || harmless === '') return harmless;
		const lines = (endedInReturn && harmless.startsWith('\n') ? harmless.slice(1) : harmless).replace(
			/\r?\n/g,
			'\r',
		);
		endedInReturn = harmless.endsWith('\r');
		return lines;
	};
	return {
		opening: isBracketed ? pasteStart : '',
		/** What the program gets of a piece, and what follows the paste; undefined while it goes on. */
		read: (piece: string): { passed: string; rest: string | undefined } => {
			const text = held + piece;
			const end = endOf(text);
			if (end >= 0) {
				const closing = isBracketed ? pasteEnd : '';
				return { passed: passed(text.slice(0, end)) + closing, rest: text.slice(end + pasteEnd.length) };
			}
			const kept = begun(text);
			held = kept > 0 ? text.slice(-kept) : '';
			return { passed: passed(kept > 0 ? text.slice(0, -kept) : text), rest: undefined };
		},
	};
};
