// Other terminal programs for containers, as they are at 120×40. All of them move with j and k.
import type { Program } from './program.ts';

const f1 = '\x1bOP';

const peer = (
	name: string,
	rest: Omit<Program, 'name' | 'command' | 'args' | 'quit'> & { quit?: string },
): Program => ({
	name,
	command: name,
	args: [],
	quit: 'q',
	...rest,
});

export const peers: readonly Program[] = [
	peer('lazydocker', {
		list: [0, 0, 40, 40],
		cursor: [0, 0, 39, 10],
		whenEmpty: /Containers/,
		running: /running/,
		stopped: /exited/,
	}),
	peer('ctop', { whenEmpty: /NAME +CID/, running: /▶/ }),
	peer('dry', {
		cursor: [0, 6, 120, 38],
		whenEmpty: /CONTAINER/,
		running: /Up /,
		stopped: /Exited/,
		// four sort orders on, the newest is first
		beforeEvents: [f1, f1, f1, f1],
	}),
	peer('dtop', { cursor: [0, 3, 40, 40], whenEmpty: /Name +CPU/, running: /▶/ }),
	peer('d4s', {
		// it would ask for a newer version of itself
		env: { HTTPS_PROXY: 'http://127.0.0.1:9' },
		list: [0, 7, 120, 38],
		cursor: [0, 8, 120, 38],
		whenEmpty: /containers\[/,
		running: /Up/,
		stopped: /Exited/,
		quit: '\x03',
	}),
	peer('oxker', {
		list: [0, 1, 100, 20],
		cursor: [0, 2, 100, 7],
		span: 4,
		whenEmpty: /no containers running/,
		running: /running/,
		stopped: /exited/,
		beforeEvents: ['1'],
	}),
	peer('ducker', {
		list: [0, 5, 120, 39],
		cursor: [0, 6, 119, 38],
		whenEmpty: /Names/,
		running: /Up /,
		stopped: /Exited/,
	}),
	peer('dockly', {
		list: [0, 0, 100, 19],
		cursor: [0, 0, 99, 19],
		whenEmpty: /Name/,
		running: /./,
		stopped: /✖/,
	}),
];
