// Many changes told as one, once they have come to rest.

/** Milliseconds without a change, and the longest that a change waits while others follow. */
const rest = 300;
const longest = 2000;
const mostPaths = 1000;

export type QuietTime = { readonly add: (path: string) => void; readonly end: () => void };

/** Tells at most a thousand of the paths: whoever changes more wants everything looked at anyway. */
export const quietTime = (tell: (paths: string[]) => void): QuietTime => {
	const paths = new Set<string>();
	let timer: NodeJS.Timeout | undefined;
	let since = 0;
	const flush = (): void => {
		timer = undefined;
		const told = [...paths];
		paths.clear();
		tell(told);
	};
	return {
		add: (path) => {
			const now = performance.now();
			if (timer === undefined) since = now;
			clearTimeout(timer);
			if (paths.size < mostPaths) paths.add(path);
			timer = setTimeout(flush, Math.max(0, Math.min(rest, since + longest - now)));
		},
		end: () => clearTimeout(timer),
	};
};
