// The few calls to an engine that the benchmark makes itself.
import { Agent, type IncomingMessage, request } from 'node:http';

export type Api = ReturnType<typeof apiOn>;
export type EngineEvent = {
	readonly Action: string;
	readonly Actor?: { readonly Attributes?: { readonly name?: string } };
};

export function apiOn(socketPath: string) {
	const agent = new Agent({ keepAlive: true });

	async function call(method: string, path: string, body?: unknown): Promise<unknown> {
		const response = await new Promise<IncomingMessage>((resolve, reject) => {
			const headers = { 'content-type': 'application/json' };
			const sent = request({ socketPath, agent, method, path, headers }, resolve);
			sent.setTimeout(20_000, () => sent.destroy(new Error(`${method} ${path}: no answer`)));
			sent.on('error', reject);
			sent.end(body === undefined ? undefined : JSON.stringify(body));
		});
		let text = '';
		for await (const chunk of response.setEncoding('utf8')) text += chunk;
		const status = response.statusCode ?? 0;
		if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text.trim()}`);
		return text === '' ? undefined : JSON.parse(text);
	}

	return {
		async create(name: string): Promise<string> {
			const body = { Image: 'busybox', Cmd: ['sleep', '100000'], HostConfig: { NetworkMode: 'none' } };
			const made = (await call('POST', `/containers/create?name=${name}`, body)) as { Id: string };
			return made.Id;
		},
		start: (id: string) => call('POST', `/containers/${id}/start`),
		stop: (id: string) => call('POST', `/containers/${id}/stop?t=0`),
		remove: (id: string) => call('DELETE', `/containers/${id}?force=1&v=1`),

		/** With a terminal; its id. */
		async prepareExec(id: string, command: readonly string[]): Promise<string> {
			const body = { Cmd: command, Tty: true, AttachStdin: true, AttachStdout: true, AttachStderr: true };
			const made = (await call('POST', `/containers/${id}/exec`, body)) as { Id: string };
			return made.Id;
		},
		resizeExec: (exec: string, columns: number, rows: number) =>
			call('POST', `/exec/${exec}/resize?w=${columns}&h=${rows}`),

		/** Resolves when the stream is open, with its end. Each event comes with the time at which it was here. */
		events(onEvent: (event: EngineEvent, at: number) => void): Promise<() => void> {
			return new Promise((resolve, reject) => {
				const sent = request({ socketPath, agent: false, path: '/events' }, (response) => {
					resolve(() => sent.destroy());
					let rest = '';
					response.setEncoding('utf8').on('data', (text: string) => {
						const at = performance.now();
						const lines = (rest + text).split('\n');
						rest = lines.pop() ?? '';
						for (const line of lines) if (line.trim()) onEvent(JSON.parse(line) as EngineEvent, at);
					});
					response.on('error', () => {}); // ended by us, or the engine with everything else
				});
				sent.on('error', reject);
				sent.end();
			});
		},
		close: () => agent.destroy(),
	};
}
