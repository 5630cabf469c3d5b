// How docker words times and sizes.

/** Docker's HumanDuration: `About a minute`, `4 minutes`, `2 hours`. */
export const humanDuration = (ms: number): string => {
	const seconds = Math.floor(Math.max(0, ms) / 1000);
	if (seconds < 1) return 'Less than a second';
	if (seconds === 1) return '1 second';
	if (seconds < 60) return `${seconds} seconds`;
	const minutes = Math.floor(seconds / 60);
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	const hours = Math.floor(seconds / 3600 + 0.5);
	if (hours === 1) return 'About an hour';
	if (hours < 48) return `${hours} hours`;
	if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
	if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
	if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
	return `${Math.floor(hours / 24 / 365)} years`;
};

/** Docker's HumanSize with three digits: `12.3MB`. */
export const humanSize = (bytes: number): string => {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let size = bytes;
	let unit = 0;
	while (size >= 1000 && unit < units.length - 1) {
		size /= 1000;
		unit++;
	}
	return `${Number(size.toPrecision(4))}${units[unit]}`;
};

export const zeroTime = '0001-01-01T00:00:00Z';

/** RFC 3339 without trailing zeros, as Go writes a time in JSON; 0 is Go's zero time. */
export const goTime = (ms: number): string => {
	if (ms === 0) return zeroTime;
	return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
};

/** RFC 3339 with exactly nine digits, as log lines carry it. */
export const logTime = (nanos: bigint): string => {
	const seconds = Number(nanos / 1_000_000_000n);
	const rest = String(nanos % 1_000_000_000n).padStart(9, '0');
	return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${rest}Z`;
};

/** `1700000000.000000123`, as since and until are written; undefined when it is no time. */
export const parseStamp = (text: string): bigint | undefined => {
	const match = /^(-?\d{1,15})(?:\.(\d{1,9}))?$/.exec(text);
	if (!match?.[1]) return undefined;
	return BigInt(match[1]) * 1_000_000_000n + BigInt((match[2] ?? '0').padEnd(9, '0'));
};
