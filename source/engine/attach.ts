// The terminal, or the pipes, of a container's main process, beside whoever else holds them.
import type { Duplex } from 'node:stream';
import { attachEnd } from './attach-end.ts';
import { type Call, listLimit, pathPart } from './call.ts';
import type { AttachOptions, Session, Target } from './contract.ts';
import { demux } from './demux.ts';
import { engineError } from './error.ts';
import { detachKeys, hold } from './hold.ts';
import { worded } from './refusals.ts';
import { resizer } from './resizer.ts';

export async function attach(
	call: Call,
	target: Target,
	{ tty, stdin, size }: AttachOptions,
	onOutput: (bytes: Buffer) => void,
): Promise<Session> {
	const about = { verb: 'attach', name: target.name };
	const id = pathPart(target.id);
	const socket = await call(
		about,
		async (docker) =>
			(await docker.getContainer(id).attach({
				hijack: true,
				stream: true,
				...(stdin && { stdin }),
				stdout: true,
				stderr: true,
				...(tty && { detachKeys }),
				abortSignal: AbortSignal.timeout(listLimit),
			})) as Duplex,
	);
	const tell = resizer(({ rows: h, columns: w }) =>
		call(about, (docker) => docker.getContainer(id).resize({ h, w, abortSignal: AbortSignal.timeout(3000) })),
	);
	let isInputEnded = false;
	const end = attachEnd(call, target);
	const { session, letGo } = hold(socket, {
		onBytes: tty ? onOutput : demux((_, bytes) => onOutput(bytes)),
		onResize: tty ? tell : () => {},
		meaning: () => end.meaning(isInputEnded),
	});
	session.ended.then(end.forget);

	try {
		// The engine attaches to a stopped container too, and lets it wait for its start.
		const { isRunning } = await end.state();
		if (!isRunning) throw worded(engineError({ statusCode: 409, engineMessage: 'is not running' }), about);
	} catch (error) {
		letGo({ how: 'detached' });
		throw error;
	}
	if (tty) {
		// Another size, if only for a moment, makes a full-screen program draw itself again.
		tell({ ...size, rows: size.rows + 1 });
		tell(size);
	}
	return {
		...session,
		endInput() {
			isInputEnded = true;
			session.endInput();
		},
		async end() {
			session.detach();
			return true;
		},
	};
}
