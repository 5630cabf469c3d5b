// One tab's program: the session with the engine, what it printed, and how it ended.
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine, Session, SessionEnd, Target } from '../engine/contract.ts';
import { lossReason, told } from '../engine/error.ts';
import type { Size } from '../model/items.ts';
import { wrapWords } from '../model/text.ts';
import { createCooked } from './cooked.ts';
import { createEmulator, type Emulator } from './emulator.ts';

/** What to open, and to open again. */
export type Request = {
	readonly container: Target;
	readonly title: string;
	readonly line: string;
} & (
	| {
			readonly kind: 'exec';
			readonly command: readonly string[];
			readonly tty: boolean;
			readonly user?: string;
			readonly directory?: string;
			readonly env?: readonly string[];
			readonly isPrivileged?: boolean;
	  }
	| {
			readonly kind: 'attach';
			readonly tty: boolean;
			readonly stdin: boolean;
			/** It does not run yet: it is started when we are attached. */
			readonly starts?: { readonly isRemoved: boolean };
	  }
);

export type Ended = {
	/** For the tab: `exit 0`, `lost`. */
	readonly outcome: string;
	/** What happened, and what became of what ran in it. */
	readonly sentence: string;
};

/** Bytes that wait to be parsed: above, the engine holds the output back; below, it goes on. */
const most = 256 * 1024;
const fewEnough = 64 * 1024;

/** The exit code of what SIGKILL ended. */
const killed = 137;

export type Program = {
	readonly request: Request;
	readonly emulator: Emulator;
	/** Undefined until it is connected, and never again when that failed. */
	session(): Session | undefined;
	/** What was typed, as the program expects it. Kept until it is connected. */
	type(bytes: Buffer): void;
	resize(size: Size): void;
	/** Ends its screen with a sentence of ours. */
	say(sentence: string): void;
};

export type Listener = {
	/** Something of it was parsed, and may be drawn. */
	readonly onChange: () => void;
	readonly onInterrupt: () => void;
};

/** Resolves when it is connected; rejects with an EngineError when it cannot be. */
export const startProgram = async (
	request: Request,
	engine: Engine,
	size: Size,
	{ onChange, onInterrupt }: Listener,
	onReady: (program: Program) => void,
): Promise<Session> => {
	let session: Session | undefined;
	let isHeld = false;
	const early: Buffer[] = [];
	let wanted = size;
	const send = (bytes: Uint8Array) => {
		if (session) session.write(bytes);
		else early.push(Buffer.from(bytes));
	};
	const emulator = await createEmulator(size, {
		onAnswer: (bytes) => send(Buffer.from(bytes, 'latin1')),
	});
	const cooked =
		request.kind === 'attach' && request.stdin && !request.tty
			? createCooked({
					echo: (text) => emulator.write(text, onChange),
					send,
					end: () => session?.endInput(),
					interrupt: onInterrupt,
				})
			: undefined;
	const parsed = () => {
		if (isHeld && emulator.pending() < fewEnough) {
			isHeld = false;
			session?.resume();
		}
		onChange();
	};
	const onOutput = (bytes: Buffer) => {
		emulator.write(request.tty ? bytes : withReturns(bytes), parsed);
		if (isHeld || emulator.pending() < most) return;
		isHeld = true;
		session?.pause();
	};
	onReady({
		request,
		emulator,
		session: () => session,
		type: (bytes) => (cooked ? cooked.feed(bytes) : send(bytes)),
		resize: (next) => {
			wanted = next;
			emulator.resize(next);
			session?.resize(next);
		},
		say: (sentence) =>
			// Behind all that is still to be parsed: only then is it known where the program has left its screen.
			emulator.write('', () => {
				const rows = wrapWords(sentence, emulator.size.columns);
				const leave = emulator.modes().isAlternate ? '\x1b[?1049l' : '';
				const isAtStart = leave === '' && emulator.cursor().column === 0;
				emulator.write(
					`${leave}\x1b[!p\x1b[0m${isAtStart ? '' : '\r\n'}\x1b[2m${rows.join('\r\n')}\x1b[0m`,
					onChange,
				);
			}),
	});
	const { container } = request;
	session =
		request.kind === 'exec'
			? await engine.exec(container, { ...request, size }, onOutput)
			: request.starts
				? await engine.run(container, { ...request, ...request.starts, size }, onOutput)
				: await engine.attach(container, { ...request, size }, onOutput);
	if (wanted !== size) session.resize(wanted);
	for (const bytes of early.splice(0)) session.write(bytes);
	return session;
};

/** Without a terminal nobody puts the carriage return before a line's end. */
const withReturns = (bytes: Buffer): Buffer =>
	bytes.includes(10) ? Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1') : bytes;

/** What the end of a session means for the person who was in it. */
export const endedAs = async (
	request: Request,
	end: SessionEnd,
	engine: Engine | undefined,
): Promise<Ended> => {
	const { container, title, kind } = request;
	const { name } = container;
	const what = kind === 'attach' ? name : `${title} in ${name}`;
	if (end.how === 'detached') return { outcome: 'detached', sentence: `Detached: ${what} goes on running.` };
	if (end.how === 'lost') {
		const fate = kind === 'attach' ? '' : ` ${title} may still run in ${name}; closing this tab ends it.`;
		return {
			outcome: 'lost',
			sentence: `${end.error.code === undefined ? told(end.error) : lossReason(end.error)}${fate}`,
		};
	}
	const outcome = end.code === undefined ? 'ended' : `exit ${end.code}`;
	if (kind === 'attach' && request.starts?.isRemoved)
		return { outcome, sentence: `${name} has ended: ${outcome}. It was removed, as --rm says.` };
	for (let tries = end.code === undefined || end.code === killed ? 10 : 1; tries > 0; tries--) {
		const list = await engine?.containers([container.id]).catch(() => undefined);
		const now = list?.[0];
		if (list && !now) return { outcome, sentence: `${name} was removed, and everything in it has ended.` };
		if (kind === 'exec' && now && now.state !== 'running' && now.state !== 'paused')
			return { outcome, sentence: `${name} has stopped, and everything in it has ended.` };
		if (!list || kind === 'attach') break;
		// With a container everything in it is killed, and only then does the engine note that it stopped.
		if (tries > 1) await wait(100);
	}
	return { outcome, sentence: `${what} has ended: ${outcome}.` };
};
