// /exec: creating, starting (taking over the connection), resizing and describing a command inside a container.

import { bodyJson, type Call, created, empty, ok, part, type Route, whole } from '../call.ts';
import { findContainer, isAlive } from '../container.ts';
import { parseDetachKeys, watchDetach } from '../detach.ts';
import { createExec, type Exec, runExec } from '../exec.ts';
import { frame } from '../frames.ts';
import { hijack } from '../hijack.ts';
import { Refusal, refuse } from '../refusal.ts';
import { pause } from '../timers.ts';

type CreateBody = {
	Cmd: string[] | string;
	Env: string[] | null;
	Tty: boolean;
	AttachStdin: boolean;
	AttachStdout: boolean;
	AttachStderr: boolean;
	WorkingDir: string;
	User: string;
	Privileged: boolean;
	DetachKeys: string;
	ConsoleSize: [number, number] | null;
};

const find = (call: Call): Exec =>
	call.world.execs.get(part(call, 'id')) ?? refuse(404, `No such exec instance: ${part(call, 'id')}`);

const sizeOf = (size: [number, number] | null | undefined) => ({
	rows: size?.[0] ?? 0,
	columns: size?.[1] ?? 0,
});

const checkRuns = (call: Call, wanted: string) => {
	const container = findContainer(call.world, wanted);
	if (container.status === 'paused')
		refuse(409, `container ${wanted} is paused, unpause the container before exec`);
	if (container.status === 'restarting')
		refuse(409, `Container ${container.id} is restarting, wait until the container is running`);
	if (!isAlive(container)) refuse(409, `container ${container.id} is not running`);
	return container;
};

const create = async (call: Call) => {
	const body = await bodyJson<CreateBody>(call);
	const container = checkRuns(call, part(call, 'id'));
	const argv = (typeof body.Cmd === 'string' ? [body.Cmd] : (body.Cmd ?? [])).map(String);
	if (argv.length === 0) refuse(400, 'no exec command specified');
	if (body.DetachKeys) {
		try {
			parseDetachKeys(body.DetachKeys, 400);
		} catch {
			refuse(400, `Invalid escape keys (${body.DetachKeys}) provided`);
		}
	}
	const exec = createExec(call.world, container, {
		argv,
		env: (body.Env ?? []).map(String),
		isTty: body.Tty ?? false,
		hasInput: body.AttachStdin ?? false,
		hasOutput: body.AttachStdout ?? false,
		hasErrors: body.AttachStderr ?? false,
		directory: body.WorkingDir ?? '',
		user: body.User ?? '',
		isPrivileged: body.Privileged ?? false,
		detachKeys: body.DetachKeys ?? '',
		size: sizeOf(body.ConsoleSize),
	});
	return created({ Id: exec.id });
};

const start = async (call: Call) => {
	const { world } = call;
	const body = await bodyJson<{ Detach: boolean; Tty: boolean; ConsoleSize: [number, number] | null }>(call);
	const exec = find(call);
	const container = checkRuns(call, exec.containerId);
	if (body.ConsoleSize) Object.assign(exec.size, sizeOf(body.ConsoleSize));
	if (body.Detach) {
		if (exec.state !== 'created') refuse(409, `exec command ${exec.id} has already run`);
		void runExec(world, container, exec, { write: () => {}, isFull: () => false });
		return empty;
	}
	const isFramed = !exec.isTty && call.api >= 42;
	const connection = hijack(
		call,
		isFramed ? 'application/vnd.docker.multiplexed-stream' : 'application/vnd.docker.raw-stream',
	);
	if (exec.state !== 'created') {
		connection.write(frame(2, Buffer.from(`exec command ${exec.id} has already run\r\n`)));
		connection.end();
		return undefined;
	}
	let isAttached = true;
	const ended = runExec(world, container, exec, {
		write: (stream, bytes) =>
			void (isAttached && connection.write(exec.isTty ? bytes : frame(stream, bytes))),
		isFull: () => isAttached && connection.isFull(),
	});
	const detach = () => {
		connection.write(Buffer.from('attach failed: error on attach stdin: read escape sequence\r\n'));
		isAttached = false;
		// What a real engine then says, although the process goes on.
		Object.assign(exec, { isRunning: false, exitCode: 126 });
		connection.end();
	};
	const input = (bytes: Buffer) => exec.running?.input(bytes);
	const keys = parseDetachKeys(exec.detachKeys, 400);
	connection.onData(exec.hasInput ? (exec.isTty ? watchDetach(keys, input, detach) : input) : () => {});
	// A terminal outlives its client: only a plain pipe ends with it.
	connection.onEnd(() => void (exec.isTty || exec.running?.endInput()));
	connection.onClose(() => {
		isAttached = false;
		if (!exec.isTty) exec.running?.endInput();
	});
	void ended.then(() => connection.end());
	return undefined;
};

const resize = async (call: Call) => {
	const exec = find(call);
	const [rows, columns] = [whole(call, 'h', 0), whole(call, 'w', 0)];
	if (exec.state === 'ended') throw new Refusal(404, 'no such exec');
	for (let waited = 0; exec.state === 'created' && waited < 10_000 && !call.signal.aborted; waited += 50)
		await pause(call.world.timers, 50, call.signal);
	if (exec.state === 'created') refuse(500, 'timeout waiting for exec session ready');
	Object.assign(exec.size, { rows, columns });
	exec.running?.signal(28);
	return empty;
};

const describe = (exec: Exec) => ({
	ID: exec.id,
	Running: exec.isRunning,
	ExitCode: exec.exitCode,
	ProcessConfig: {
		tty: exec.isTty,
		entrypoint: exec.argv[0] ?? '',
		arguments: exec.argv.slice(1),
		privileged: exec.isPrivileged,
		...(exec.user && { user: exec.user }),
	},
	OpenStdin: exec.hasInput,
	OpenStderr: exec.hasErrors,
	OpenStdout: exec.hasOutput,
	CanRemove: false,
	ContainerID: exec.containerId,
	DetachKeys: exec.detachKeys ? Buffer.from(parseDetachKeys(exec.detachKeys, 400)).toString('base64') : '',
	Pid: exec.pid,
});

export const execRoutes: Route[] = [
	['POST', '/containers/:id/exec', create],
	['POST', '/exec/:id/start', start],
	['POST', '/exec/:id/resize', resize],
	['GET', '/exec/:id/json', (call) => ok(describe(find(call)))],
];
