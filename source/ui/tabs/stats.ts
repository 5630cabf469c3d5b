// The Stats tab: what a container uses now, and how that went in the last two minutes.
import type { Sample } from '../../model/items.ts';
import type { State } from '../../model/state.ts';
import { fit } from '../../model/text.ts';
import { memory, percent, size, sparkline } from '../../model/words.ts';
import { paint } from '../paint.ts';

/** Increase per second between neighbours. A counter that fell began again with its container. */
const rates = (samples: readonly Sample[], value: (sample: Sample) => number): number[] =>
	samples.slice(1).map((sample, index) => {
		const past = samples[index];
		const seconds = past ? (sample.at - past.at) / 1000 : 0;
		return past && seconds > 0 ? Math.max(0, value(sample) - value(past)) / seconds : 0;
	});

/** Quiet, but for the newest. */
const bars = (line: string, columns: number): string =>
	paint.dim(line.slice(0, -1)) +
	paint.accent(line.slice(-1)) +
	' '.repeat(Math.max(0, columns - line.length));

export const statLines = (state: State, id: string, columns: number): string[] => {
	const container = state.containers.get(id);
	const samples = state.known.samples.get(id) ?? [];
	const now = samples.at(-1);
	if (container?.state !== 'running' && container?.state !== 'paused')
		return [paint.dim(fit('It is not running, so it uses nothing.', columns))];
	if (!now) return [paint.dim(fit('Waiting for the first sample…', columns))];

	const chart = (label: string, value: string, values: readonly number[]) => [
		`${paint.strong(fit(label, 12))}${fit(value, columns - 12)}`,
		bars(sparkline(values, columns), columns),
		' '.repeat(columns),
	];
	const rate = (values: readonly number[]) => `${size(values.at(-1) ?? 0)}/s`;
	const [received, sent, read, written] = [
		rates(samples, (sample) => sample.received),
		rates(samples, (sample) => sample.sent),
		rates(samples, (sample) => sample.read),
		rates(samples, (sample) => sample.written),
	];
	const share =
		now.memoryLimit > 0
			? ` / ${memory(now.memoryLimit)}  ${percent((now.memory / now.memoryLimit) * 100)}`
			: '';
	return [
		...chart(
			'CPU',
			now.cpu === undefined
				? '—'
				: `${now.cpu.toFixed(2)}%  peak ${Math.max(...samples.map(({ cpu }) => cpu ?? 0)).toFixed(2)}%`,
			samples.map(({ cpu }) => cpu ?? 0),
		),
		...chart(
			'Memory',
			`${memory(now.memory)}${share}`,
			samples.map((sample) => sample.memory),
		),
		...chart('Net in', `${rate(received)}  ${size(now.received)} in all`, received),
		...chart('Net out', `${rate(sent)}  ${size(now.sent)} in all`, sent),
		...chart('Disk read', `${rate(read)}  ${size(now.read)} in all`, read),
		...chart('Disk write', `${rate(written)}  ${size(now.written)} in all`, written),
		`${paint.strong(fit('Processes', 12))}${fit(`${now.processes}`, columns - 12)}`,
	];
};
