// How fast bytes go, over the last seconds.

/** Milliseconds. */
const span = 3000;
const shortest = 300;

/** Told how many there are by now, it answers with bytes a second; undefined while that cannot be told. */
export const createSpeed = () => {
	const marks: { readonly at: number; readonly bytes: number }[] = [];
	return (bytes: number, at: number): number | undefined => {
		marks.push({ at, bytes });
		// The first one may be older than the span: without it a slow start would count for nothing.
		while (marks.length > 2 && at - (marks[1]?.at ?? at) >= span) marks.shift();
		const [first] = marks;
		if (!first || at - first.at < shortest) return undefined;
		return Math.max(0, ((bytes - first.bytes) / (at - first.at)) * 1000);
	};
};
