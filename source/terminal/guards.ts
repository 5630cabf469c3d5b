// What a hostile program must not be able to do to its emulated terminal: keep it busy for minutes, or fill the memory.
import type { IUnicodeVersionProvider, Terminal } from '@xterm/headless';
import type { Internals } from './internals.ts';

/** Sequences that xterm carries out once for each unit of their first parameter, which may be two thousand million. */
const repeated = ['I', 'L', 'M', 'S', 'T', 'Z', 'b', '@', 'P', 'X'];

const mostMarks = 4;

/**
 * Unicode 11 widths, with an end to the marks that one cell takes: xterm joins them for ever, and a hundred megabytes of
 * them need more memory than Node has. (Of the number: width in bits 1 and 2, joined in bit 0, above them what we count.)
 */
const fewMarks = ({ wcwidth }: IUnicodeVersionProvider): IUnicodeVersionProvider => ({
	version: 'few-marks',
	wcwidth,
	charProperties: (codePoint, preceding) => {
		if (codePoint < 0x7f) return codePoint < 0x20 ? 0 : 2;
		const width = wcwidth(codePoint);
		const before = (preceding >> 1) & 3;
		const marks = preceding >> 3;
		if (width > 0 || before === 0 || marks === mostMarks) return width << 1;
		return ((marks + 1) << 3) | (before << 1) | 1;
	},
});

const unicode11 = ({ Unicode11Addon }: typeof import('@xterm/addon-unicode11')): IUnicodeVersionProvider => {
	const found: IUnicodeVersionProvider[] = [];
	const register = (provider: IUnicodeVersionProvider) => found.push(provider);
	new Unicode11Addon().activate({ unicode: { register } } as never);
	const [provider] = found;
	if (!provider) throw new Error('The table of character widths is not where it was.');
	return { ...provider, wcwidth: (codePoint) => provider.wcwidth(codePoint) };
};

export const guard = (
	terminal: Terminal,
	internals: Internals,
	addon: typeof import('@xterm/addon-unicode11'),
): void => {
	terminal.unicode.register(fewMarks(unicode11(addon)));
	terminal.unicode.activeVersion = 'few-marks';
	for (const final of repeated)
		internals.registerCsiHandler({ final }, ({ params }) => {
			const most = Math.max(terminal.cols, terminal.rows);
			if ((params[0] ?? 0) > most) params[0] = most;
			return false;
		});
	// Erasing all above in the last cell throws: xterm looks for a row below. It is the same as erasing everything.
	for (const id of [{ final: 'J' }, { prefix: '?', final: 'J' }])
		internals.registerCsiHandler(id, ({ params }) => {
			const { cursorX, cursorY } = terminal.buffer.active;
			const isLast = cursorY >= terminal.rows - 1 && cursorX >= terminal.cols - 1;
			if (params[0] === 1 && isLast) params[0] = 2;
			return false;
		});
	// Nobody can follow a link in here, and xterm keeps the address of each as long as its row.
	terminal.parser.registerOscHandler(8, () => true);
};
