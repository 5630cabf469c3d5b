// Lines that programs write as fields, in JSON or as key=value pairs, folded to what they say.
import { type Level, levelOfText, levelOfWord } from './level.ts';
import { isMarkedNumber, parseJson, writtenJson } from './numbers.ts';

export type Folded = { readonly level?: Level; readonly message: string };

const messageKeys = [
	'msg',
	'message',
	'MESSAGE',
	'@m',
	'@mt',
	'event',
	'text',
	'short_message',
	'log',
	'error',
];
const levelKeys = [
	'level',
	'severity',
	'lvl',
	'@l',
	'log.level',
	'loglevel',
	'logLevel',
	'levelname',
	'LEVEL',
	'PRIORITY',
	'SeverityText',
];
/** The engine stamps every line, too. */
const timeKeys = new Set([
	'time',
	'ts',
	'timestamp',
	'@timestamp',
	'@t',
	'date',
	'datetime',
	'asctime',
	'Timestamp',
]);
/** bunyan's and pino's, the same in every line. */
const dullKeys = new Set(['v', 'pid', 'hostname']);

type Fields = Readonly<Record<string, unknown>>;

const firstOf = (fields: Fields, keys: readonly string[], isGood: (value: unknown) => boolean) =>
	keys.find((key) => isGood(fields[key]));

const isText = (value: unknown): boolean =>
	typeof value === 'string' && value !== '' && !isMarkedNumber(value);

/** ECS and others put it a level deeper: `{"log":{"level":"error"}}`. */
const levelOf = (fields: Fields): { key?: string; level?: Level } => {
	for (const key of levelKeys) {
		const level = levelOfWord(fields[key]);
		if (level) return { key, level };
	}
	const { log } = fields;
	const level = levelOfWord(typeof log === 'object' && log !== null ? (log as Fields).level : undefined);
	return level ? { level } : {};
};

const shown = (value: unknown): string => {
	if (typeof value !== 'string' || isMarkedNumber(value)) return writtenJson(value);
	return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
};

const folded = (fields: Fields): Folded | undefined => {
	const messageKey = firstOf(fields, messageKeys, isText);
	const { key: levelKey, level } = levelOf(fields);
	if (messageKey === undefined && level === undefined) return undefined;
	const isDull = 'v' in fields && 'hostname' in fields;
	const others = Object.entries(fields)
		.filter(
			([key]) =>
				key !== messageKey && key !== levelKey && !timeKeys.has(key) && !(isDull && dullKeys.has(key)),
		)
		.map(([key, value]) => `${key}=${shown(value)}`);
	const message = [...(messageKey === undefined ? [] : [String(fields[messageKey])]), ...others].join(' ');
	// `{"error": "…"}` without a level tells of one.
	const said = level ?? (messageKey === 'error' ? 'error' : levelOfText(message));
	return { ...(said ? { level: said } : {}), message };
};

export const foldedJson = (text: string): Folded | undefined => {
	const trimmed = text.trim();
	if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
	try {
		return folded(parseJson(trimmed) as Fields) ?? { message: trimmed };
	} catch {
		return undefined; // It only looks like it.
	}
};

const pair = /([\w.@/-]+)=("(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s+|$)/y;

/** logfmt: `time=… level=warn msg="disk is full" path=/data`. All of the line has to be pairs, and one of them the level. */
export const foldedPairs = (text: string): Folded | undefined => {
	if (!/(?:^|\s)(?:level|lvl|severity)=/.test(text.slice(0, 500))) return undefined;
	const pairs = pairsOf(text);
	return pairs && folded(Object.fromEntries(pairs));
};

/** Undefined where anything else is among them. */
export const pairsOf = (text: string): readonly (readonly [string, string])[] | undefined => {
	const pairs: [string, string][] = [];
	const trimmed = text.trim();
	for (let at = 0; at < trimmed.length; at = pair.lastIndex) {
		pair.lastIndex = at;
		const [, key = '', value = ''] = pair.exec(trimmed) ?? [];
		if (key === '') return undefined;
		pairs.push([key, value.startsWith('"') ? unquoted(value) : value]);
	}
	return pairs;
};

const unquoted = (value: string): string => {
	try {
		return String(JSON.parse(value));
	} catch {
		return value.slice(1, -1);
	}
};
