// From an event of the engine to the screen that says so: a container appears, stops, and is gone.
import { apiOn } from './api.ts';
import type { Fleet } from './fleet.ts';
import { between, type Summary, sleep, summary } from './numbers.ts';
import type { Program } from './program.ts';
import { openList } from './startup.ts';

export type Events = {
	/** Milliseconds, of all three together and of each. */
	readonly paint: Summary | undefined;
	readonly appear: Summary | undefined;
	readonly stop: Summary | undefined;
	readonly vanish: Summary | undefined;
	readonly missed: number;
};

// before the fleet by name, and its newest
const name = 'a-bench';
const patience = 3000;

export async function measureEvents(
	program: Program,
	fleet: Fleet,
	homes: string,
	rounds: number,
): Promise<Events> {
	const api = apiOn(fleet.socketPath);
	const seen = new Map<string, number>();
	const closeEvents = await api.events((event, at) => {
		if (event.Actor?.Attributes?.name === name) seen.set(event.Action, at);
	});
	const screen = await openList(program, fleet, homes);
	const row = () => screen.lines(program.list).find((line) => /a-bench/.test(line));
	const times = { appear: [] as number[], stop: [] as number[], vanish: [] as number[] };
	let missed = 0;

	/** Does something, and notes how long after the event it was on the screen. */
	async function note(list: number[], action: string, isShown: () => boolean, act: () => Promise<unknown>) {
		await sleep(between(150, 450));
		seen.delete(action);
		const painted = screen.untilStable(isShown, patience);
		await act();
		const at = await painted;
		// the event of something shown is here, or on its way
		for (let waited = 0; !seen.has(action) && waited < 500; waited += 10) await sleep(10);
		const happened = seen.get(action);
		if (at === undefined || happened === undefined) missed++;
		else list.push(Math.max(0, at - happened));
		return at !== undefined;
	}

	try {
		await sleep(1500);
		for (const key of program.beforeEvents ?? []) {
			screen.write(key);
			await sleep(250);
		}
		for (let round = 0; round < rounds; round++) {
			let id = '';
			const isUp = () => program.running.test(row() ?? '');
			const isDown = () => {
				const line = row();
				return (
					line === undefined || (program.stopped ? program.stopped.test(line) : !program.running.test(line))
				);
			};
			const isShown = await note(times.appear, 'start', isUp, async () => {
				id = await api.create(name);
				await api.start(id);
			});
			if (isShown) await note(times.stop, 'die', isDown, () => api.stop(id));
			// a list of running containers has nothing more to say
			if (row() === undefined) await api.remove(id);
			else
				await note(
					times.vanish,
					'destroy',
					() => row() === undefined,
					() => api.remove(id),
				);
			// it does not refresh by itself
			if (round === 1 && times.appear.length === 0) break;
		}
	} finally {
		await api.remove(name).catch(() => {}); // it is there only if something failed
		closeEvents();
		api.close();
		await screen.close();
	}
	return {
		paint: summary(Object.values(times).flat()),
		appear: summary(times.appear),
		stop: summary(times.stop),
		vanish: summary(times.vanish),
		missed,
	};
}
