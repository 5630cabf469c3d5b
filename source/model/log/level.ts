// How loud a line of a log is, by the words programs begin their lines with. Rather no level than a wrong one.

/** `trace` and the like are `debug`; `fatal`, `panic` and the like are `error`. */
export type Level = 'error' | 'warning' | 'info' | 'debug';

const words: Readonly<Record<Level, readonly string[]>> = {
	error: [
		'error',
		'err',
		'eror',
		'fatal',
		'ftl',
		'panic',
		'critical',
		'crit',
		'crt',
		'alert',
		'emergency',
		'emerg',
		'severe',
		'failure',
		'dpanic',
	],
	warning: ['warning', 'warn', 'wrn', 'wrng'],
	info: [
		'info',
		'information',
		'inf',
		'notice',
		'note',
		'log',
		'config',
		'statement',
		'hint',
		'detail',
		'success',
		'ok',
	],
	debug: [
		'debug',
		'dbg',
		'dbug',
		'trace',
		'trc',
		'verbose',
		'vrb',
		'fine',
		'finer',
		'finest',
		'silly',
		'debug1',
		'debug2',
		'debug3',
		'debug4',
		'debug5',
	],
};

const levels = new Map(
	Object.entries(words).flatMap(([level, list]) => list.map((word) => [word, level as Level] as const)),
);

/** Of a word or a number that somebody calls a level: `WARN`, `40`, `E`. */
export const levelOfWord = (value: unknown): Level | undefined => {
	if (typeof value === 'number') return levelOfNumber(value);
	if (typeof value !== 'string') return undefined;
	const word = value.trim().toLowerCase();
	return levels.get(word) ?? letters[word] ?? (/^\d+$/.test(word) ? levelOfNumber(Number(word)) : undefined);
};

const letters: Readonly<Record<string, Level>> = {
	f: 'error',
	e: 'error',
	w: 'warning',
	i: 'info',
	d: 'debug',
	v: 'debug',
	t: 'debug',
};

/** Tens are bunyan's and pino's, what is smaller is syslog's. */
const levelOfNumber = (number: number): Level | undefined => {
	if (number >= 10 && number <= 60)
		return number >= 50 ? 'error' : number >= 40 ? 'warning' : number >= 30 ? 'info' : 'debug';
	if (number >= 0 && number <= 7)
		return number <= 3 ? 'error' : number === 4 ? 'warning' : number <= 6 ? 'info' : 'debug';
	return undefined;
};

/** `E1121 06:00:00.000000       1 server.go:12] …` */
const klog = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [^ \]]+:\d+\]/;
/** nginx: `2026/11/21 06:00:00 [error] 7#7: …`; also `[2026-11-21 …] [WARN] …`, `app.ERROR: …`, `[core:error] [pid 7]`. */
const bracketed = /^.{0,80}?[[(<](?:[a-z_]{1,20}[:.])?([a-z]{3,11})\d?[\])>]/i;
/** postgres: `2026-11-21 06:00:00.000 UTC [34] FATAL:  …`; python: `ERROR:root:…`; shell: `error: …`, `npm ERR! …`. */
const beforeColon = /^(?:.{0,70}[\s\].])?([a-z]{3,11})\d?(?:\[\d+\])?:(?:\s|[a-z_.]+:|$)/i;
/** `2026-11-21 06:00:00,000 ERROR …`, `06:00:00 WARN`, `2026-… 1 --- INFO`; also after a bracket, a bar or a thread. */
const capitals = /^.{0,80}?(?:^|[\s|\]-])([A-Z]{3,11})(?=[\s|:\]!]|$)/;
/** `"GET / HTTP/1.1" 502 `, as web servers write of each request. */
const request = /"(?:[A-Z]+ [^"]*|-)" (\d{3})(?: |$)/;
const exception =
	/^(?:Traceback \(most recent call last\)|Exception in thread |Unhandled |Uncaught |panic: |thread '[^']{0,100}' (?:\(\d+\) )?panicked at |(?:Caused by: )?(?:[\w$]+\.)*[A-Z]\w*(?:Error|Exception)(?::|$)|Caused by: (?:[\w$]+\.)+[\w$]+(?::|$))/;

/** It begins with one, or with what stands before one. */
export const isException = (text: string): boolean => exception.test(text);

/** Words that are a level only where nothing else can be meant. */
const shy = new Set([
	'ok',
	'log',
	'note',
	'config',
	'statement',
	'hint',
	'detail',
	'success',
	'fine',
	'finer',
	'alert',
	'failure',
	'verbose',
	'silly',
]);

const loud = (word: string | undefined, isShyTaken = false): Level | undefined => {
	const lower = word?.toLowerCase() ?? '';
	return isShyTaken || !shy.has(lower) ? levels.get(lower) : undefined;
};

/** Postgres and java.util.logging spell these in capitals, before a colon. */
const postgres = /^.{0,70}(?:\]|UTC|[A-Z]{3,4}|^) ?(LOG|STATEMENT|HINT|DETAIL|CONFIG|FINE|FINER|FINEST): /;

export const levelOfText = (text: string): Level | undefined => {
	const head = text.slice(0, 200);
	const [, letter] = klog.exec(head) ?? [];
	if (letter) return letters[letter.toLowerCase()];
	if (exception.test(head)) return 'error';
	const [, status] = request.exec(text.slice(0, 4096)) ?? [];
	// What a client asked wrongly is no trouble of the server.
	if (status !== undefined) return status >= '500' ? 'error' : undefined;
	for (const [pattern, isRepeated] of [
		[bracketed, true],
		[beforeColon, false],
		[capitals, true],
	] as const) {
		let from = 0;
		for (let tries = 0; tries < (isRepeated ? 4 : 1); tries++) {
			const match = pattern.exec(head.slice(from));
			if (!match) break;
			const level = loud(match[1]);
			if (level) return level;
			from += Math.max(1, match[0].length - 1);
		}
	}
	return postgres.test(head) ? 'info' : undefined;
};
