// A session with an engine that does nothing but write down what it is told. It prints and ends when the test says so.
import type { Session, SessionEnd, StartedExec } from '../../source/engine/contract.ts';
import type { Size } from '../../source/model/items.ts';

export type FakeSession = {
	readonly session: Session;
	/** Of the container. */
	readonly name: string;
	/** The size it was opened with. */
	readonly size: Size;
	print(text: string | Buffer): void;
	end(end: SessionEnd): void;
	/** Everything that was written to it, as one text. */
	typed(): string;
	/** All else that it was told, in order: `resize 80×24`, `pause`, `end` … */
	readonly told: readonly string[];
	/** What ending it answers with from now on. */
	answer(isOver: boolean | Error): void;
};

export const fakeSession = (
	name: string,
	size: Size,
	onOutput: (bytes: Buffer) => void,
	started?: StartedExec,
): FakeSession => {
	let settle: (end: SessionEnd) => void = () => {};
	const ended = new Promise<SessionEnd>((resolve) => {
		settle = resolve;
	});
	const told: string[] = [];
	const written: Buffer[] = [];
	let isOver: boolean | Error = true;
	return {
		name,
		size,
		told,
		session: {
			...(started && { started }),
			write: (bytes) => void written.push(Buffer.from(bytes)),
			endInput: () => void told.push('end of input'),
			resize: ({ columns, rows }) => void told.push(`resize ${columns}×${rows}`),
			pause: () => void told.push('pause'),
			resume: () => void told.push('resume'),
			ended,
			detach: () => {
				told.push('detach');
				settle({ how: 'detached' });
			},
			end: async () => {
				told.push('end');
				settle(started ? { how: 'exited' } : { how: 'detached' });
				if (isOver instanceof Error) throw isOver;
				return isOver;
			},
		},
		print: (text) => onOutput(Buffer.from(text)),
		end: (end) => settle(end),
		typed: () => Buffer.concat(written).toString(),
		answer: (next) => {
			isOver = next;
		},
	};
};
