// Since when, and until when, a log is read: as docker takes it, and words for what was given.
import type { LogRange } from './log.ts';

const units: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

const duration = /^((?:\d+(?:\.\d+)?(?:ms|[smhd]))+)(?: *ago)?$/;
const date = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d(?::\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const timeOfDay = /^(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d{0,6})?)?$/;

/** The last moment at which the clock of this machine showed that. */
const lastTime = ([, hours, minutes, seconds = '0', fraction = '']: readonly string[], now: number) => {
	const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	const milliseconds = Number(fraction.padEnd(3, '0'));
	const here = new Date(now);
	const of = (day: number) =>
		new Date(here.getFullYear(), here.getMonth(), day, hour, minute, second, milliseconds).getTime();
	const today = of(here.getDate());
	return today <= now ? today : of(here.getDate() - 1);
};

const dated = (word: string, [, year, month, day]: readonly string[]) => {
	// The 31st of February would be read as one of March.
	if (new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day))
		return undefined;
	// A date alone would be read as one of UTC.
	const whole = word.replace(' ', 'T');
	return Date.parse(whole.includes('T') ? whole.replace(/T(\d\d)($|Z|[+-])/, 'T$1:00$2') : `${whole}T00:00`);
};

const read = (word: string, now: number): number | undefined => {
	const [, passed] = duration.exec(word) ?? [];
	if (passed !== undefined) {
		const parts = [...passed.matchAll(/([\d.]+)(ms|[smhd])/g)];
		return now - parts.reduce((sum, [, value, unit = '']) => sum + Number(value) * (units[unit] ?? 0), 0);
	}
	if (/^\d{9,11}(\.\d+)?$/.test(word)) return Number(word) * 1000;
	const time = timeOfDay.exec(word);
	if (time) return lastTime(time, now);
	const day = date.exec(word);
	return day ? dated(word, day) : undefined;
};

/**
 * `10m` and `1h30m` before now, a time of today or else of yesterday, a date with or without a time (of this machine,
 * unless it says Z), or seconds since 1970: in whole milliseconds since 1970, before which nothing was printed.
 */
export const momentOf = (text: string, now: number): number | undefined => {
	const at = Math.round(read(text.trim(), now) ?? Number.NaN);
	return at >= 0 && !Number.isNaN(new Date(at).getTime()) ? at : undefined;
};

/** As it is typed: of this machine. */
export const momentText = (at: LogRange['since']): string => {
	if (at === undefined) return '';
	const date = new Date(at);
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};
