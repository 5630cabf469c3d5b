// How we learn the pid of what an exec started, as the container sees it: a shell prints it and becomes the program.

const start = '\x1b]777;pid=';
const whole = /^\x1b\]777;pid=(\d{1,10})\x07/;
const unfinished = /^\x1b\]777;pid=\d{0,10}$/;

/** The command that announces its pid and then is `command`. */
export const announced = (shell: string, command: readonly string[]): string[] => [
	shell,
	'-c',
	'printf "\\033]777;pid=%s\\007" $$; exec "$@"',
	shell,
	...command,
];

export type MarkReader = {
	push(bytes: Buffer): void;
	/** Nothing more comes: what was held back is passed on. */
	end(): void;
};

/** Takes the mark off the very front. One that comes later was printed by a program, and is passed on as all else. */
export function markReader(pass: (bytes: Buffer) => void, onPid: (pid: number) => void): MarkReader {
	let held: Buffer | undefined = Buffer.alloc(0);

	function release(rest: Buffer): void {
		held = undefined;
		if (rest.length > 0) pass(rest);
	}

	return {
		push(bytes) {
			if (held === undefined) return pass(bytes);
			held = Buffer.concat([held, bytes]);
			const text = held.toString('latin1', 0, start.length + 11);
			const [mark, pid] = whole.exec(text) ?? [];
			if (mark !== undefined) {
				onPid(Number(pid));
				release(held.subarray(mark.length));
			} else if (!start.startsWith(text) && !unfinished.test(text)) release(held);
		},
		end() {
			if (held !== undefined) release(held);
		},
	};
}
