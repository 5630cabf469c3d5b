// All open terminals: opens, types into, resizes and closes them, and tells the state what becomes of them.
import type { Engine, Session } from '../engine/contract.ts';
import { told } from '../engine/error.ts';
import type { Event } from '../model/event.ts';
import type { Size } from '../model/items.ts';
import { isTooSmall, terminalPlace, terminalSize } from '../model/layout.ts';
import type { State } from '../model/state.ts';
import { frontTab } from '../model/terminals.ts';
import { isSeen } from '../model/update/terminals.ts';
import type { Emulator, Modes } from './emulator.ts';
import { createKeyboard, type Input } from './keyboard.ts';
import { createOwnPaste } from './own-paste.ts';
import { endedAs, type Program, type Request, startProgram } from './program.ts';

/** Milliseconds without a key before keys mean something again: who was typing when it ended must not command. */
const typingPause = 400;
/** Milliseconds until a sequence that stops in the middle is taken as it is. */
const sequencePatience = 20;

/** Of a program that is not there yet. */
const plainModes: Modes = {
	applicationCursor: false,
	bracketedPaste: false,
	focusReports: false,
	mouse: 'none',
	isMouseSgr: false,
	isAlternate: false,
};

const named: Readonly<Record<string, string>> = {
	enter: '\r',
	tab: '\t',
	space: ' ',
	esc: '\x1b',
	backspace: '\x7f',
};

const keyBytes = (key: string): string | undefined => {
	const [, letter] = /^ctrl\+(.)$/.exec(key) ?? [];
	if (letter !== undefined) return String.fromCharCode(letter.toUpperCase().charCodeAt(0) & 0x1f);
	return named[key] ?? ([...key].length === 1 ? key : undefined);
};

export type TerminalsGiven = {
	readonly state: () => State;
	readonly send: (event: Event) => void;
	readonly engine: () => Engine | undefined;
	readonly now: () => number;
	/** Does what a key of ours means. */
	readonly press: (key: string) => void;
	/** The byte of the key that leads back to Portside. */
	readonly leaveKey: number;
};

export type Terminals = ReturnType<typeof createTerminals>;

/** One tab. Opening it again makes another one of it, so that nothing of the old one acts on the new. */
type Entry = {
	readonly request: Request;
	program?: Program;
	/** Typed before there was anything to type into. */
	readonly early: Buffer[];
	/** Settles when it is connected, or never will be. */
	opening: Promise<Session | undefined>;
	isOver: boolean;
	isWarned: boolean;
	/** What it runs is to go on. */
	isLeft: boolean;
};

export const createTerminals = ({ state, send, engine, now, press, leaveKey }: TerminalsGiven) => {
	const entries = new Map<number, Entry>();
	/** Of closed ones, too: what they start is still to be ended. */
	const opening = new Set<Promise<unknown>>();
	const watchers = new Set<(id: number) => void>();
	const keyboard = createKeyboard(() => leaveKey);
	let lastId = 0;
	let lastKeyAt = 0;
	let size: Size = { columns: 80, rows: 24 };
	let hold: NodeJS.Timeout | undefined;
	const ownPaste = createOwnPaste();
	/** What was typed into has gone by itself: typing on commands nothing, until it pauses. */
	let isStartled = false;

	const notice = (text: string, tone: 'bad' | 'plain' = 'plain') =>
		send({ type: 'noticed', text, tone, at: now() });
	const changed = (id: number) => {
		const tab = state().terminals.tabs.find((tab) => tab.id === id);
		if (tab && !tab.hasNews && !isSeen(state(), id)) send({ type: 'terminal-printed', id });
		for (const watcher of watchers) watcher(id);
	};
	const remove = (id: number) => {
		entries.get(id)?.program?.emulator.dispose();
		entries.delete(id);
		send({ type: 'terminal-closed', id });
	};

	/** Gives all of them the size their pane has now. */
	const fit = (): void => {
		const next = terminalSize(state());
		if (next.columns === size.columns && next.rows === size.rows) return;
		size = next;
		for (const { program } of entries.values()) program?.resize(next);
	};

	/** The session ended by itself, or because its container or the engine did. */
	const watchEnd = async (id: number, entry: Entry, session: Session) => {
		const end = await session.ended;
		if (end.how === 'detached' || entries.get(id) !== entry) return;
		entry.isOver = true;
		isStartled ||= isTypedInto(id);
		const { outcome, sentence } = await endedAs(entry.request, end, engine());
		if (entries.get(id) !== entry) return;
		entry.program?.say(sentence);
		send({ type: 'terminal-ended', id, outcome });
	};

	const connect = async (id: number, entry: Entry, through: Engine): Promise<Session | undefined> => {
		const listener = { onChange: () => changed(id), onInterrupt: () => interrupt(entry) };
		const session = await startProgram(entry.request, through, size, listener, (program) => {
			entry.program = program;
			for (const bytes of entry.early.splice(0)) program.type(bytes);
		});
		if (entries.get(id) === entry) return session;
		// Closed, or left, while it was being opened.
		if (entry.isLeft) session.detach();
		else await session.end();
		return undefined;
	};

	/** Before anything of the old one is lost. */
	const whyNotOpened = (request: Request): string | undefined => {
		const { id, name } = request.container;
		const container = state().containers.get(id);
		if (!container) return `${name} was removed: nothing can be opened in it any more.`;
		if (request.kind === 'attach' && request.starts && container.state === 'exited') return undefined;
		return container.state === 'running' ? undefined : `${name} is ${container.state}: start it first (s).`;
	};

	/** Rejects with an EngineError when it cannot be opened; then there is no tab either. */
	const open = async (request: Request, id = ++lastId): Promise<void> => {
		const through = engine();
		if (!through) return;
		const { container, title, kind, line } = request;
		entries.get(id)?.program?.emulator.dispose();
		const entry: Entry = {
			request,
			early: [],
			opening: Promise.resolve(undefined),
			isOver: false,
			// Who has just started it knows what Ctrl+C does.
			isWarned: request.kind === 'attach' && request.starts !== undefined,
			isLeft: false,
		};
		entries.set(id, entry);
		const { id: containerId, name } = container;
		send({
			type: 'terminal-opened',
			tab: { id, containerId, name, title, kind, line, status: 'opening', hasNews: false },
		});
		fit();
		entry.opening = connect(id, entry, through);
		const settled = entry.opening.catch(() => undefined);
		opening.add(settled);
		void settled.then(() => opening.delete(settled));
		try {
			const session = await entry.opening;
			if (!session) return;
			send({ type: 'terminal-connected', id });
			void watchEnd(id, entry, session);
		} catch (error) {
			if (entries.get(id) === entry) {
				isStartled ||= isTypedInto(id);
				remove(id);
			}
			throw error;
		}
	};

	/** Ends what was started in it; false when something of it is left. */
	const end = async (entry: Entry): Promise<boolean> => {
		const session = await entry.opening.catch(() => undefined);
		if (!session) return true;
		if (!entry.isOver) return session.end().catch(() => false);
		// It ended with its connection: what it started may have outlived that.
		if (!session.started) return true;
		return (
			(await engine()
				?.endExec(session.started)
				.catch(() => false)) ?? false
		);
	};

	const interrupt = (entry: Entry): void => {
		const { request, program } = entry;
		const { name } = request.container;
		if (request.kind === 'attach' && !entry.isWarned) {
			entry.isWarned = true;
			return notice(`Ctrl+C may stop ${name}: again sends it, Ctrl+P Ctrl+Q leaves it running.`, 'bad');
		}
		if (request.tty) return toProgram(entry, Buffer.from([3]));
		const started = program?.session()?.started;
		const sent =
			request.kind === 'attach'
				? engine()?.kill(request.container, 'SIGINT')
				: started && engine()?.signalExec(started, 'INT');
		sent?.catch((error) => notice(told(error), 'bad'));
	};

	const toProgram = ({ program, early }: Entry, bytes: Buffer): void => {
		if (program) program.type(bytes);
		else early.push(bytes);
	};

	const type = (entry: Entry, bytes: Buffer): void => {
		const { request } = entry;
		const { name } = request.container;
		if (request.kind === 'exec' && !request.tty)
			return notice(`${request.title} has no terminal: nothing typed reaches it. Ctrl+C interrupts it.`);
		if (request.kind === 'attach' && !request.stdin)
			return notice(`${name} was started without -i: nothing typed reaches it. Ctrl+P Ctrl+Q leaves it.`);
		toProgram(entry, bytes);
	};

	const take = (entry: Entry, inputs: readonly Input[]): Buffer | undefined => {
		let rest: Buffer | undefined;
		for (const input of inputs) {
			if (input.type === 'bytes') type(entry, input.bytes);
			else if (input.type === 'interrupt') interrupt(entry);
			else {
				press(input.type === 'leave' ? 'ctrl+]' : 'ctrl+p ctrl+q');
				rest = input.rest;
			}
		}
		return rest?.length ? rest : undefined;
	};

	/** Was the person typing into it? Then what they type on is not meant for anything else. */
	const isTypedInto = (id: number): boolean => {
		const { terminals } = state();
		return terminals.isInside && terminals.front === id;
	};

	/** What the program in front gets of a chunk; what is returned is not for it. */
	const toFront = (entry: Entry, chunk: Buffer): Buffer | undefined => {
		clearTimeout(hold);
		const pane = terminalPlace(state());
		const modes = entry.program?.emulator.modes() ?? plainModes;
		const place = { left: pane?.left ?? 0, top: pane?.top ?? 0, columns: size.columns, rows: size.rows };
		const rest = take(entry, keyboard.read(chunk, modes, place));
		if (keyboard.isHolding()) hold = setTimeout(() => take(entry, keyboard.flush()), sequencePatience);
		return rest;
	};

	/** Keys of Portside. A paste among them stays with it until its end. */
	const own = (chunk: Buffer): Buffer => {
		ownPaste.see(chunk);
		return chunk;
	};

	/** Raw input of our own terminal. What it returns is not for a program: keys of Portside. */
	const input = (chunk: Buffer): Buffer | undefined => {
		if (ownPaste.isOpen()) {
			const taken = ownPaste.taken(chunk);
			const rest = taken < chunk.length ? input(chunk.subarray(taken)) : undefined;
			return Buffer.concat([chunk.subarray(0, taken), rest ?? Buffer.alloc(0)]);
		}
		const { terminals, overlay } = state();
		const tab = frontTab(terminals);
		const entry = tab && entries.get(tab.id);
		const quiet = now() - lastKeyAt;
		lastKeyAt = now();
		// The rest of a paste, though what it began in has ended.
		if (keyboard.isPasting() && (!entry || entry.isOver || !terminals.isInside)) {
			keyboard.read(chunk, plainModes, { left: 0, top: 0, columns: 0, rows: 0 });
			return undefined;
		}
		if (isStartled && quiet < typingPause) return undefined;
		isStartled = false;
		if (!terminals.isInside || !entry || overlay) return own(chunk);
		if (isTooSmall(state())) return chunk.includes(leaveKey) ? Buffer.from([leaveKey]) : undefined;
		if (tab.status === 'ended') return own(chunk);
		return toFront(entry, chunk);
	};

	/** Ends what runs in it, and takes its tab away. */
	const close = async (id: number): Promise<void> => {
		const entry = entries.get(id);
		if (!entry) return;
		// One that is being opened ends as soon as it is there.
		if (!entry.program?.session()) return remove(id);
		send({ type: 'terminal-ending', id });
		const isOver = await end(entry);
		if (entries.get(id) === entry) remove(id);
		const { kind, title, container } = entry.request;
		if (isOver || kind === 'attach') return;
		notice(
			`${title} could not be ended and may still run in ${container.name}: the Top tab shows it, stopping the container (s) ends it.`,
			'bad',
		);
	};

	return {
		open,
		/** A key by its name, for the program in front. */
		typeKey: (key: string): void => {
			const tab = frontTab(state().terminals);
			const entry = tab && entries.get(tab.id);
			const bytes = keyBytes(key);
			if (entry && tab.status !== 'ended' && bytes !== undefined) type(entry, Buffer.from(bytes));
		},
		input,
		close,
		fit,
		/** Runs an ended one again, in its tab. */
		reopen: async (id: number): Promise<void> => {
			const entry = entries.get(id);
			const why = entry && whyNotOpened(entry.request);
			if (why !== undefined) return notice(why, 'bad');
			if (entry?.isOver) await open(entry.request, id).catch((error) => notice(told(error), 'bad'));
		},
		/** Lets go of it; what runs in it goes on. */
		detach: (id: number): void => {
			const entry = entries.get(id);
			if (!entry) return;
			const { kind, title, container } = entry.request;
			entry.isLeft = true;
			entry.program?.session()?.detach();
			remove(id);
			notice(
				kind === 'attach'
					? `Detached: ${container.name} goes on running. a attaches again.`
					: `Detached: ${title} goes on running in ${container.name}; nothing leads back into it.`,
			);
		},
		/** Ends everything that was started, before Portside ends. */
		endAll: async (): Promise<void> => {
			const all = [...entries.values()];
			entries.clear();
			await Promise.all([...all.map(end), ...opening]);
		},
		emulator: (id: number): Emulator | undefined => entries.get(id)?.program?.emulator,
		/** Tells of everything that was printed, by the id of its tab. Returns the way out. */
		watch: (watcher: (id: number) => void): (() => void) => {
			watchers.add(watcher);
			return () => watchers.delete(watcher);
		},
	};
};
