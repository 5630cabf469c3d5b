// Images on their way between the engine, registries and files. Closing the connection cancels at the engine.
import type { TransferNews } from '../model/transfers.ts';
import { pathPart, wordedFor } from './call.ts';
import type { Transfers } from './contract.ts';
import { EngineError, engineError } from './error.ts';
import { imageReference } from './image-reference.ts';
import { jsonLines } from './json-lines.ts';
import { queryString } from './modem.ts';
import { registryAuth } from './registry-auth.ts';
import { saved } from './save.ts';
import { send } from './send.ts';
import { follow } from './stream.ts';
import {
	importReader,
	loadReader,
	pullReader,
	pushReader,
	type Tell,
	type TransferReader,
} from './transfer-lines.ts';
import type { Wire } from './wire.ts';

type OnNews = (news: readonly TransferNews[]) => void;

const tarType = { 'Content-Type': 'application/x-tar' };

export function transfers(wire: Wire, prefix: string): Transfers {
	return {
		pull(reference, { platform, credentials }, signal, onNews) {
			const { name: fromImage, version: tag, host } = imageReference(reference);
			const path = `${prefix}/images/create${queryString({ fromImage, tag, platform })}`;
			const headers = registryAuth(host, credentials);
			return wordedFor({ verb: 'pull', name: reference }, () =>
				told(pullReader, signal, onNews, (onChunk) =>
					follow(wire, { method: 'POST', path, headers, signal, onChunk }),
				),
			);
		},
		push(reference, { credentials }, signal, onNews) {
			return wordedFor({ verb: 'push', name: reference }, () => {
				const { name, version: tag, host } = imageReference(reference);
				const path = `${prefix}/images/${pathPart(name)}/push${queryString({ tag })}`;
				const headers = registryAuth(host, credentials);
				return told(pushReader, signal, onNews, (onChunk) =>
					follow(wire, { method: 'POST', path, headers, signal, onChunk }),
				);
			});
		},
		save(names, signal) {
			return wordedFor({ verb: 'save', name: names.join(', ') }, () =>
				saved(wire, `${prefix}/images/get${queryString({ names })}`, signal),
			);
		},
		load(tar, signal, onNews) {
			const path = `${prefix}/images/load?quiet=0`;
			return wordedFor({ verb: 'load', name: '' }, () =>
				told(loadReader, signal, onNews, (onChunk) =>
					send(wire, { path, headers: tarType, tar, signal, onChunk, unreadable }),
				),
			);
		},
		importImage(tar, { reference, message, changes }, signal, onNews) {
			const { name, version } = imageReference(reference);
			const named = reference === '' ? {} : { repo: name, tag: version };
			const query = queryString({ fromSrc: '-', ...named, message, changes });
			return wordedFor({ verb: 'import', name: reference }, () =>
				told(
					(tell) => importReader(reference, tell),
					signal,
					onNews,
					(onChunk) =>
						send(wire, {
							path: `${prefix}/images/create${query}`,
							headers: tarType,
							tar,
							signal,
							onChunk,
							unreadable,
						}),
				),
			);
		},
	};
}

/** News are told together as they came: all that one chunk of the connection held. */
async function told(
	open: (tell: Tell) => TransferReader,
	signal: AbortSignal,
	onNews: OnNews,
	run: (onChunk: (chunk: Buffer) => void) => Promise<void>,
): Promise<void> {
	let news: TransferNews[] = [];
	const reader = open((one) => news.push(one));
	const lines = jsonLines(reader.read);
	const flush = (read: () => void): void => {
		try {
			read();
		} finally {
			const all = news;
			news = [];
			if (all.length > 0) onNews(all);
		}
	};
	await run((chunk) => flush(() => lines.push(chunk)));
	if (signal.aborted) return;
	flush(lines.end);
	if (!reader.isFinished) throw engineError({ code: 'EEND' });
}

const unreadable = (words: string): EngineError =>
	new EngineError('The file could not be read to its end.', { code: 'EFILE', engineMessage: words });
