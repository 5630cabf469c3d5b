// The emulated screen that programs and frames are drawn on.
import unicode from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';

export function emulator(columns: number, rows: number) {
	const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
	terminal.loadAddon(new unicode.Unicode11Addon());
	terminal.unicode.activeVersion = '11'; // emoji take two cells
	return terminal;
}
