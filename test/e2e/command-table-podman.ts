// A Podman of the tests' own behind a private socket, which leaves nothing behind however it ends.
//
// As the tests' dockerd it lives in a PID and a mount namespace whose first process reads from a pipe that we hold.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBaseImage } from '../helpers/base-image.ts';
import { dockerOn } from '../helpers/docker-cli.ts';
import { find } from '../helpers/engine-support.ts';
import { ip } from '../helpers/leftovers.ts';

/** One sentence, or undefined if podmanAt() can be used. */
export function whyNoPodman(): string | undefined {
	if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it must be started by root, on Linux';
	const missing = ['podman', 'conmon', 'iptables', 'ip', 'unshare', 'bash'].filter((name) => !find(name));
	return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

// As much as may be asked for where this machine is a container itself.
const containersConf = (home: string) => `[containers]
default_ulimits = ["nofile=16384:16384", "nproc=8192:8192"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
network_config_dir = "${join(home, 'networks')}"
`;

export function podmanAt() {
	const home = join(tmpdir(), `portside-podman-${randomBytes(4).toString('hex')}`);
	const socketPath = join(home, 'podman.sock');
	const docker = dockerOn(socketPath);
	const subnet = `10.218.${Math.floor(Math.random() * 250)}`;
	const address = (last: number) => `${subnet}.${last}`;
	const forwards: Server[] = [];
	const log = () => readFileSync(join(home, 'podman.log'), 'utf8');
	let keeper: ChildProcess | undefined;

	/** `registries`: ports of registries on this machine, that it is to speak plain HTTP with. */
	async function start(registries: readonly number[]): Promise<void> {
		for (const name of ['tmp', 'lib', 'work']) mkdirSync(join(home, name), { recursive: true });
		writeFileSync(join(home, 'containers.conf'), containersConf(home));
		const insecure = registries.map(
			(port) => `[[registry]]\nlocation = "127.0.0.1:${port}"\ninsecure = true\n`,
		);
		writeFileSync(
			join(home, 'registries.conf'),
			['unqualified-search-registries = ["docker.io"]', ...insecure].join('\n'),
		);
		const words = [
			'--root',
			join(home, 'data'),
			'--runroot',
			join(home, 'run'),
			'--tmpdir',
			join(home, 'tmp'),
		];
		const service = ['podman', ...words, 'system', 'service', '--time', '0', `unix://${socketPath}`].join(
			' ',
		);
		// what it and netavark leave on a machine, they leave in namespaces that go with them
		const script = [
			'set -e; trap "" INT HUP TERM; exec 2> "$HOME/podman.log"; read -r',
			'mount -t tmpfs tmpfs /run',
			'mount -t overlay -o "lowerdir=/var/lib,upperdir=$HOME/lib,workdir=$HOME/work" overlay /var/lib',
			`ip link set lo up; ip address add ${address(2)}/24 dev eth0; ip link set eth0 up`,
			'echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet',
			...registries.map(
				(port) =>
					`iptables -t nat -A OUTPUT -d 127.0.0.1 -p tcp --dport ${port} -j DNAT --to-destination ${address(1)}:${port}`,
			),
			`iptables -t nat -A POSTROUTING -s 127.0.0.1 -o eth0 -j SNAT --to-source ${address(2)}`,
			`${service} & read -r`,
		].join('\n');
		const spaces = ['--pid', '--mount', '--net', '--fork', '--mount-proc', '--kill-child'];
		keeper = spawn('unshare', [...spaces, 'bash', '-c', script], {
			stdio: ['pipe', 'ignore', 'inherit'],
			detached: true,
			env: {
				PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
				HOME: home,
				CONTAINERS_CONF: join(home, 'containers.conf'),
				CONTAINERS_REGISTRIES_CONF: join(home, 'registries.conf'),
			},
		});
		const inside = await childOf(keeper.pid as number);
		const link = `pv${Math.random().toString(16).slice(2, 10)}`;
		ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(inside));
		ip('address', 'add', `${address(1)}/24`, 'dev', link);
		ip('link', 'set', link, 'up');
		for (const port of registries) forwards.push(await forward(address(1), port));
		keeper.stdin?.write('\n');
		for (const end = Date.now() + 20_000; !(await answers(socketPath)); await pause(50)) {
			if (Date.now() > end) throw new Error(`Podman does not answer: ${log().slice(-2000)}`);
		}
		await docker('import', '--change', 'CMD ["sh"]', writeBaseImage(home), 'busybox:latest');
	}

	async function stop(): Promise<void> {
		for (const server of forwards) server.close();
		if (keeper && keeper.exitCode === null && keeper.signalCode === null) {
			const end = once(keeper, 'exit');
			keeper.stdin?.end();
			await end;
		}
		rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}

	return {
		engine: { socketPath, host: `unix://${socketPath}`, docker },
		start,
		stop,
		/** Where the ports it publishes are reached from this machine. */
		address: address(2),
		log,
	};
}

/** What comes to this address goes on to the same port of the loopback. */
async function forward(host: string, port: number): Promise<Server> {
	const server = createServer((incoming) => {
		const onward = connect(port, '127.0.0.1');
		for (const [from, to] of [
			[incoming, onward],
			[onward, incoming],
		] as const)
			from.on('error', () => to.destroy()).pipe(to);
	});
	await new Promise<void>((resolve) => server.listen(port, host, resolve));
	return server;
}

/** The process that unshare has started in its namespaces. */
async function childOf(pid: number): Promise<number> {
	for (const end = Date.now() + 5000; Date.now() < end; await pause(20)) {
		const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
		if (child) return Number(child);
	}
	throw new Error('unshare could not make the namespaces for Podman');
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

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
