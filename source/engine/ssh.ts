// An engine behind ssh: every connection is a child `ssh … docker system dial-stdio`, which speaks HTTP over its pipes.
import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { engineError } from './error.ts';
import type { Address } from './host.ts';

type SshAddress = Extract<Address, { via: 'ssh' }>;

export function sshArguments({ user, host, port, socket }: SshAddress): string[] {
	return [
		'-T',
		// A question of ssh would be written over the screen, and nobody could answer it.
		...[
			'-o',
			'BatchMode=yes',
			'-o',
			'ConnectTimeout=10',
			'-o',
			'ServerAliveInterval=5',
			'-o',
			'ServerAliveCountMax=2',
		],
		...(user === undefined ? [] : ['-l', user]),
		...(port === undefined ? [] : ['-p', String(port)]),
		...['--', host, 'docker'],
		...(socket === undefined ? [] : ['-H', `unix://${quoted(socket)}`]),
		...['system', 'dial-stdio'],
	];
}

export function dialSsh(address: SshAddress): Duplex {
	const child = spawn('ssh', sshArguments(address), { stdio: 'pipe' });
	const duplex = new Duplex({
		read: () => void child.stdout.resume(),
		write: (chunk, encoding, done) => void child.stdin.write(chunk, encoding, () => done()),
		final: (done) => void child.stdin.end(() => done()),
		destroy(error, done) {
			child.kill();
			done(error);
		},
	});
	let said = '';
	const fail = (engineMessage: string): void => {
		duplex.destroy(engineError({ code: 'ESSH', engineMessage }));
	};
	child.stdout.on('data', (chunk: Buffer) => {
		if (!duplex.push(chunk)) child.stdout.pause();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		said = (said + chunk.toString()).slice(-2000);
	});
	// A broken pipe: the end of the process, which comes next, tells why.
	child.stdin.on('error', () => {});
	child.on('error', (error) => fail(error.message));
	child.on('close', (status) => {
		if (status === 0) duplex.push(null);
		else fail(said.trim() || `ssh ended with ${status}`);
	});
	// HTTP treats its connection as a socket; a pipe has none of these to set.
	const nothing = () => duplex;
	return Object.assign(duplex, {
		setNoDelay: nothing,
		setKeepAlive: nothing,
		setTimeout: nothing,
		ref: nothing,
		unref: nothing,
	});
}

// The remote shell reads the line once more.
const quoted = (path: string): string =>
	/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
