// Tests against a real engine: the one that the whole test run shares, or one of their own.
import { get } from 'node:http';
import { beforeAll, describe, inject, test } from 'vitest';
import { dockerOn } from './docker-cli.ts';
import { isEngineRequired, whyNoEngine } from './engine-support.ts';

export type TestEngine = {
	socketPath: string;
	host: string;
	docker: (...words: string[]) => Promise<string>;
};

/**
 * A describe() with the shared engine running, which has busybox:latest. Others use it at the same time: give what
 * is made names of its own, remove it, and count nothing but that.
 */
export function describeWithEngine(name: string, body: (engine: TestEngine) => void) {
	const { socketPath, starter, missing } = inject('engine');
	if (missing) return describeWithout(name, missing);
	describe(name, () => {
		beforeAll(() => (starter ? ask(starter) : undefined), 60_000);
		body({ socketPath, host: `unix://${socketPath}`, docker: dockerOn(socketPath) });
	});
}

/** A describe() where startDockerd() can be used, for tests that stop, freeze or kill their engine. */
export function describeWithDockerd(name: string, body: () => void) {
	const missing = whyNoEngine();
	if (missing) describeWithout(name, missing);
	else describe(name, body);
}

function describeWithout(name: string, missing: string) {
	describe.skipIf(!isEngineRequired)(name, () => {
		test('has a real engine', () => {
			throw new Error(`PORTSIDE_REQUIRE_ENGINE=1, but: ${missing}.`);
		});
	});
}

function ask(starter: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = get({ socketPath: starter, path: '/' }, async (response) => {
			let text = '';
			for await (const chunk of response) text += chunk;
			if (response.statusCode === 200) resolve();
			else reject(new Error(text));
		});
		request.on('error', reject);
	});
}
