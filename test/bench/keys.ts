// From a key to the cursor's new place, and how long the cursor goes on after a held key.
import { type Fleet, fleetRow } from './fleet.ts';
import { between, type Summary, sleep, summary } from './numbers.ts';
import type { Program } from './program.ts';
import type { Screen } from './screen.ts';
import { openList } from './startup.ts';

export type Keys = {
	/** Milliseconds. */
	readonly paint: Summary | undefined;
	readonly heldLag: Summary | undefined;
	/** Frames of 60 presses. */
	readonly heldFrames: number;
	readonly cpuPerPress: number;
	readonly bytesPerPress: number;
	readonly missed: number;
	/** Changes of the watched cells per second with no key pressed: near 0, or the wrong cells are watched. */
	readonly noise: number;
};

const heldPresses = 60;
const heldRate = 30;

export async function measureKeys(
	program: Program,
	fleet: Fleet,
	homes: string,
	presses: number,
	holds: number,
): Promise<Keys> {
	const screen = await openList(program, fleet, homes);
	try {
		await sleep(2000);
		const rows = screen.lines(program.list).filter((line) => fleetRow.test(line)).length;
		const span = Math.max(1, Math.min(program.span ?? 8, rows - 1));
		const noise = (await moves(screen, program, () => sleep(1500))).count / 1.5;

		const cpu = screen.cpu();
		const bytes = screen.bytes;
		const times: number[] = [];
		for (let press = 0; press < presses; press++) {
			const at = performance.now();
			const painted = await paintAfter(screen, program, press, span);
			if (painted !== undefined) times.push(painted - at);
			const spent = performance.now() - at;
			await sleep(between(80, 200) - spent);
		}
		const cost = { cpu: (screen.cpu() - cpu) / presses, bytes: (screen.bytes - bytes) / presses };

		const lags: number[] = [];
		let frames = 0;
		for (let hold = 0; hold < holds; hold++) {
			await sleep(400);
			let lastPress = 0;
			const { last, count } = await moves(screen, program, async () => {
				const start = performance.now();
				for (let press = 0; press < heldPresses; press++) {
					await sleep(start + (press * 1000) / heldRate - performance.now());
					lastPress = performance.now();
					screen.write(keyOf(press, span));
				}
				await sleep(700);
			});
			lags.push(Math.max(0, last - lastPress));
			frames += count / holds;
		}
		return {
			paint: summary(times),
			heldLag: summary(lags),
			heldFrames: frames,
			cpuPerPress: cost.cpu,
			bytesPerPress: cost.bytes,
			missed: presses - times.length,
			noise,
		};
	} finally {
		await screen.close();
	}
}

/** Down so many rows, up again, and so on. */
const keyOf = (press: number, span: number) => (Math.floor(press / span) % 2 === 0 ? 'j' : 'k');

/** When the cursor was in its new place; undefined if it is not seen there. */
export async function paintAfter(
	screen: Screen,
	program: Program,
	press: number,
	span: number,
): Promise<number | undefined> {
	const before = screen.colors(program.cursor);
	const painted = screen.until(() => screen.colors(program.cursor) !== before, 1500);
	screen.write(keyOf(press, span));
	return await painted;
}

/** How often the watched cells change meanwhile, and when they last did. */
async function moves(
	screen: Screen,
	program: Program,
	act: () => Promise<void>,
): Promise<{ count: number; last: number }> {
	let seen = screen.colors(program.cursor);
	let last = 0;
	let count = 0;
	const leave = screen.onPaint((at) => {
		const now = screen.colors(program.cursor);
		if (now === seen) return;
		seen = now;
		last = at;
		count++;
	});
	await act();
	leave();
	return { count, last };
}
