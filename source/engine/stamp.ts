// Time stamps as engines write them before log lines, compared and told back to them.

/** Docker's own are all as long as each other, so that text order is time order; Podman's are not. */
export function compareStamps(one: string, other: string): number {
	if (one === other) return 0;
	if (one.length === other.length && one.endsWith('Z') && other.endsWith('Z')) return one < other ? -1 : 1;
	const [a, b] = [partsOf(one), partsOf(other)];
	return a.seconds - b.seconds || Number(a.nanos) - Number(b.nanos);
}

/** `seconds.nanos`, the only form all engines take. Milliseconds since the epoch are taken, too. */
export function momentOf(stamp: string | number): string {
	if (typeof stamp === 'number') {
		const at = Math.round(stamp);
		return `${Math.floor(at / 1000)}.${String(at % 1000).padStart(3, '0')}000000`;
	}
	const { seconds, nanos } = partsOf(stamp);
	return `${seconds}.${nanos}`;
}

/** Milliseconds since the epoch. */
export function millisecondsOf(stamp: string): number {
	const { seconds, nanos } = partsOf(stamp);
	return seconds * 1000 + Number(nanos) / 1e6;
}

/** Nanoseconds within a month, of a stamp as docker writes it: all of its digits in one number. */
export function nanosInMonth(stamp: string): number {
	const two = (at: number) => (stamp.charCodeAt(at) - 48) * 10 + stamp.charCodeAt(at + 1) - 48;
	let nanos = 0;
	for (let at = 20; at < 29; at++) {
		const digit = stamp.charCodeAt(at) - 48;
		nanos = nanos * 10 + (digit >= 0 && digit <= 9 ? digit : 0);
	}
	return (((two(8) * 24 + two(11)) * 60 + two(14)) * 60 + two(17)) * 1e9 + nanos;
}

function partsOf(stamp: string): { seconds: number; nanos: string } {
	const [, whole = '', fraction = '', zone = ''] =
		/^([^.]*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(stamp) ?? [];
	const seconds = Date.parse(whole + zone) / 1000;
	return { seconds: Number.isNaN(seconds) ? 0 : seconds, nanos: fraction.slice(0, 9).padEnd(9, '0') };
}
