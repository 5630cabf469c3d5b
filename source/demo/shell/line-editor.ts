// Editing a line at the prompt, as readline does it: cursor, history, completion, paste.

import { complete } from './complete.ts';
import { keysOf } from './keys.ts';
import { edits, insert, lineOf, textOf } from './line-buffer.ts';
import { lineView } from './line-view.ts';
import type { Io, Shell } from './shell.ts';
import type { Typed } from './terminal.ts';

const older = new Set(['up', '\x10']);
const newer = new Set(['down', '\x0e']);
const longest = 16_384;

export const editLine = (shell: Shell, io: Io, shown: string): Promise<Typed> =>
	new Promise((resolve) => {
		const { terminal, history } = shell;
		const isBash = shell.name === 'bash';
		const view = lineView(shown, () => shell.launch.size.columns || 80, io.out);
		let line = lineOf('');
		/** The history with the line being typed at its end; changes made while looking stay here. */
		const lines = [...history, ''];
		let at = lines.length - 1;
		let isPasting = false;
		let wasTab = false;
		let isOver = false;
		const finish = (typed: Typed) => {
			isOver = true;
			release();
			terminal.resized.delete(redraw);
			io.signal.removeEventListener('abort', abort);
			if (isBash) io.out('\x1b[?2004l');
			resolve(typed);
		};
		const abort = () => finish({ kind: 'interrupt' });
		const redraw = () => view.resize(line);
		const recall = (step: number) => {
			const wanted = lines[at + step];
			if (wanted === undefined) return io.out('\x07');
			lines[at] = textOf(line);
			at += step;
			line = { ...lineOf(wanted), cut: line.cut };
			view.update(line);
		};
		const tab = () => {
			const { added, choices } = complete(shell, line.characters.slice(0, line.cursor).join(''));
			if (added) insert(line, added);
			else if (choices.length > 1 && wasTab) {
				view.finish(line);
				io.out(`\n${choices.slice(0, 100).join('  ')}\n`);
				return view.fresh(line);
			} else io.out('\x07');
			view.update(line);
		};
		const press = (name: string) => {
			const edit = edits[name];
			if (name === '\r' || name === '\n') {
				view.finish(line);
				io.out('\n');
				finish({ kind: 'line', text: textOf(line) });
			} else if (name === '\x03') {
				view.finish(line);
				io.out('^C\n');
				finish({ kind: 'interrupt' });
			} else if (name === '\x04') {
				if (line.characters.length === 0) return finish({ kind: 'end' });
				edits.delete?.(line);
				view.update(line);
			} else if (edit) {
				edit(line);
				view.update(line);
			} else if (older.has(name)) recall(-1);
			else if (newer.has(name)) recall(1);
			else if (name === '\x0c') {
				io.out('\x1b[H\x1b[2J');
				view.fresh(line);
			} else if (name === '\t') tab();
			else if (name === 'paste') isPasting = true;
			else if (name.length <= 2 && name >= ' ' && line.characters.length < longest) {
				insert(line, name);
				view.update(line);
			}
		};
		const paste = (name: string, text: string) => {
			if (name === 'paste-end') isPasting = false;
			else if (line.characters.length < longest) insert(line, text === '\r' ? '\n' : text);
			if (!isPasting) view.update(line);
		};
		const onKeys = (text: string) => {
			const keys = keysOf(text, true);
			for (const [index, key] of keys.entries()) {
				if (isPasting) paste(key.name, key.text);
				else press(key.name);
				wasTab = key.name === '\t';
				if (!isOver) continue;
				const left = keys.slice(index + 1).map((each) => each.text);
				return terminal.unread(left.join(''));
			}
		};
		if (isBash) io.out('\x1b[?2004h');
		view.begin(line);
		const release = terminal.readKeys(onKeys);
		terminal.resized.add(redraw);
		io.signal.addEventListener('abort', abort, { once: true });
		if (io.signal.aborted) abort();
	});
