// Reads values out of an engine's JSON without believing it: any field may be absent, null or of another type.

export type Json = Readonly<Record<string, unknown>>;

export const record = (value: unknown): Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** `null` is docker's way to write an empty list. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const records = (value: unknown): Json[] => list(value).map(record);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === 'string');

export const number = (value: unknown): number =>
	typeof value === 'number' && Number.isFinite(value) ? value : 0;

/** Milliseconds of an RFC 3339 time; undefined for docker's zero time, which is in the year 1. */
export function time(value: unknown): number | undefined {
	const at = Date.parse(text(value));
	return Number.isNaN(at) || at <= 0 ? undefined : at;
}
