// From method and path to the handler: tables of `[method, pattern, handler]`, where `:name` is one part and `:name*` may hold slashes.

import type { Handler, Route } from './call.ts';

export type Router = (
	method: string,
	path: string,
) => { handler: Handler; parts: Record<string, string> } | undefined;

const compile = (pattern: string): { expression: RegExp; names: string[] } => {
	const names: string[] = [];
	const source = pattern.replace(/:([a-z]+)(\*?)/gi, (_all, name: string, star: string) => {
		names.push(name);
		return star ? '(.+)' : '([^/]+)';
	});
	return { expression: new RegExp(`^${source}$`), names };
};

export const createRouter = (routes: readonly Route[]): Router => {
	const compiled = routes.map(([method, pattern, handler]) => ({ method, handler, ...compile(pattern) }));
	return (method, path) => {
		for (const { method: wanted, handler, expression, names } of compiled) {
			const match = method === wanted ? expression.exec(path) : null;
			if (!match) continue;
			const parts = Object.fromEntries(
				names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
			);
			return { handler, parts };
		}
		return undefined;
	};
};
