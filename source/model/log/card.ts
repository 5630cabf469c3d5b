// All about one line of a log, each thing under its name: when and where it was printed, its fields, its whole text.
import type { LogLine } from '../items.ts';
import type { ListingText } from '../listing.ts';
import { clean, printed } from '../text.ts';
import { shellWord } from '../words.ts';
import { pairsOf } from './fields.ts';
import { jsonLeaves, type Leaf } from './leaves.ts';
import { readLine } from './line.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** With the digits that the engine wrote, which are more than a clock here has. */
const shifted = (stamp: string, minutes: number): string | undefined => {
	const at = Date.parse(stamp);
	if (Number.isNaN(at)) return undefined;
	const fraction = /\.\d+/.exec(stamp)?.[0] ?? '';
	return `${new Date(at + minutes * 60_000).toISOString().slice(0, 19)}${fraction}`;
};

const localTime = (stamp: string): string => {
	const minutes = -new Date(stamp).getTimezoneOffset();
	const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
	return `${shifted(stamp, minutes)?.replace('T', ' ')} ${zone}`;
};

const times = ({ stamp }: LogLine): readonly Leaf[] => {
	const utc = shifted(stamp, 0);
	return utc === undefined
		? []
		: [
				{ key: 'LOCAL', text: localTime(stamp) },
				{ key: 'UTC', text: `${utc}Z` },
			];
};

/** Prints it, and what was printed at the very same time. */
const dockerLine = ({ stamp, note }: LogLine, name: string): readonly Leaf[] => {
	const utc = shifted(stamp, 0);
	return utc === undefined || note !== undefined
		? []
		: [{ key: 'DOCKER', text: `docker logs -t --since ${utc}Z --until ${utc}Z ${shellWord(name)}` }];
};

const sources = {
	stdout: 'stdout',
	stderr: 'stderr',
	tty: 'terminal, which has one stream only',
} as const;

/** Of a line that is nothing but fields. */
const fieldsOf = (text: string): readonly Leaf[] | undefined => {
	const leaves = jsonLeaves(text) ?? pairsOf(text)?.map(([key, value]) => ({ key, text: value }));
	return leaves?.length ? leaves : undefined;
};

/** Its line ends and tabs are part of what it says. */
const harmless = (text: string): string => text.split(/\r?\n/).map(printed).join('\n');

/** A text that is longer stands below what else there is to say of its line. */
const long = 1000;

/** The first one is the line as a whole. `name`: of its container. */
export const lineTexts = (line: LogLine, name: string): readonly ListingText[] => {
	const { level } = readLine(line);
	const isNote = line.note !== undefined;
	const whole = line.note ?? printed(line.text);
	const fields = isNote ? undefined : fieldsOf(whole);
	const isLong = !fields && whole.length > long;
	const leaves: readonly Leaf[] = [
		...times(line),
		{ key: 'CONTAINER', text: clean(name) },
		...(isNote ? [] : [{ key: 'STREAM', text: sources[line.source] }]),
		...(isNote || !level ? [] : [{ key: 'LEVEL', text: level }]),
		...(fields ?? []),
		...(isLong ? [{ key: 'TEXT', text: whole }] : []),
		...dockerLine(line, name),
	];
	return [
		{ label: 'LINE', text: whole, isBrief: fields !== undefined || isLong },
		...leaves.map(({ key, text }) => ({ label: key, text: harmless(text) })),
	];
};
