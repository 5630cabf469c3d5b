// Commands run inside a running container: docker exec and the probes of health checks.

import { attributesOf, type Container, filesOf, newInside } from './container.ts';
import { emit } from './events.ts';
import type { StreamNumber } from './frames.ts';
import { envOf, type Launch, type Process, type Running } from './process.ts';
import { whyNotStart } from './shell/lookup.ts';
import { startToy } from './shell/toy.ts';
import { newId, newPid, type World } from './world.ts';

export type Exec = {
	id: string;
	containerId: string;
	argv: string[];
	env: string[];
	isTty: boolean;
	hasInput: boolean;
	hasOutput: boolean;
	hasErrors: boolean;
	directory: string;
	user: string;
	isPrivileged: boolean;
	detachKeys: string;
	state: 'created' | 'running' | 'ended';
	isRunning: boolean;
	exitCode: number | null;
	pid: number;
	size: { rows: number; columns: number };
	running: Running | undefined;
};

export type Output = { write(stream: StreamNumber, bytes: Buffer): void; isFull(): boolean };

const kept = 500;

export const createExec = (
	world: World,
	container: Container,
	wanted: Partial<Exec> & { argv: string[] },
): Exec => {
	const exec: Exec = {
		env: [],
		isTty: false,
		hasInput: false,
		hasOutput: true,
		hasErrors: true,
		directory: '',
		user: '',
		isPrivileged: false,
		detachKeys: '',
		...wanted,
		id: newId(world),
		containerId: container.id,
		state: 'created',
		isRunning: false,
		exitCode: null,
		pid: 0,
		size: wanted.size ?? { rows: 0, columns: 0 },
		running: undefined,
	};
	world.execs.set(exec.id, exec);
	container.execIds.push(exec.id);
	// Ended ones are forgotten: a health check would otherwise fill the memory in a week.
	for (const old of container.execIds.splice(0, Math.max(0, container.execIds.length - kept)))
		world.execs.delete(old);
	emit(world, 'container', `exec_create: ${exec.argv.join(' ')}`, container.id, {
		...attributesOf(container),
		execID: exec.id,
	});
	return exec;
};

/** Starts it; `exited` resolves with its exit code. A program that is not there says so on the output and leaves no exec_die. */
export const runExec = (world: World, container: Container, exec: Exec, output: Output): Promise<number> => {
	exec.state = 'running';
	exec.isRunning = true;
	emit(world, 'container', `exec_start: ${exec.argv.join(' ')}`, container.id, {
		...attributesOf(container),
		execID: exec.id,
	});
	const directory = exec.directory || container.config.WorkingDir || '/';
	const env = envOf(container, exec.env);
	if (exec.isTty) env.set('TERM', env.get('TERM') ?? 'xterm');
	const end = (code: number) => {
		exec.state = 'ended';
		exec.isRunning = false;
		exec.exitCode = code;
		exec.running = undefined;
		container.processes.delete(exec.pid);
		return code;
	};
	const why = whyNotStart(filesOf(world, container), exec.argv[0] ?? '', env, directory);
	if (why) {
		output.write(
			1,
			Buffer.from(
				`OCI runtime exec failed: exec failed: unable to start container process: ${why}: unknown\r\n`,
			),
		);
		return Promise.resolve(end(why.includes('permission denied') ? 126 : 127));
	}
	exec.pid = newPid(world);
	const launch: Launch = {
		world,
		container,
		pid: exec.pid,
		inside: newInside(container, 7),
		argv: exec.argv,
		env,
		directory,
		user: exec.user || container.config.User || 'root',
		isTty: exec.isTty,
		isFirst: false,
		hasInput: exec.hasInput,
		size: exec.size,
		write: (stream, bytes) => {
			if (exec.isTty || (stream === 1 ? exec.hasOutput : exec.hasErrors)) output.write(stream, bytes);
		},
		isFull: output.isFull,
	};
	const process: Process = {
		pid: exec.pid,
		inside: launch.inside,
		parent: 0,
		session: launch.inside,
		user: launch.user,
		argv: exec.argv,
		startedAt: world.now(),
		isTty: exec.isTty,
		isFirst: false,
		signal: () => {},
	};
	container.processes.set(exec.pid, process);
	const running = startToy(launch, process);
	process.signal = running.signal;
	exec.running = running;
	return running.exited.then((code) => {
		end(code);
		emit(world, 'container', 'exec_die', container.id, {
			...attributesOf(container),
			execID: exec.id,
			exitCode: String(code),
		});
		return code;
	});
};

/** Runs a command and collects what it says, for health checks and builds. */
export const runQuietly = async (
	world: World,
	container: Container,
	argv: string[],
): Promise<{ code: number; output: string }> => {
	const chunks: Buffer[] = [];
	const exec = createExec(world, container, { argv });
	const output = {
		write: (_stream: StreamNumber, bytes: Buffer) => void (chunks.length < 100 && chunks.push(bytes)),
		isFull: () => false,
	};
	const code = await runExec(world, container, exec, output);
	return { code, output: Buffer.concat(chunks).toString() };
};
