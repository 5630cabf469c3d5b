// The fields of a line of JSON, nested ones under the path that leads to them.
import { isMarkedNumber, parseJson, writtenJson } from './numbers.ts';

export type Leaf = { readonly key: string; readonly text: string };

/** What is deeper, and a list that is longer, was written to be read by machines: it stays JSON. */
const deepest = 8;
const longestList = 100;
/** A list of words and numbers is one text up to here. */
const shortList = 100;

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isShort = (values: readonly unknown[]): boolean =>
	values.length <= longestList && !values.some(isNested) && writtenJson(values).length <= shortList;

const staysWhole = (value: object, depth: number): boolean =>
	depth > deepest ||
	Object.keys(value).length === 0 ||
	(Array.isArray(value) && (value.length > longestList || isShort(value)));

function* leavesOf(value: unknown, path: string, depth: number): Generator<Leaf> {
	if (!isNested(value)) {
		const text = typeof value === 'string' ? value : String(value);
		return yield { key: path, text: isMarkedNumber(text) ? text.slice(1) : text };
	}
	if (staysWhole(value, depth)) return yield { key: path, text: writtenJson(value) };
	for (const [key, part] of Object.entries(value)) {
		const name = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
		yield* leavesOf(part, name, depth + 1);
	}
}

/** Undefined where it is no JSON object. */
export const jsonLeaves = (text: string): readonly Leaf[] | undefined => {
	const json = text.trim();
	if (!json.startsWith('{') || !json.endsWith('}')) return undefined;
	try {
		return [...leavesOf(parseJson(json), '', 0)];
	} catch {
		return undefined; // It only looks like it, or nobody could look into it.
	}
};
