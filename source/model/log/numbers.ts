// Numbers of a JSON text that would come out of JSON.parse as others: longer than a double, or written in another way.
// They are read as strings with a sign before them that no text on a screen has.

const mark = '\0';

/** Before something is done to all of a text, a quick look for what would be changed. */
const odd = /[[:,]\s*(?:-?(?:\d[\d.]{15}|\d+\.\d*0[\s,\]}]|\d[\d.]*[eE])|-0[\s,\]}])/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const marked = (part: string): string =>
	part.startsWith('"') || String(Number(part)) === part ? part : `"\\u0000${part}"`;

export const parseJson = (text: string): unknown => {
	// It throws where a text only looks like JSON: there, strings could not be told from what is between them.
	const value: unknown = JSON.parse(text);
	return odd.test(text) ? JSON.parse(text.replace(stringOrNumber, marked)) : value;
};

export const isMarkedNumber = (value: unknown): boolean =>
	typeof value === 'string' && value.startsWith(mark);

/** The JSON of what was parsed, with every number as it was written. */
export const writtenJson = (value: unknown): string =>
	JSON.stringify(value).replace(/"\\u0000([\d.eE+-]+)"/g, '$1');
