// A container that was created, from its start to its exit, with its terminal or its pipes.
import { openAttach } from './attach.ts';
import { attachEnd } from './attach-end.ts';
import { type Engaged, pathPart, wordedFor } from './call.ts';
import type { Session, Sessions, Target } from './contract.ts';
import { waitForExit } from './wait-for-exit.ts';

export async function run(
	{ wire, prefix, call }: Engaged,
	target: Target,
	{ isRemoved, ...options }: Parameters<Sessions['run']>[1],
	onOutput: (bytes: Buffer) => void,
): Promise<Session> {
	const about = { verb: 'start', name: target.name };
	const id = pathPart(target.id);
	const condition = isRemoved ? 'removed' : 'next-exit';
	// All that listens does so before the start, or it would miss what is short.
	const wait = await wordedFor(about, () =>
		waitForExit(wire, `${prefix}/containers/${id}/wait?condition=${condition}`),
	);
	try {
		const end = attachEnd(call, target, wait.code);
		const { session, letGo } = await openAttach(call, target, { ...options, end }, onOutput);
		session.ended.then(wait.close);
		try {
			await call(about, (docker) => docker.getContainer(id).start());
		} catch (error) {
			letGo({ how: 'detached' });
			throw error;
		}
		session.resize(options.size);
		return session;
	} catch (error) {
		wait.close();
		throw error;
	}
}
