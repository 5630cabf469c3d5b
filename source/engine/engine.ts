// Opens an engine: greets it, agrees on an API version, and puts every verb, read and stream together.
import type { Endpoint } from '../model/connection.ts';
import type { EngineInfo } from '../model/items.ts';
import { ask, askJson } from './ask.ts';
import { builds } from './build/builds.ts';
import { openCalls } from './call.ts';
import type { Engine } from './contract.ts';
import { EngineError, engineError } from './error.ts';
import { agreedVersion, engineInfo, isBelow, newest } from './info.ts';
import { type Json, record } from './json.ts';
import { ping, reads } from './reads.ts';
import { sessions } from './sessions.ts';
import { streams } from './streams.ts';
import { transfers } from './transfers.ts';
import { verbs } from './verbs.ts';
import { openWire, type Wire } from './wire.ts';

export type OpenOptions = {
	/** Milliseconds. */
	readonly timeout?: number;
	/** The API version a person insists on. */
	readonly apiVersion?: string;
	readonly signal?: AbortSignal;
};

/**
 * An engine that can be used while it is still being asked who it is: `/version` and `/info` take it 5 ms (far more in
 * a virtual machine), a ping and the lists less than one, and the first rows should not wait.
 */
export type Greeted = Omit<Engine, 'info'> & { readonly identity: Promise<EngineInfo> };

/** Rejects with an EngineError when nothing answers in time, or it is no engine we can speak with. */
export async function greet(endpoint: Endpoint, options: OpenOptions = {}): Promise<Greeted> {
	const { timeout = 3000, apiVersion, signal } = options;
	const wire = openWire(endpoint);
	signal?.addEventListener('abort', wire.close);
	try {
		const version = known(wire, '/version', timeout);
		const info = known(wire, '/info', timeout);
		// Awaited later, or never when the ping fails.
		for (const answer of [version, info]) answer.catch(() => {});
		const pinged = await ask(wire, { path: '/_ping', timeout });
		const said = String(pinged.headers['api-version'] ?? '');
		// Of an engine newer than Portside, the ping does not tell whether it still speaks the version we know.
		const isKnown = said !== '' && !isBelow(newest, said);
		const agreed = agreedVersion(isKnown ? { ApiVersion: said } : await version, apiVersion);
		if (agreed === undefined) {
			throw engineError({
				code: said ? 'EVERSION' : 'EANSWER',
				engineMessage: said && `API version ${said}`,
			});
		}
		const prefix = `/v${agreed}`;
		const call = openCalls(wire, prefix);
		const identity = Promise.all([version, info]).then(([version, info]) =>
			engineInfo(version, info, agreed),
		);
		identity.catch(() => {});
		const engaged = { wire, prefix, call, identity };
		return {
			identity,
			...verbs(engaged),
			...reads(wire, prefix, call),
			...streams(wire, prefix, identity),
			...transfers(wire, prefix),
			...sessions(engaged),
			...builds(wire, prefix),
			ping: (milliseconds) => ping(wire, milliseconds),
			close: wire.close,
		};
	} catch (error) {
		wire.close();
		throw error;
	} finally {
		signal?.removeEventListener('abort', wire.close);
	}
}

/** As `greet`, with its identity known. */
export async function openEngine(endpoint: Endpoint, options: OpenOptions = {}): Promise<Engine> {
	return identified(await greet(endpoint, options));
}

export async function identified({ identity, ...engine }: Greeted): Promise<Engine> {
	try {
		return { ...engine, info: await identity };
	} catch (error) {
		engine.close();
		throw error;
	}
}

/** A proxy before the engine may refuse these two and let the rest through. */
async function known(wire: Wire, path: string, timeout: number): Promise<Json> {
	try {
		return record(await askJson(wire, { path, timeout }));
	} catch (error) {
		if (error instanceof EngineError && error.statusCode === 403) return {};
		throw error;
	}
}
