// Numbers, sizes, times and states in the words docker uses for them.
import type { Container, ContainerDetail } from './items.ts';

/** A duration in milliseconds as docker words it: `4 minutes`, `About an hour`. */
export const duration = (milliseconds: number): string => {
	const seconds = Math.floor(milliseconds / 1000);
	if (seconds < 1) return 'Less than a second';
	if (seconds === 1) return '1 second';
	if (seconds < 60) return `${seconds} seconds`;
	const minutes = Math.floor(seconds / 60);
	if (minutes === 1) return 'About a minute';
	if (minutes < 60) return `${minutes} minutes`;
	const hours = Math.floor(seconds / 3600 + 0.5);
	if (hours === 1) return 'About an hour';
	if (hours < 48) return `${hours} hours`;
	if (hours < 24 * 14) return `${Math.floor(hours / 24)} days`;
	if (hours < 24 * 60) return `${Math.floor(hours / 24 / 7)} weeks`;
	if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
	return `${Math.floor(Math.floor(seconds / 3600) / 24 / 365)} years`;
};

/** Milliseconds between two wordings of an age of ten seconds to a minute. */
export const calm = 10_000;

/**
 * How long ago something was, for a screen that is looked at all day: seconds move on in steps, and in the same moment for
 * all rows, or ten fresh containers would cost a frame each second.
 */
export const age = (since: number, now: number): string => {
	const passed = Math.max(0, now - since);
	if (passed < calm || passed >= 60_000) return duration(passed);
	return duration(Math.max(calm, Math.floor(now / calm) * calm - since));
};

/** The same for narrow columns: `4 min`, `1 h`. */
export const brief = (words: string): string =>
	words
		.replace('Less than a second', '0 s')
		.replace('About a minute', '1 min')
		.replace('About an hour', '1 h')
		.replace(/ seconds?/, ' s')
		.replace(/ minutes?/, ' min')
		.replace(/ hours?/, ' h')
		.replace(/ days?/, ' d')
		.replace(/ weeks?/, ' wk')
		.replace(/ months?/, ' mo')
		.replace(/ years?/, ' y');

const healthWords = {
	starting: ' (health: starting)',
	healthy: ' (healthy)',
	unhealthy: ' (unhealthy)',
} as const;

/**
 * The status as `docker ps` would word it at `now` (engine's clock). Until the container was inspected, the words of the
 * list, which were right when it was read.
 */
export const status = (container: Container, detail: ContainerDetail | undefined, now: number): string => {
	const { state } = container;
	if (state === 'running' || state === 'paused') {
		if (detail?.startedAt === undefined) return container.status;
		const health = container.health === undefined ? '' : healthWords[container.health];
		return `Up ${age(detail.startedAt, now)}${state === 'paused' ? ' (Paused)' : health}`;
	}
	if (state !== 'exited' || detail?.finishedAt === undefined) return container.status;
	return `Exited (${detail.exitCode}) ${age(detail.finishedAt, now)} ago`;
};

const scaled = (bytes: number, base: number, units: readonly string[], digits: number): string => {
	let value = bytes;
	let unit = 0;
	while (value >= base && unit < units.length - 1) {
		value /= base;
		unit++;
	}
	return `${Number(value.toPrecision(digits))}${units[unit]}`;
};

/** Decimal units, three digits, as `docker images` has them: `922MB`. */
export const size = (bytes: number): string => scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB'], 3);

/** Binary units, four digits, as `docker stats` has memory: `12.41MiB`. */
export const memory = (bytes: number): string =>
	scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'], 4);

/** Memory in a narrow column: `12.4M`. */
export const memoryBrief = (bytes: number): string => scaled(bytes, 1024, ['B', 'K', 'M', 'G', 'T', 'P'], 3);

export const percent = (value: number): string => `${value.toFixed(value >= 99.95 ? 0 : 1)}%`;

/** The twelve digits docker prints of an id. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

/** `12,345`. `toLocaleString` loads the world's languages for it: 12 ms and 9 MB, once. */
export const grouped = (count: number): string => `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ',');

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The last `columns` values as bars from zero to the highest of them. */
export const sparkline = (values: readonly number[], columns: number): string => {
	const shown = values.slice(-columns);
	const top = Math.max(...shown, Number.EPSILON);
	return shown.map((value) => bars[Math.min(7, Math.max(0, Math.floor((value / top) * 7.999)))]).join('');
};

const namePart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const reference = new RegExp(
	`^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\\d+)?/)?${namePart}(?:/${namePart})*(?::\\w[\\w.-]{0,127})?$`,
);

/** As docker reads the name of an image: a host, names between slashes, a version. */
export const isReference = (text: string): boolean => reference.test(text);

/** A word as a POSIX shell reads it back. */
export const shellWord = (word: string): string =>
	/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
