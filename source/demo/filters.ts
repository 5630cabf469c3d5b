// The `filters` query parameter: `{"label":["a=b"]}`, or the older `{"label":{"a=b":true}}`.

import { refuse } from './refusal.ts';

export type Filters = Map<string, string[]>;

export const parseFilters = (text: string | null, known: readonly string[]): Filters => {
	const filters: Filters = new Map();
	if (!text) return filters;
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return refuse(400, `invalid filter: invalid character '${text[0]}' looking for beginning of value`);
	}
	if (typeof parsed !== 'object' || parsed === null) return refuse(400, 'invalid filter');
	for (const [key, value] of Object.entries(parsed)) {
		if (!known.includes(key)) return refuse(400, `invalid filter '${key}'`);
		filters.set(key, Array.isArray(value) ? value.map(String) : Object.keys(Object(value)));
	}
	return filters;
};

/** True when the filter is absent or one of its values passes. */
export const passes = (filters: Filters, key: string, test: (value: string) => boolean): boolean => {
	const values = filters.get(key);
	return !values || values.length === 0 || values.some(test);
};

/** Every `key` or `key=value` must be there, as docker reads several label filters. */
export const passesLabels = (filters: Filters, labels: Record<string, string> | null | undefined): boolean =>
	(filters.get('label') ?? []).every((wanted) => {
		const equals = wanted.indexOf('=');
		if (equals < 0) return labels?.[wanted] !== undefined;
		return labels?.[wanted.slice(0, equals)] === wanted.slice(equals + 1);
	});

export const isTrue = (text: string | null | undefined): boolean =>
	!!text && !['', '0', 'no', 'false', 'none'].includes(text.trim().toLowerCase());
