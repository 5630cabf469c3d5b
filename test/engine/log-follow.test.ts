// Logs of several containers as one stream: nothing waits for ever, whatever the order of the stamps.
import { expect, it, vi } from 'vitest';
import type { LogOptions } from '../../source/engine/contract.ts';
import { followLogs } from '../../source/engine/log/follow.ts';
import type { FollowEvent } from '../../source/model/event.ts';
import type { LogLine } from '../../source/model/items.ts';

const line = (text: string, nanos: number): LogLine => ({
	source: 'stdout',
	text,
	stamp: `2026-11-20T20:05:57.${String(nanos).padStart(9, '0')}Z`,
});

it('tells the last lines also where two of them are the wrong way round', async () => {
	const logs: Readonly<Record<string, readonly LogLine[]>> = {
		one: [line('a', 1), line('b', 4)],
		two: [line('c', 2), line('e', 9), line('d', 7)],
	};
	const engine = {
		logs: async (id: string, { follow }: LogOptions, _: AbortSignal, onLines: (lines: LogLine[]) => void) =>
			follow ? onLines([...(logs[id] ?? [])]) : undefined,
	};
	const events: FollowEvent[] = [];
	const containers = Object.keys(logs).map((id) => ({ id, tty: false, run: 1 }));
	const follow = followLogs(engine, { id: 'project:shop', range: {}, containers }, (event) =>
		events.push(event),
	);
	await vi.waitFor(() => expect(events.filter(({ type }) => type === 'log-ended')).toHaveLength(2));
	follow.stop();
	const lines = events.flatMap((event) => (event.type === 'logged' ? event.lines : []));
	expect(lines.map(({ text, container }) => `${container} ${text}`)).toEqual([
		'one a',
		'two c',
		'one b',
		'two d',
		'two e',
	]);
});
