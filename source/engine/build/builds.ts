// A build from its wish to its end, by either builder.
import { randomUUID } from 'node:crypto';
import type { BuildNews } from '../../model/build.ts';
import { ask } from '../ask.ts';
import type { BuildOptions, Builds } from '../contract.ts';
import { EngineError } from '../error.ts';
import { jsonLines } from '../json-lines.ts';
import { send } from '../send.ts';
import type { Wire } from '../wire.ts';
import { buildkitReader } from './buildkit.ts';
import { classicReader } from './classic.ts';
import { explained } from './explained.ts';
import { openNews } from './news.ts';
import { buildHeaders, buildQuery } from './request.ts';
import { openBuildSession } from './session.ts';

/** Milliseconds: closing the connection cancels a build as well, if not as soon. */
const cancelLimit = 2000;

export function builds(wire: Wire, prefix: string): Builds {
	return { build: (options, signal, onNews) => build({ wire, prefix }, options, signal, onNews) };
}

async function build(
	{ wire, prefix }: { readonly wire: Wire; readonly prefix: string },
	options: BuildOptions,
	signal: AbortSignal,
	onNews: (news: readonly BuildNews[]) => void,
): Promise<void> {
	const { builder, context } = options;
	const isBuildKit = builder === 'buildkit';
	const buildId = randomUUID();
	const news = openNews(onNews);
	const reader = isBuildKit ? buildkitReader(news.tell) : classicReader(news.tell);
	const lines = jsonLines(reader.read);
	const cut = new AbortController();
	const cancel = async (): Promise<void> => {
		reader.stop();
		news.flush();
		if (isBuildKit) {
			const path = `${prefix}/build/cancel?id=${buildId}`;
			await ask(wire, { method: 'POST', path, timeout: cancelLimit }).catch(() => {});
		}
		cut.abort();
	};
	// It may fail while nobody reads it yet, and it is ours to end.
	context.on('error', () => {});
	signal.addEventListener('abort', cancel);
	let session: Awaited<ReturnType<typeof openBuildSession>>;
	try {
		if (signal.aborted) return;
		if (isBuildKit) session = await openBuildSession(wire, `${prefix}/session`, options, signal);
		const headers = buildHeaders(isBuildKit ? {} : await options.allCredentials());
		if (signal.aborted) return;
		const path = `${prefix}/build?${buildQuery(options, { buildId, sessionId: session?.id })}`;
		const onChunk = (chunk: Buffer): void => {
			if (signal.aborted) return;
			lines.push(chunk);
			news.flush();
		};
		await send(wire, { path, headers, tar: context, signal: cut.signal, onChunk, unreadable }).catch(
			(error) => {
				throw isRefusal(error) ? refusal(error) : error;
			},
		);
		if (signal.aborted) return;
		lines.end();
		reader.end();
	} catch (error) {
		// The engine that is asked to cancel may break the connection off first.
		if (signal.aborted) return;
		reader.stop();
		throw error;
	} finally {
		signal.removeEventListener('abort', cancel);
		news.flush();
		session?.close();
		context.destroy();
	}
}

const unreadable = (words: string): EngineError =>
	new EngineError('The build context could not be sent.', { code: 'ECONTEXT', engineMessage: words });

const isRefusal = (error: unknown): error is EngineError =>
	error instanceof EngineError && error.statusCode !== undefined && error.code === undefined;

const refusal = (error: EngineError): EngineError =>
	new EngineError(explained(error.engineMessage ?? '') ?? 'The engine did not accept this build.', error);
