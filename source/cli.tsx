// argv → connect → wire → render → restore. The only file that touches `process`.
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Host } from './actions/action.ts';
import { keyText } from './actions/key-table.ts';
import { type Given, paste, press, recorded } from './actions/perform.ts';
import { argumentsOf, type OpenCommand } from './arguments.ts';
import { openBrowser } from './browser.ts';
import { startClock } from './clock.ts';
import type { DemoEngine } from './demo/start.ts';
import { openDesks } from './desks.ts';
import { runEditor } from './editor.ts';
import type { Engine } from './engine/contract.ts';
import { candidates } from './engine/endpoints.ts';
import { createFollow } from './engine/follow.ts';
import { type Watch, watch } from './engine/watch.ts';
import type { BuildWish } from './model/build.ts';
import type { Candidate } from './model/connection.ts';
import type { Event } from './model/event.ts';
import { setWatchdog } from './model/log/patience.ts';
import { initialState, type State } from './model/state.ts';
import { update } from './model/update.ts';
import { wanted } from './model/wanted.ts';
import { writeNew } from './new-file.ts';
import { createStore, type Store } from './store.ts';
import type { Suspend } from './ui/app.tsx';
import type { Screen } from './ui/screen.tsx';
import { watchdog } from './watchdog.ts';

/** Milliseconds the first frame waits for the engine: nearly always it is the frame with the rows. */
const patience = 120;
/** Milliseconds that ending what runs in open terminals may take when Portside is left. */
const endPatience = 10_000;
/** Milliseconds of it without a word. */
const endSilence = 500;

const readText = (path: string | URL): string | undefined => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
};

/** A user without an entry in passwd, and without HOME, has none. */
const homeFolder = (): string => {
	try {
		return homedir();
	} catch {
		return '';
	}
};

const version = (): string =>
	JSON.parse(readText(new URL('package.json', import.meta.url)) ?? '{}').version ?? '';

/** Resolves when there is something to show, or nothing came for too long. */
const firstNews = (store: Store<State, Event>): Promise<void> =>
	new Promise((resolve) => {
		const check = () => {
			const { isListed, connection } = store.get();
			if (!isListed && connection.status !== 'unavailable') return;
			leave();
			resolve();
		};
		const leave = store.subscribe(check);
		setTimeout(check, 0);
		setTimeout(resolve, patience);
	});

const open = async (command: OpenCommand): Promise<void> => {
	const { stdin, stdout } = process;
	const size = () => ({ columns: stdout.columns, rows: stdout.rows });
	const { readOnly: isReadOnly, all: showsStopped, leaveKey } = command;
	const store = createStore<State, Event>(
		initialState({
			...size(),
			now: Date.now(),
			isReadOnly,
			showsStopped,
			leaveKey,
			cwd: process.cwd(),
			home: homeFolder(),
		}),
		update,
	);
	let engine: Engine | undefined;
	let watching: Watch | undefined;
	let watchEnd = new AbortController();
	let demo: Promise<DemoEngine> | undefined;
	let screen: Screen | undefined;
	const follow = createFollow(store.send);
	setWatchdog(watchdog);

	let given: Given;
	let suspend: Suspend | undefined;
	/** Another program has the terminal. */
	let isLent = false;
	const home = homeFolder();
	const cwd = process.cwd();
	const stateFolder = join(process.env.XDG_STATE_HOME || join(home, '.local', 'state'), 'portside');
	const desks = openDesks({
		store,
		engine: () => engine,
		press: (key) => press(key, given),
		record: (line, doing) => recorded(given, line, doing),
		env: process.env,
		home,
		cwd,
		temporary: tmpdir(),
		stateFolder,
		leaveKey,
		version,
	});
	const { builds, terminals, transfers } = desks;

	let isLeaving = false;
	const leave = async (code: number, error?: unknown, options = { leavesRunning: false }) => {
		if (isLeaving) return;
		isLeaving = true;
		screen?.close();
		try {
			stdin.setRawMode(false);
		} catch {} // A terminal that was closed has no modes any more.
		follow.stop();
		if (error !== undefined) console.error(error);
		// Nothing that was started in a container outlives the program, unless somebody wants that.
		if (!options.leavesRunning) {
			const said = setTimeout(() => console.error('Ending what runs in open terminals …'), endSilence);
			await Promise.race([terminals.endAll().catch(() => {}), wait(endPatience, undefined, { ref: false })]);
			clearTimeout(said);
		}
		builds.endAll();
		await Promise.race([transfers.endAll(), wait(endSilence, undefined, { ref: false })]);
		watchEnd.abort();
		await demo?.then(
			(engine) => engine.close(),
			() => {},
		);
		process.exit(code);
	};
	// Not `once`: Ink ends the process by the signal itself when it finds nobody else listening.
	for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(1));
	// Ctrl+C in an editor is the editor's.
	process.on('SIGINT', () => void (isLent || leave(1)));
	for (const bug of ['uncaughtException', 'unhandledRejection'] as const) {
		process.on(bug, (error: unknown) => void leave(1, error));
	}
	// Before anything is drawn: a key pressed until then would be echoed into the first frame.
	stdin.setRawMode(true);

	const watchThese = (these: () => readonly Candidate[]) => {
		watchEnd.abort();
		watchEnd = new AbortController();
		watching = watch({
			candidates: these,
			signal: watchEnd.signal,
			onEvent: store.send,
			onEngine: (next) => {
				engine = next;
			},
		});
	};
	const openDemo = async () => {
		const { startDemo } = await import('./demo/start.ts');
		demo ??= startDemo();
		const { socketPath } = await demo;
		watchThese(() => [{ endpoint: { host: `unix://${socketPath}`, source: 'demo', name: 'demo' } }]);
	};

	if (command.demo) {
		const failure = await openDemo().catch((error: Error) => error);
		if (failure) {
			console.error(`The demo engine did not start: ${failure.message}`);
			return leave(1);
		}
	} else {
		const around = {
			host: command.host,
			env: process.env,
			home: homeFolder(),
			platform: process.platform,
			read: readText,
		};
		watchThese(() => candidates(around));
	}
	// The requests go out before the screen is loaded, so that the engine answers meanwhile.
	await turn();
	await turn();
	const [{ openScreen }, { createOverlay }, { KeyStream }] = await Promise.all([
		import('./ui/screen.tsx'),
		import('./ui/overlay.ts'),
		import('./ui/key-stream.ts'),
	]);
	await firstNews(store);

	/** Gives the terminal away until this is done; what it resolves with went wrong. */
	const lendTo = async (program: () => Promise<string | undefined>) => {
		if (isLent) return;
		isLent = true;
		let problem: string | undefined;
		await suspend?.(async () => {
			// A read of ours that is still under way would take the editor's first key.
			await turn();
			stdin.pause();
			problem = await program();
			// Wherever it has left the cursor, the frame begins at the left.
			stdout.write('\r');
		}).finally(() => {
			isLent = false;
		});
		if (problem !== undefined) throw new Error(problem);
	};
	const editor = process.env.VISUAL || process.env.EDITOR || 'vi';
	const host: Host = {
		edit: (path) => lendTo(() => runEditor(editor, path)),
		page: async (name, text, program, line) => {
			const folder = await mkdtemp(join(tmpdir(), 'portside-'));
			try {
				const path = join(folder, name);
				await writeFile(path, text, { mode: 0o600 });
				await lendTo(() =>
					program === 'editor'
						? runEditor(editor, path, { line })
						: runEditor(process.env.PAGER || 'less', path, { variable: 'PAGER', line }),
				);
			} finally {
				await rm(folder, { recursive: true, force: true });
			}
		},
		copy: (text) => stdout.write(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`),
		keep: async (name, text) => {
			const folder = join(stateFolder, 'logs');
			await mkdir(folder, { recursive: true, mode: 0o700 });
			const path = join(folder, name);
			await writeNew(path, text, 0o600);
			return path;
		},
		save: async (name, text, mode) => {
			const path = join(process.cwd(), name);
			await writeNew(path, text, mode);
			return path;
		},
		now: Date.now,
		get version() {
			return version();
		},
		open: (url) => openBrowser(url, process),
		quit: (options) => void leave(0, undefined, options),
		retry: () => watching?.retry(),
		openDemo: () => {
			openDemo().catch((error: Error) => {
				demo = undefined;
				store.send({
					type: 'noticed',
					text: `The demo engine did not start: ${error.message}`,
					tone: 'bad',
					at: Date.now(),
				});
			});
		},
	};
	given = { engine: () => engine, state: store.get, send: store.send, host, ...desks };
	const overlay = createOverlay(stdout, terminals.emulator);
	terminals.watch(overlay.changed);
	const keys = new KeyStream(stdin, terminals.input) as unknown as typeof stdin;
	const drawing = openScreen(
		{
			get: store.get,
			subscribe: store.subscribe,
			press: (key) => press(key === leaveKey ? 'ctrl+]' : key, given),
			paste: (text) => paste(text, given),
			drawn: (ends) => store.send({ type: 'drawn', ends }),
			place: overlay.place,
			lend: (lent) => {
				suspend = lent;
			},
		},
		{ stdin: keys, stdout: overlay.stdout },
		(error) => void leave(1, error),
	);
	screen = {
		close: () => {
			overlay.close();
			drawing.close();
		},
	};
	store.subscribe(terminals.fit);

	/** As soon as there is an engine to build it. */
	const startBuild = (wish: BuildWish) => {
		const check = () => {
			if (store.get().connection.status !== 'connected') return;
			unsubscribe();
			builds.start(wish);
		};
		const unsubscribe = store.subscribe(check);
		check();
	};
	const look = () => follow.apply(store.get(), wanted(store.get()), engine);
	store.subscribe(look);
	look();
	for (const desk of [desks.ports, desks.checks]) store.subscribe(desk.look);
	startClock(store);
	if (command.build) startBuild(command.build);
	stdout.on('resize', () => store.send({ type: 'resized', ...size() }));
};

const main = async (): Promise<void> => {
	const command = await argumentsOf(process.argv.slice(2), {
		cwd: process.cwd(),
		env: process.env,
		home: homeFolder(),
	});
	if (command.type === 'keys') process.stdout.write(keyText());
	else if (command.type === 'mistake') {
		console.error(command.sentence);
		process.exitCode = 2;
	} else if (process.stdin.isTTY && process.stdout.isTTY) await open(command);
	else {
		console.error(
			'Portside needs a terminal: run it in one, without a pipe. `portside --help` lists what it can print.',
		);
		process.exitCode = 1;
	}
};

void main();
