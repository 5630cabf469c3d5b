// A small vi: moving, inserting, deleting, searching, and writing the file.

import { follow, put } from '../files.ts';
import { at, operandsOf } from './operands.ts';
import { fullScreen, painted, sizeOf } from './screen.ts';
import type { Command } from './shell.ts';
import * as edit from './vi-text.ts';
import { cutTo, textWidth } from './widths.ts';

type Mode = 'command' | 'insert' | 'line';

/** What begins an insertion, and where. */
const openings: Record<string, (text: edit.ViText) => void> = {
	i: () => {},
	I: (text) => edit.moves['0']?.(text),
	a: (text) => text.column++,
	A: (text) => edit.moves.$?.(text),
	o: (text) => edit.openLine(text, 1),
	O: (text) => edit.openLine(text, 0),
};

const changes: Record<string, (text: edit.ViText) => void> = {
	x: edit.deleteCharacter,
	delete: edit.deleteCharacter,
	dd: edit.deleteLine,
	yy: edit.yankLine,
	p: edit.paste,
	gg: (text) => {
		text.row = 0;
	},
};

export const vi: Command = async (args, io, shell) => {
	if (!io.isTerminal) {
		io.err('vi: standard output is not a terminal\n');
		return 1;
	}
	const name = operandsOf(args)[0] ?? '';
	const { path, node } = follow(shell.files, at(shell, name));
	if (name && node?.kind === 'directory') {
		io.err(`vi: ${name} is a directory\n`);
		return 1;
	}
	const text = edit.textFrom(node?.kind === 'file' ? node.bytes.toString() : '');
	let mode: Mode = 'command';
	let pending = '';
	let line = '';
	let wanted = '';
	let undo: edit.ViText | undefined;
	let first = 0;
	let message = name ? `"${name}" ${node ? `${text.lines.length}L` : '[New]'}` : '[No Name]';
	const keep = () => {
		undo = { ...text, lines: text.lines.map((each) => [...each]) };
	};
	const draw = () => {
		const { rows, columns } = sizeOf(shell);
		const height = rows - 1;
		edit.settle(text, mode === 'insert');
		first = Math.max(Math.min(first, text.row), text.row - height + 1, 0);
		const shown = Array.from({ length: height }, (_, index) => {
			const each = text.lines[first + index];
			return each ? cutTo(each.join('').replaceAll('\t', ' '), columns) : '\x1b[1;34m~\x1b[0m';
		});
		const status = mode === 'line' ? line : mode === 'insert' ? '-- INSERT --' : message;
		const column = Math.min(
			columns,
			textWidth(edit.current(text).slice(0, text.column).join('').replaceAll('\t', ' ')) + 1,
		);
		const place = mode === 'line' ? `${rows};${textWidth(line) + 1}` : `${text.row - first + 1};${column}`;
		io.out(`${painted([...shown, cutTo(status, columns - 1)])}\x1b[${place}H`);
	};
	const write = (to: string): boolean => {
		const target = to ? at(shell, to) : path;
		const bytes = Buffer.from(edit.fileText(text));
		const modifiedAt = shell.launch.world.now();
		const why =
			name || to
				? put(shell.files, target, { kind: 'file', mode: node?.mode ?? 0o644, modifiedAt, bytes })
				: 'No file name';
		message = why ?? `"${to || name}" ${text.lines.length}L, ${bytes.length}B written`;
		text.isChanged = why !== undefined;
		return why === undefined;
	};
	const search = () => {
		const count = text.lines.length;
		for (let step = 1; wanted && step <= count; step++) {
			const row = (text.row + step) % count;
			const found = text.lines[row]?.join('').indexOf(wanted) ?? -1;
			if (found < 0) continue;
			text.row = row;
			text.column = found;
			return;
		}
		message = `Pattern not found: ${wanted}`;
	};
	const obey = (command: string): boolean => {
		const [verb = '', to = ''] = command.split(/\s+/);
		if (/^\d+$/.test(verb)) text.row = Number(verb) - 1;
		else if (verb === 'w' || verb === 'w!') write(to);
		else if (['wq', 'x', 'wq!', 'x!'].includes(verb)) return write(to);
		else if (verb === 'q!') return true;
		else if (verb === 'q') {
			if (!text.isChanged) return true;
			message = 'No write since last change (:q! overrides)';
		} else message = `Not an editor command: ${verb}`;
		return false;
	};
	const onLine = (key: string): boolean => {
		if (key === '\r') {
			mode = 'command';
			if (line.startsWith(':')) return obey(line.slice(1));
			wanted = line.slice(1) || wanted;
			search();
		} else if (key === '\x1b' || key === '\x03' || (key === '\x7f' && line.length <= 1)) mode = 'command';
		else if (key === '\x7f') line = [...line].slice(0, -1).join('');
		else if ([...key].length === 1 && key >= ' ') line += key;
		return false;
	};
	const onInsert = (key: string) => {
		if (key === '\x1b' || key === '\x03') {
			mode = 'command';
			text.column--;
		} else if (key === '\x7f' || key === '\b') edit.rubOut(text);
		else if (key === '\r' || key === '\n') edit.type(text, '\n');
		else if ([...key].length === 1 && (key >= ' ' || key === '\t')) edit.type(text, key);
		else if (key.length > 1) edit.moves[key]?.(text);
	};
	const onCommand = (key: string): boolean => {
		const command = pending + key;
		pending = '';
		message = '';
		if ('dyg'.includes(key) && command === key) pending = key;
		else if (command === 'ZZ') return write('');
		else if (command === 'Z') pending = key;
		else if (key === ':' || key === '/') {
			mode = 'line';
			line = key;
		} else if (key === 'n') search();
		else if (key === 'u' && undo) Object.assign(text, undo, { isChanged: true });
		else if (openings[command]) {
			keep();
			openings[command](text);
			mode = 'insert';
		} else if (changes[command]) {
			keep();
			changes[command](text);
		} else edit.moves[command]?.(text);
		return false;
	};
	const press = (key: string): boolean => {
		let isOver = false;
		if (mode === 'line') isOver = onLine(key);
		else if (mode === 'insert') onInsert(key);
		else isOver = onCommand(key);
		edit.settle(text, mode === 'insert');
		return isOver;
	};
	return fullScreen(shell, io, { draw, press });
};
