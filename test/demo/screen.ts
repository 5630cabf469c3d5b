// A terminal on the demo engine as a person sees it: rows of text, drawn by a real emulator.

import headless from '@xterm/headless';
import { expect } from 'vitest';
import { ask, takeOver } from './request.ts';

const patience = { timeout: 5000, interval: 10 };

/** Takes an exec or an attach over and draws what comes out of it. */
const draw = async (
	socketPath: string,
	path: string,
	body: unknown,
	resizePath: string,
	size: [number, number],
) => {
	const [rows, columns] = size;
	const emulator = new headless.Terminal({ rows, cols: columns, allowProposedApi: true });
	const connection = await takeOver(socketPath, path, body, (bytes) => emulator.write(bytes));
	const lines = (): string[] => {
		const { active } = emulator.buffer;
		return Array.from({ length: emulator.rows }, (_, row) =>
			(active.getLine(active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
		);
	};
	const text = () => lines().join('\n').trimEnd();
	return {
		...connection,
		lines,
		text,
		/** `row column`, from 0. */
		cursor: () => `${emulator.buffer.active.cursorY} ${emulator.buffer.active.cursorX}`,
		isAlternate: () => emulator.buffer.active.type === 'alternate',
		hasApplicationKeys: () => emulator.modes.applicationCursorKeysMode,
		shows: (wanted: string | RegExp) =>
			expect.poll(text, patience)[typeof wanted === 'string' ? 'toContain' : 'toMatch'](wanted as string),
		ends: (wanted: string) => expect.poll(() => text().endsWith(wanted) || text(), patience).toBe(true),
		resize: (h: number, w: number) => {
			emulator.resize(w, h);
			return ask(socketPath, 'POST', `${resizePath}?h=${h}&w=${w}`);
		},
	};
};

export const openExec = async (
	socketPath: string,
	container: string,
	Cmd: string[],
	size: [rows: number, columns: number] = [24, 80],
) => {
	const body = {
		Cmd,
		Tty: true,
		AttachStdin: true,
		AttachStdout: true,
		AttachStderr: true,
		ConsoleSize: size,
	};
	const { Id } = (await ask(socketPath, 'POST', `/containers/${container}/exec`, body)).json;
	const start = { Tty: true, ConsoleSize: size };
	const screen = await draw(socketPath, `/exec/${Id}/start`, start, `/exec/${Id}/resize`, size);
	return { ...screen, inspect: async () => (await ask(socketPath, 'GET', `/exec/${Id}/json`)).json };
};

export const openAttach = (socketPath: string, container: string, query = '') =>
	draw(
		socketPath,
		`/containers/${container}/attach?stream=1&stdin=1&stdout=1&stderr=1${query}`,
		undefined,
		`/containers/${container}/resize`,
		[24, 80],
	);
