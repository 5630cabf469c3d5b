// The terminal, or the pipes, of a container's main process, beside whoever else holds them.
import type { Duplex } from 'node:stream';
import { type AttachEnd, attachEnd } from './attach-end.ts';
import { type Call, listLimit, pathPart } from './call.ts';
import type { AttachOptions, Session, Target } from './contract.ts';
import { demux } from './demux.ts';
import { engineError } from './error.ts';
import { detachKeys, type Held, hold } from './hold.ts';
import { worded } from './refusals.ts';
import { resizer } from './resizer.ts';

export async function attach(
	call: Call,
	target: Target,
	options: AttachOptions,
	onOutput: (bytes: Buffer) => void,
): Promise<Session> {
	const end = attachEnd(call, target);
	const { session, letGo } = await openAttach(call, target, { ...options, end }, onOutput);
	try {
		// The engine attaches to a stopped container too, and lets it wait for its start.
		const { isRunning } = await end.state();
		if (!isRunning)
			throw worded(engineError({ statusCode: 409, engineMessage: 'is not running' }), about(target));
	} catch (error) {
		letGo({ how: 'detached' });
		throw error;
	}
	// Another size, if only for a moment, makes a full-screen program draw itself again.
	session.resize({ ...options.size, rows: options.size.rows + 1 });
	session.resize(options.size);
	return session;
}

const about = ({ name }: Target) => ({ verb: 'attach', name });

/** Whatever state the container is in. `end` is forgotten at the end, or when this fails. */
export async function openAttach(
	call: Call,
	target: Target,
	{ tty, stdin, end }: AttachOptions & { readonly end: AttachEnd },
	onOutput: (bytes: Buffer) => void,
): Promise<{ readonly session: Session; readonly letGo: Held['letGo'] }> {
	const id = pathPart(target.id);
	const connected = call(
		about(target),
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
	connected.catch(end.forget);
	const tell = resizer(({ rows: h, columns: w }) =>
		call(about(target), (docker) =>
			docker.getContainer(id).resize({ h, w, abortSignal: AbortSignal.timeout(3000) }),
		),
	);
	let isInputEnded = false;
	const { session, letGo } = hold(await connected, {
		onBytes: tty ? onOutput : demux((_, bytes) => onOutput(bytes)),
		onResize: tty ? tell : () => {},
		meaning: () => end.meaning(isInputEnded),
	});
	session.ended.then(end.forget);
	return {
		session: {
			...session,
			endInput() {
				isInputEnded = true;
				session.endInput();
			},
			async end() {
				session.detach();
				return true;
			},
		},
		letGo,
	};
}
