// What an engine tells of a pull, a push, a load or an import, line by line, as news. Errors inside are thrown.
import type { TransferNews } from '../model/transfers.ts';
import { imageId } from './containers.ts';
import { engineError } from './error.ts';
import { type Json, number, record, text, texts } from './json.ts';

export type TransferReader = {
	read(line: Json): void;
	/** It has been told that what was asked for is done. An end without that is none. */
	readonly isFinished: boolean;
};

export type Tell = (news: TransferNews) => void;

/** What is put before the others of its kind: who it is about is not a layer. */
const isTitle = /^(?:Pulling from|The push refers to) /;

const isDone = /^(?:Download|Pull) complete$/;

export function pullReader(tell: Tell): TransferReader {
	/** By layer, what was said of it last. */
	const layers = new Map<string, string>();
	let isFinished = false;
	/** Podman 4 tells of the image's own settings as of a layer, too: its last word is that line once more. */
	let isRepeated = false;
	return {
		read(line) {
			throwFailure(line);
			isRepeated = false;
			const status = text(line.status);
			const digest = /^Digest: (\S+)$/.exec(status)?.[1];
			const outcome = /^Status: (Downloaded newer image|Image is up to date)/.exec(status)?.[1];
			const id = layerOf(line);
			if (outcome !== undefined) {
				isFinished = true;
				tell({ type: 'compared', outcome: outcome.startsWith('Image') ? 'up-to-date' : 'newer' });
			} else if (digest !== undefined) tell({ type: 'digest', digest });
			// Podman's only last word: the id of the image, as if it were a layer that is done at once.
			else if (id !== '' && !layers.has(id) && isDone.test(status)) isFinished = true;
			else {
				isRepeated = id !== '' && isDone.test(status) && layers.get(id) === status;
				if (id !== '') layers.set(id, status);
				if (!isRepeated) say(line, tell);
			}
		},
		get isFinished() {
			return isFinished || isRepeated;
		},
	};
}

export function pushReader(tell: Tell): TransferReader {
	let isFinished = false;
	return {
		read(line) {
			throwFailure(line);
			const told = /: digest: (\S+) size: (\d+)$/.exec(text(line.status));
			const aux = record(line.aux);
			const digest = told?.[1] ?? text(aux.Digest);
			if (digest === '') return say(line, tell);
			// The same again, in other words.
			if (isFinished) return;
			isFinished = true;
			tell({ type: 'digest', digest, size: told ? Number(told[2]) : number(aux.Size) });
		},
		get isFinished() {
			return isFinished;
		},
	};
}

/** `Loaded image: web:1`, `Loaded image ID: sha256:…`; Podman names several in one line. */
export function loadReader(tell: Tell): TransferReader {
	let isFinished = false;
	return {
		read(line) {
			throwFailure(line);
			const names = /^Loaded image(?:\(s\))?(?: ID)?: (.+)$/.exec(text(line.stream).trim())?.[1];
			if (names === undefined) return say(line, tell);
			isFinished = true;
			for (const name of names.split(/,\s*/)) tell({ type: 'arrived', name });
		},
		get isFinished() {
			return isFinished;
		},
	};
}

/** The engine tells the id alone, so what it is called is what was wished for. */
export function importReader(reference: string, tell: Tell): TransferReader {
	let isFinished = false;
	return {
		read(line) {
			throwFailure(line);
			const id = /^(?:sha256:)?[0-9a-f]{64}$/.exec(text(line.status).trim())?.[0];
			if (id === undefined) return say(line, tell);
			isFinished = true;
			tell({ type: 'arrived', name: reference || imageId(id) });
		},
		get isFinished() {
			return isFinished;
		},
	};
}

const layerOf = (line: Json): string => (isTitle.test(text(line.status)) ? '' : text(line.id));

function say(line: Json, tell: Tell): void {
	const status = (text(line.status) || text(line.stream)).trim();
	if (status === '') return;
	const id = layerOf(line);
	if (id === '') return tell({ type: 'said', text: status });
	const { current, total, units } = record(line.progressDetail);
	// The containerd store counts seconds while it unpacks.
	const isBytes = texts([units]).every((unit) => unit === '');
	tell({
		type: 'layer',
		id,
		state: status,
		...(isBytes && number(current) > 0 && { current: number(current) }),
		...(isBytes && number(total) > 0 && { total: number(total) }),
	});
}

/** They come with a status of 200 before them, so they get the one that engines use for everything. */
function throwFailure(line: Json): void {
	const { message, code } = record(line.errorDetail);
	const words = text(message) || text(line.error);
	if (words === '') return;
	throw engineError({ statusCode: number(code) >= 400 ? number(code) : 500, engineMessage: words });
}
