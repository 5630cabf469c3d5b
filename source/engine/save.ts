// A tar of images as it comes out of the engine, which tells a failure behind what it has sent already.
import { type Readable, Transform } from 'node:stream';
import { engineError, fromNode } from './error.ts';
import { record, text } from './json.ts';
import { onAnswer } from './stream.ts';
import type { Wire } from './wire.ts';

/** Resolves when the tar begins. The signal ends it without an error, and without its `end`. */
export function saved(wire: Wire, path: string, signal: AbortSignal): Promise<Readable> {
	return new Promise((resolve, reject) => {
		const tar = ended();
		if (signal.aborted) {
			tar.destroy();
			return resolve(tar);
		}
		const request = wire.begin({ method: 'GET', path, connection: 'own' });
		const stop = (): void => {
			tar.destroy();
			resolve(tar);
		};
		const fail = (cause: unknown): void => {
			const error = fromNode(cause);
			reject(error);
			if (error instanceof Error && !signal.aborted) tar.destroy(error);
		};
		signal.addEventListener('abort', stop);
		tar.on('close', () => {
			signal.removeEventListener('abort', stop);
			request.destroy();
		});
		// Whoever reads it listens too, but an end by force may come before.
		tar.on('error', () => {});
		request.on('error', fail);
		onAnswer(request, fail, (response) => {
			response.pipe(tar);
			resolve(tar);
		});
		request.end();
	});
}

/** A tar ends with zeros; an error that came too late for a status is written behind it as JSON. */
const longestError = 8192;

function ended(): Transform {
	let tail = Buffer.alloc(0);
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			tail = Buffer.concat([tail, chunk.subarray(-longestError)]).subarray(-longestError);
			done(null, chunk);
		},
		flush(done) {
			const words = failureIn(tail.toString());
			done(words === undefined ? null : engineError({ statusCode: 500, engineMessage: words }));
		},
	});
}

function failureIn(tail: string): string | undefined {
	const found = /\{"errorDetail":.*\}\s*$/.exec(tail)?.[0];
	if (found === undefined) return undefined;
	try {
		const { errorDetail, error } = record(JSON.parse(found));
		return text(record(errorDetail).message) || text(error);
	} catch {
		return undefined;
	}
}
