// A command in a running container, on a terminal or on plain pipes, and all that is needed to end it again.
import type { ExecStartOptions } from 'dockerode';
import { type Call, listLimit, pathPart } from './call.ts';
import type { ExecOptions, Session, SessionEnd, StartedExec, Target } from './contract.ts';
import { demux } from './demux.ts';
import { endExec } from './end-exec.ts';
import { engineError } from './error.ts';
import { execState, lastState } from './exec-state.ts';
import { execWish } from './exec-wish.ts';
import { hold } from './hold.ts';
import { markReader } from './mark.ts';
import { resizer } from './resizer.ts';
import { plainShell, shells } from './shells.ts';
import { sleep } from './sleep.ts';

type OnOutput = (bytes: Buffer) => void;

const soon = (): AbortSignal => AbortSignal.timeout(3000);

export async function exec(
	call: Call,
	target: Target,
	options: ExecOptions,
	onOutput: OnOutput,
): Promise<Session> {
	const { tty, size } = options;
	const about = { verb: 'exec', name: target.name };
	const abortSignal = AbortSignal.timeout(listLimit);
	// Where this fails, what follows fails too, and says why.
	const shell = plainShell(await shells(call, target).catch(() => []));
	const created = await call(about, (docker) =>
		docker.getContainer(pathPart(target.id)).exec({ ...execWish(options, shell), abortSignal }),
	);
	const start: ExecStartOptions & { ConsoleSize?: number[] } = {
		hijack: true,
		Detach: false,
		Tty: tty,
		...(tty && { ConsoleSize: [size.rows, size.columns] }),
		abortSignal,
	};
	const socket = await call(about, () => created.start(start));

	let pid: number | undefined;
	const told = new AbortController();
	const pass: OnOutput = (bytes) => {
		told.abort();
		onOutput(bytes);
	};
	const reader = markReader(pass, (announcedPid) => {
		pid = announcedPid;
		told.abort();
	});
	const out = shell === undefined ? pass : reader.push;
	const frames = demux((stream, bytes) => (stream === 1 ? out : pass)(bytes));
	const tell = resizer(({ rows: h, columns: w }) =>
		call(about, () => created.resize({ h, w, abortSignal: soon() })),
	);
	const held = hold(socket, {
		onBytes: tty ? out : frames,
		onResize: tty ? tell : () => {},
		meaning: async (): Promise<SessionEnd> => {
			reader.end();
			const { isRunning, code } = await lastState(call, created.id, 1000, soon());
			if (isRunning) throw engineError({ code: 'EEND' });
			return { how: 'exited', ...(code !== undefined && { code }) };
		},
	});
	held.session.ended.then(() => told.abort());

	const started = (): StartedExec => ({
		execId: created.id,
		containerId: target.id,
		...(pid !== undefined && { pid }),
		...(shell !== undefined && { shell }),
	});

	async function finish(): Promise<boolean> {
		held.drain();
		const isGone = await (pid === undefined ? asked() : endExec(call, started())).catch(() => false);
		held.letGo(isGone ? { how: 'exited' } : { how: 'detached' });
		return isGone;
	}

	/** All that can be done where no shell told a pid: what a person would type. */
	async function asked(): Promise<boolean> {
		for (const key of tty ? ['\x03', '\x04'] : []) {
			held.session.write(Buffer.from(key));
			// An interrupt throws away what is typed right behind it.
			await sleep(200, soon());
		}
		return !(await execState(call, created.id, soon())).isRunning;
	}

	// One that failed to start is never ready for a size, and the engine waits for it.
	if (tty) await Promise.race([tell(size), held.session.ended]);
	// What is typed before would be echoed in front of the mark.
	if (shell !== undefined) await sleep(3000, told.signal);
	let ending: Promise<boolean> | undefined;
	return {
		...held.session,
		get started() {
			return started();
		},
		end() {
			ending ??= finish();
			return ending;
		},
	};
}
