// A real engine of the tests' own, which leaves nothing behind however it ends.
//
// It lives in a PID and a mount namespace whose first process reads from a pipe that we hold. When the pipe closes
// (stop(), or this process is gone) the kernel ends everything in there: dockerd, containerd, containers, mounts.
// It shares the host's network, so that published ports can be reached, through a bridge of its own; without
// iptables, which engines would take from one another, ports are published by docker-proxy alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBaseImage } from './base-image.ts';
import { dockerOn } from './docker-cli.ts';
import { ip, note, remove, sweep, thaw } from './leftovers.ts';

export type DockerdOptions = {
	/** For its folder's name. */
	name?: string;
	/** More for dockerd's command line, such as --live-restore. */
	args?: string[];
	/** Without the image busybox:latest, if false. */
	baseImage?: boolean;
	/** Where its socket (docker.sock) and its data are to be; by default a new folder. It is removed at the end. */
	folder?: string;
};

export type Dockerd = Awaited<ReturnType<typeof startDockerd>>;

export async function startDockerd({
	name = 'engine',
	args = [],
	baseImage = true,
	folder,
}: DockerdOptions = {}) {
	sweep();
	const home = folder ?? mkdtempSync(join(tmpdir(), `portside-${name}-`));
	mkdirSync(home, { recursive: true });
	const socketPath = join(home, 'docker.sock');
	const logFile = join(home, 'dockerd.log');
	const docker = dockerOn(socketPath);
	const cgroup = `portside-${Math.random().toString(36).slice(2, 10)}`;
	const { bridge, subnet } = addBridge();
	const leftovers = { folder: home, subnet, cgroup };
	note(leftovers);

	const keeper = await startKeeper();
	let daemon: ChildProcess;
	let pid = 0;

	const log = () => readFileSync(logFile, 'utf8');

	/** Starts dockerd: at first, and after a kill(). */
	async function start() {
		const output = openSync(logFile, 'a');
		const own = [
			...[
				'--data-root',
				join(home, 'data'),
				'--exec-root',
				join(home, 'exec'),
				'--pidfile',
				join(home, 'pid'),
			],
			...['--host', `unix://${socketPath}`, '--bridge', bridge, '--cgroup-parent', `/${cgroup}`],
			...['--default-address-pool', `base=${subnet}128/25,size=28`],
			...['--iptables=false', '--ip-masq=false', '--ip-forward=false'],
		];
		const inside = ['--target', String(childOf(keeper.pid as number)), '--pid', '--mount'];
		daemon = spawn('nsenter', [...inside, 'dockerd', ...own, ...args], {
			stdio: ['ignore', output, output],
			env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
		});
		closeSync(output);
		const end = Date.now() + 40_000;
		while (!(await answers(socketPath))) {
			if (daemon.exitCode !== null || Date.now() > end) {
				throw new Error(`dockerd does not answer. Its log ends with:\n${log().slice(-3000)}`);
			}
			await pause(50);
		}
		pid = childOf(daemon.pid as number);
	}

	/** Sends dockerd a signal; resolves when it has ended, if it is one that ends it. */
	async function kill(signal: NodeJS.Signals = 'SIGKILL') {
		const goesOn = signal === 'SIGSTOP' || signal === 'SIGCONT' || signal === 'SIGHUP';
		const exit = goesOn ? undefined : once(daemon, 'exit');
		process.kill(pid, signal);
		// nsenter has stopped itself together with dockerd
		if (signal === 'SIGCONT') daemon.kill(signal);
		await exit;
	}

	async function stop() {
		if (keeper.exitCode === null && keeper.signalCode === null) {
			const end = once(keeper, 'exit');
			keeper.stdin?.end();
			thaw(leftovers);
			await end;
		}
		remove(leftovers);
	}

	try {
		await start();
		if (baseImage) await docker('import', '--change', 'CMD ["sh"]', writeBaseImage(home), 'busybox:latest');
	} catch (error) {
		await stop();
		throw error;
	}

	return {
		socketPath,
		host: `unix://${socketPath}`,
		folder: home,
		/** dockerd's own, as this machine counts; another one after each start. */
		get pid() {
			return pid;
		},
		log,
		docker,
		start,
		kill,
		/** With SIGTERM: containers are stopped, unless it has --live-restore. */
		async restart() {
			await kill('SIGTERM');
			await start();
		},
		/** It accepts connections and answers none, until thaw(). */
		freeze: () => kill('SIGSTOP'),
		thaw: () => kill('SIGCONT'),
		stop,
	};
}

/** The process that holds the namespaces. bash, because it also buries the orphans it gets. */
async function startKeeper(): Promise<ChildProcess> {
	const namespaces = ['--pid', '--mount', '--fork', '--mount-proc', '--kill-child'];
	const keeper = spawn('unshare', [...namespaces, 'bash', '-c', 'echo ready; read -r'], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	await Promise.race([
		once(keeper.stdout, 'data'),
		once(keeper, 'exit').then(() => {
			throw new Error('unshare could not make the namespaces for an engine');
		}),
	]);
	return keeper;
}

/** The process that one entering a namespace has started in there. */
function childOf(pid: number): number {
	const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
	if (!child) throw new Error(`process ${pid} has no child`);
	return Number(child);
}

function answers(socketPath: string): Promise<boolean> {
	return new Promise((resolve) => {
		const request = get({ socketPath, path: '/_ping', agent: false, timeout: 2000 }, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		});
		request.on('timeout', () => request.destroy());
		request.on('error', () => resolve(false));
	});
}

/** The engine's addresses are all in one subnet: in its lower half the bridge, in its upper half networks it makes. */
function addBridge(): { bridge: string; subnet: string } {
	const taken = ip('-4', 'address');
	const bridge = `ps${Math.random().toString(16).slice(2, 10)}`;
	const free = Array.from({ length: 250 }, (_, i) => `10.219.${i}.`).filter(
		(subnet) => !taken.includes(subnet),
	);
	const subnet = free[Math.floor(Math.random() * free.length)];
	if (subnet === undefined) throw new Error('every subnet for an engine of the tests is taken');
	ip('link', 'add', bridge, 'type', 'bridge');
	ip('address', 'add', `${subnet}1/25`, 'dev', bridge);
	ip('link', 'set', bridge, 'up');
	return { bridge, subnet };
}

function pause(ms: number) {
	return new Promise<void>((resolve) => setTimeout(resolve, ms));
}
