// 10,000 rows in the Ports pane scroll like 40: from a key to the frame that shows it, in this process.
import type { Container } from '../../source/model/items.ts';
import type { State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';
import { frameOf, kept } from '../../source/ui/frame.ts';
import { after, container, listed, now } from '../model/things.ts';
import { summary } from './numbers.ts';

export type PortRows = {
	/** Milliseconds, in the middle of 300 keys. */
	readonly few: number;
	readonly many: number;
	/** Of the slowest in a hundred. */
	readonly manySlow: number;
	/** Until a frame shows that one container of all of them started anew. */
	readonly event: number;
};

const few = 40;
const many = 10_000;
const presses = 300;

const fleet = (count: number): Container[] =>
	Array.from({ length: count }, (_, index) =>
		container(`c${index}`, {
			createdAt: now - index,
			ports: [{ address: '0.0.0.0', hostPort: 10_000 + index * 5, containerPort: 80, protocol: 'tcp' }],
		}),
	);

/** Up and down through the whole list, a row, a page and an end at a time. */
const keys = (press: number) =>
	({
		type: 'moved',
		by: Math.floor(press / 60) % 2 === 0 ? 1 : -1,
		unit: press % 50 === 49 ? 'end' : press % 10 === 9 ? 'page' : 'row',
	}) as const;

const scroll = (initial: State): { readonly middle: number; readonly slow: number } => {
	let state = initial;
	let frame = frameOf(state);
	const times: number[] = [];
	for (let press = 0; press < presses * 2; press++) {
		const beganAt = performance.now();
		state = update(state, keys(press));
		frame = kept(frame, frameOf(state));
		// The first half warms the compiler up.
		if (press >= presses) times.push(performance.now() - beganAt);
	}
	const { p50 = 0, p99 = 0 } = summary(times) ?? {};
	return { middle: p50, slow: p99 };
};

const rowsOf = (count: number): State => after(listed(fleet(count)), { type: 'pane-focused', pane: 'ports' });

export const measurePortRows = (): PortRows => {
	const fewRows = scroll(rowsOf(few));
	const state = rowsOf(many);
	const manyRows = scroll(state);
	const times = Array.from({ length: 20 }, (_, index) => {
		const beganAt = performance.now();
		const [one] = fleet(1);
		const changed = { ...(one as Container), status: `Up ${index} seconds` };
		frameOf(update(state, { type: 'reread', containers: [changed], gone: [], at: now }));
		return performance.now() - beganAt;
	});
	return {
		few: fewRows.middle,
		many: manyRows.middle,
		manySlow: manyRows.slow,
		event: summary(times)?.p50 ?? 0,
	};
};

export const portRowsLine = (): string => {
	const { few: least, many: most, manySlow, event } = measurePortRows();
	const ms = (value: number) => `${value.toFixed(2)} ms`;
	return `Ports, key to frame: ${few} rows ${ms(least)}, ${many} rows ${ms(most)} (p99 ${ms(manySlow)}), ratio ${(most / least).toFixed(2)}; an event among ${many} ${ms(event)}`;
};
