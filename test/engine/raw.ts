// The tests' own way to an engine, which shares nothing with what is tested: one request, its status and its body.
import http from 'node:http';

export type RawAnswer = { readonly status: number; readonly body: unknown };

export function raw(socket: string, method: string, path: string, body?: unknown): Promise<RawAnswer> {
	return new Promise((resolve, reject) => {
		const data = body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body);
		const type = body instanceof Uint8Array ? 'application/x-tar' : 'application/json';
		const request = http.request(
			{ socketPath: socket, method, path, agent: false, headers: { 'Content-Type': type } },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () =>
					resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks)) }),
				);
			},
		);
		request.on('error', reject);
		request.end(data);
	});
}

/** As `raw`, for requests that must succeed. */
export async function done(socket: string, method: string, path: string, body?: unknown): Promise<unknown> {
	const answer = await raw(socket, method, path, body);
	if (answer.status >= 400)
		throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
	return answer.body;
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString());
	} catch {
		return body.toString();
	}
}
