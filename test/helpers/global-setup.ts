// One engine for the whole test run, started when the first test asks for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Dockerd, startDockerd } from './dockerd.ts';
import { isEngineRequired, whyNoEngine } from './engine-support.ts';

export type SharedEngine = {
	socketPath: string;
	/** Where to ask for it to be started; none for one that runs already. */
	starter?: string;
	/** Why there is none. */
	missing?: string;
};

declare module 'vitest' {
	export interface ProvidedContext {
		engine: SharedEngine;
	}
}

/** PORTSIDE_TEST_SOCKET is the socket of an engine to be used instead. */
export async function setup(project: TestProject) {
	const given = process.env.PORTSIDE_TEST_SOCKET;
	if (given) return project.provide('engine', { socketPath: given });
	const missing = whyNoEngine();
	if (missing) {
		if (!isEngineRequired) console.log(`Tests with a real engine are skipped: ${missing}.`);
		return project.provide('engine', { socketPath: '', missing });
	}

	const folder = mkdtempSync(join(tmpdir(), 'portside-tests-'));
	let engine: Promise<Dockerd> | undefined;
	const starter = createServer(async (_request, response) => {
		engine ??= startDockerd({ folder: join(folder, 'engine') });
		const error = await engine.then(
			() => '',
			(reason: Error) => reason.message,
		);
		response.writeHead(error ? 500 : 200).end(error);
	});
	const address = join(folder, 'starter.sock');
	await new Promise<void>((resolve) => starter.listen(address, resolve));
	project.provide('engine', { socketPath: join(folder, 'engine/docker.sock'), starter: address });

	return async () => {
		starter.close();
		starter.closeAllConnections();
		await engine?.then(
			(started) => started.stop(),
			() => {},
		);
		rmSync(folder, { recursive: true, force: true });
	};
}
