// The docker command line, for what a test needs done behind the program's back.
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs `docker …` on the engine at a socket; what it prints. A failure carries what it said. */
export function dockerOn(socketPath: string) {
	const env = {
		PATH: process.env.PATH,
		HOME: tmpdir(),
		DOCKER_CONFIG: join(tmpdir(), 'portside-no-docker-config'),
		DOCKER_HOST: `unix://${socketPath}`,
	};
	return async (...words: string[]): Promise<string> => {
		const { stdout } = await run('docker', words, { env, maxBuffer: 64 << 20 });
		return stdout;
	};
}
