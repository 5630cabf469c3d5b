// Waits for the exit of a container that has not been started yet.
import { fromNode } from './error.ts';
import { record } from './json.ts';
import { refuse } from './stream.ts';
import type { Wire } from './wire.ts';

export type ExitWait = {
	/** Undefined where the connection ended before the container. Never rejects. */
	readonly code: Promise<number | undefined>;
	/** Nobody will ask. */
	close(): void;
};

/** Milliseconds. Some engines answer only with the exit: whether they wait cannot be known. */
const patience = 2000;

/** Resolves when the engine waits, so that from then on no exit is missed. */
export function waitForExit(wire: Wire, path: string): Promise<ExitWait> {
	return new Promise((resolve, reject) => {
		const request = wire.begin({
			method: 'POST',
			path,
			connection: 'own',
			headers: { 'Content-Length': 0 },
		});
		let settle: (code?: number) => void;
		const code = new Promise<number | undefined>((settled) => {
			settle = settled;
		});
		const wait = { code, close: () => void request.destroy() };
		const timer = setTimeout(() => resolve(wait), patience);
		const fail = (cause: unknown): void => {
			clearTimeout(timer);
			settle();
			reject(fromNode(cause));
			request.destroy();
		};
		request.on('error', fail);
		request.on('response', (response) => {
			clearTimeout(timer);
			const chunks: Buffer[] = [];
			response.on('error', fail);
			response.on('close', () => settle());
			if (response.statusCode !== 200) return refuse(response, fail);
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => settle(codeIn(Buffer.concat(chunks).toString())));
			resolve(wait);
		});
		request.end();
	});
}

function codeIn(answer: string): number | undefined {
	try {
		const { StatusCode } = record(JSON.parse(answer));
		return typeof StatusCode === 'number' && StatusCode >= 0 ? StatusCode : undefined;
	} catch {
		return undefined;
	}
}
