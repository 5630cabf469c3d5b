// When a line was printed, in the few columns there are for it.
import type { TimeStyle } from '../../model/log/view.ts';
import { calm } from '../../model/words.ts';

const two = (value: number) => String(value).padStart(2, '0');

type Clock = {
	readonly year: number;
	readonly month: number;
	readonly day: number;
	readonly hours: number;
	readonly minutes: number;
	readonly seconds: number;
};

const clockOf = (at: Date, isUtc: boolean): Clock =>
	isUtc
		? {
				year: at.getUTCFullYear(),
				month: at.getUTCMonth(),
				day: at.getUTCDate(),
				hours: at.getUTCHours(),
				minutes: at.getUTCMinutes(),
				seconds: at.getUTCSeconds(),
			}
		: {
				year: at.getFullYear(),
				month: at.getMonth(),
				day: at.getDate(),
				hours: at.getHours(),
				minutes: at.getMinutes(),
				seconds: at.getSeconds(),
			};

/** `12:00:00.123` today, `01-14 12:00` on another day. */
const clockTime = (at: number, now: number, isUtc: boolean): string => {
	const { month, day, hours, minutes, seconds } = clockOf(new Date(at), isUtc);
	const today = clockOf(new Date(now), isUtc);
	const isToday = today.month === month && today.day === day && Math.abs(now - at) < 2 * 86_400_000;
	if (!isToday) return `${two(month + 1)}-${two(day)} ${two(hours)}:${two(minutes)}`;
	return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(at % 1000).padStart(3, '0')}`;
};

/** `20s`, `3m`, `4h`, `5d`: seconds in steps, or a log at rest would cost a frame each second. */
const ago = (passed: number): string => {
	if (passed < calm) return 'now';
	if (passed < 60_000) return `${Math.floor(passed / calm) * 10}s`;
	if (passed < 3_600_000) return `${Math.floor(passed / 60_000)}m`;
	if (passed < 86_400_000) return `${Math.floor(passed / 3_600_000)}h`;
	return `${Math.min(999, Math.floor(passed / 86_400_000))}d`;
};

export const logTime = (stamp: string, style: TimeStyle, now: number): string => {
	const at = Date.parse(stamp);
	if (style === 'off' || Number.isNaN(at)) return '';
	return style === 'relative' ? ago(now - at) : clockTime(at, now, style === 'utc');
};

/** The end of a range: `12:00` and `12:00:10` today, `01-14 12:00` on another day, `12:00Z` in UTC. */
export const momentTime = (at: string | number, now: number, isUtc: boolean): string => {
	const { year, month, day, hours, minutes, seconds } = clockOf(new Date(at), isUtc);
	const today = clockOf(new Date(now), isUtc);
	const isThisYear = today.year === year;
	const isToday = isThisYear && today.month === month && today.day === day;
	const date = isToday ? '' : `${isThisYear ? '' : `${year}-`}${two(month + 1)}-${two(day)} `;
	const clock = `${two(hours)}:${two(minutes)}${isToday && seconds > 0 ? `:${two(seconds)}` : ''}`;
	return `${date}${clock}${isUtc ? 'Z' : ''}`;
};
