// A build by the classic builder with nothing between the engine and us but its stream: what one in Portside is compared
// with. And an engine that only takes what is sent to it, as fast as it comes.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** When the chunk came that has this text, after the start; undefined if it never did. */
export function bareBuild(socketPath: string, folder: string, text: string): Promise<number | undefined> {
	const tar = execFileSync('tar', ['--create', '--directory', folder, '.']);
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const path = '/build?version=1&nocache=1&rm=1&forcerm=1';
		const headers = { 'content-type': 'application/x-tar', 'content-length': tar.length };
		const sent = request({ socketPath, agent: false, method: 'POST', path, headers }, (response) => {
			let tail = '';
			let seen: number | undefined;
			response.setEncoding('latin1').on('data', (chunk: string) => {
				const at = performance.now();
				if (seen === undefined && (tail + chunk).includes(text)) seen = at - start;
				tail = chunk.slice(-text.length);
			});
			response.on('end', () => resolve(seen));
			response.on('error', reject);
		});
		sent.on('error', reject);
		sent.end(tar);
	});
}

export type Swallower = {
	readonly socketPath: string;
	/** Bytes of contexts so far. */
	bytes(): number;
	close(): void;
};

const built = ['Step 1/1 : FROM busybox', '\n', ' ---> 0123456789ab\n', 'Successfully built 0123456789ab\n'];

/** In front of an engine, which answers everything else. */
export async function startSwallower(socketPath: string, target: string): Promise<Swallower> {
	let bytes = 0;
	const swallow = (asked: IncomingMessage, answer: ServerResponse) => {
		asked.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
		});
		asked.on('end', () => {
			answer.writeHead(200, { 'content-type': 'application/json' });
			answer.end(built.map((stream) => `${JSON.stringify({ stream })}\r\n`).join(''));
		});
	};
	const pass = (asked: IncomingMessage, answer: ServerResponse) => {
		const { url: path, method, headers } = asked;
		const onward = request({ socketPath: target, agent: false, path, method, headers }, (response) => {
			answer.writeHead(response.statusCode ?? 500, response.headers);
			answer.flushHeaders();
			response.pipe(answer);
			response.on('error', () => answer.destroy());
		});
		onward.on('error', () => answer.destroy());
		answer.on('close', () => onward.destroy());
		asked.pipe(onward);
	};
	rmSync(socketPath, { force: true });
	const server = createServer((asked, answer) =>
		/\/build\?/.test(asked.url ?? '') ? swallow(asked, answer) : pass(asked, answer),
	);
	await new Promise<void>((resolve) => server.listen(socketPath, resolve));
	return {
		socketPath,
		bytes: () => bytes,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}
