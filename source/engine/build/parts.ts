// The layers that move while a base image is pulled: the same words for both builders.
import type { StepPart } from '../../model/build.ts';
import { type Json, number, record, text } from '../json.ts';
import { limit } from './news.ts';
import type { Status } from './trace.ts';

const words: Readonly<Record<string, string>> = {
	'pulling fs layer': 'waiting',
	'verifying checksum': 'downloaded',
	'download complete': 'downloaded',
	'pull complete': 'done',
	'already exists': 'done',
	extract: 'extracting',
};

/** `Pulling from library/busybox` has an id too: the tag that is pulled. */
const isLayer = (status: string, id: string): boolean =>
	id !== '' && !/^(Pulling from|Digest|Status)\b/.test(status);

/** Of the lines of the classic builder; undefined for one that is about no part. */
export function openPulledParts(): (line: Json) => StepPart | undefined {
	const totals = new Map<string, number>();
	return (line) => {
		const status = text(line.status);
		const { current, total, units } = record(line.progressDetail);
		const isMoving = typeof current === 'number';
		const layer = text(line.id);
		if (status === '' || !(isLayer(status, layer) || isMoving)) return undefined;
		const name = word(status);
		// A file that ADD downloads has no id.
		const id = layer || name;
		// How much it is, is told while it moves, and forgotten in between.
		const whole = Math.max(0, number(total)) || (totals.get(id) ?? 0);
		if (totals.size < limit) totals.set(id, whole);
		return {
			id,
			name,
			current: name === 'downloaded' || name === 'done' ? whole : moved(current, units),
			total: whole,
			isDone: name === 'done' || (layer === '' && current === total),
		};
	};
}

/** Engines with a containerd store count the seconds that they extract. */
const moved = (current: unknown, units: unknown): number =>
	units === 's' ? 0 : Math.max(0, number(current));

/** Of a status of BuildKit. */
export const tracedPart = ({ id, name, current, total, isDone }: Status): StepPart => ({
	id,
	name: word(name),
	current,
	total,
	isDone,
});

const word = (status: string): string => {
	const plain = status.toLowerCase();
	return words[plain] ?? plain;
};
