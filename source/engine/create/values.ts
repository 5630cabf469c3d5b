// Sizes, processors and times as docker's flags spell them, as the numbers the Engine API takes. Undefined: it is none.

const units = ['', 'k', 'm', 'g', 't', 'p'];

/** `512m`, `1.5g`, `100` as bytes; the units are powers of 1024. */
export const bytes = (text: string): number | undefined => {
	const match = /^(\d+(?:\.\d+)?) ?([kmgtp])?i?b?$/i.exec(text);
	if (!match) return undefined;
	return Math.floor(Number(match[1]) * 1024 ** units.indexOf((match[2] ?? '').toLowerCase()));
};

/** `1.5` processors as billionths of one. */
export const nanoCpus = (text: string): number | undefined =>
	/^(\d+(\.\d{0,9})?|\.\d{1,9})$/.test(text) ? Math.round(Number(text) * 1e9) : undefined;

export const whole = (text: string): number | undefined =>
	/^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;

const lengths: Readonly<Record<string, number>> = {
	ns: 1,
	us: 1e3,
	'\u00b5s': 1e3,
	ms: 1e6,
	s: 1e9,
	m: 60e9,
	h: 3600e9,
};

const durationPart = /(\d+(?:\.\d*)?|\.\d+)(ns|us|\u00b5s|ms|s|m|h)/g;

/** `1m30s` as nanoseconds, as Go reads a duration. */
export const nanoseconds = (text: string): number | undefined => {
	if (text === '0') return 0;
	if (text === '' || text.replace(durationPart, '') !== '') return undefined;
	const parts = [...text.matchAll(durationPart)];
	return Math.round(
		parts.reduce((sum, [, count, unit]) => sum + Number(count) * (lengths[unit ?? ''] ?? 0), 0),
	);
};

/** The two sides of the first `=`; without one there is no value. */
export const splitPair = (text: string): readonly [name: string, value: string | undefined] => {
	const equals = text.indexOf('=');
	return equals === -1 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
};

/** `name=value` each, as the map the API wants; the last of a name holds. */
export const mapOf = (pairs: readonly string[]): Record<string, string> =>
	Object.fromEntries(pairs.map((pair) => splitPair(pair)).map(([name, value = '']) => [name, value]));

/** The fields of a line of CSV, where quotes hold commas. */
export const csvFields = (line: string): string[] =>
	[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
		quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
	);

export const csvField = (text: string): string =>
	/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
