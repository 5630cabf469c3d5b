// Since when, and until when, a log is read: as docker takes it, and words for what was given.
import type { LogRange } from './log.ts';

const units: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

const duration = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;
const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d(?::\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** `10m` and `1h30m` before now, a date with or without a time (of this machine, unless it says Z), or seconds since 1970. */
export const momentOf = (text: string, now: number): number | undefined => {
	const word = text.trim();
	if (duration.test(word)) {
		const parts = [...word.matchAll(/([\d.]+)(ms|[smhd])/g)];
		return now - parts.reduce((sum, [, value, unit = '']) => sum + Number(value) * (units[unit] ?? 0), 0);
	}
	if (/^\d{9,11}(\.\d+)?$/.test(word)) return Math.round(Number(word) * 1000);
	if (!date.test(word)) return undefined;
	// A date alone would be read as one of UTC.
	const whole = word.replace(' ', 'T');
	const time = whole.includes('T') ? whole.replace(/T(\d\d)($|Z|[+-])/, 'T$1:00$2') : `${whole}T00:00`;
	const at = Date.parse(time);
	return Number.isNaN(at) ? undefined : at;
};

/** As it is typed: of this machine. */
export const momentText = (at: LogRange['since']): string => {
	if (at === undefined) return '';
	const date = new Date(at);
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};
