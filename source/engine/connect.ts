// Tries the candidates in their order; the first that answers wins, and every failure says what to do about it.
import type { Attempt, Candidate, Endpoint } from '../model/connection.ts';
import { type Greeted, greet, type OpenOptions } from './engine.ts';
import { EngineError } from './error.ts';
import { attempt } from './remedies.ts';

export type Connected = { readonly engine: Greeted; readonly candidate: Candidate };
export type Unconnected = { readonly attempts: readonly Attempt[] };

export async function connect(
	candidates: readonly Candidate[],
	options: Pick<OpenOptions, 'timeout' | 'signal'> = {},
): Promise<Connected | Unconnected> {
	const attempts: Attempt[] = [];
	for (const candidate of candidates) {
		if (options.signal?.aborted) break;
		const result = await reach(candidate, options);
		if ('engine' in result) return result;
		attempts.push(result);
	}
	return { attempts };
}

async function reach(
	candidate: Candidate,
	options: Pick<OpenOptions, 'timeout' | 'signal'>,
): Promise<Connected | Attempt> {
	const { endpoint, problem, apiVersion } = candidate;
	if (problem !== undefined) return { endpoint, ...problem };
	// ssh has to log in first.
	const timeout = isSsh(endpoint) ? 15_000 : (options.timeout ?? 3000);
	try {
		const engine = await greet(endpoint, { ...options, timeout, ...(apiVersion && { apiVersion }) });
		return { engine, candidate };
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		return attempt(endpoint, error);
	}
}

const isSsh = ({ host }: Endpoint): boolean => host.startsWith('ssh:');
