// An existing container made anew from another wish. Whatever goes wrong, the old one is there again as it was.
import type { Engine, Target } from '../engine/contract.ts';
import { EngineError } from '../engine/error.ts';
import { runWishOf } from '../engine/run-wish.ts';
import type { RunWish } from '../model/run.ts';

type Recreating = Pick<
	Engine,
	'stop' | 'start' | 'pause' | 'rename' | 'remove' | 'create' | 'inspect' | 'inspectImage'
>;

/**
 * The new one has the name of the wish, or else the old one's. It is made before the old one is stopped, so that what is
 * refused costs no pause, and anonymous volumes are never without an owner.
 */
export const recreate = async (
	engine: Recreating,
	target: Target,
	wish: RunWish,
	{ wasRunning, wasPaused = false }: { readonly wasRunning: boolean; readonly wasPaused?: boolean },
): Promise<{ readonly id: string }> => {
	const name = wish.name || target.name;
	const old: Target = { id: target.id, name: `${target.name}-before-${target.id.slice(0, 8)}` };
	// One with --rm is gone as soon as it is stopped.
	const substitute = wasRunning ? await substituteOf(engine, target) : undefined;
	let made: Target | undefined;
	let isStopped = false;
	await engine.rename(target, old.name);
	try {
		made = { id: (await engine.create({ ...wish, name })).id, name };
		if (wasRunning) {
			isStopped = true;
			await engine.stop(old);
			await engine.start(made);
		}
	} catch (error) {
		const end = await undone(engine, { target, old, made, isStopped, wasPaused, substitute });
		throw withEnd(error, end);
	}
	try {
		if (!(substitute && isStopped)) await engine.remove(old, { force: true, volumes: false });
	} catch (error) {
		throw withEnd(error, `The new ${name} is there, and the old one is now ${old.name}: remove it (d).`);
	}
	return { id: made.id };
};

type Begun = {
	readonly target: Target;
	readonly old: Target;
	readonly made: Target | undefined;
	readonly isStopped: boolean;
	readonly wasPaused: boolean;
	readonly substitute: RunWish | undefined;
};

const substituteOf = async (engine: Recreating, target: Target): Promise<RunWish | undefined> => {
	const { raw, autoRemove } = await engine.inspect(target.id);
	if (!autoRemove) return undefined;
	const image = await engine.inspectImage(String(raw.Image ?? '')).catch(() => undefined);
	return runWishOf(raw, image?.raw);
};

/** Tells how it is now. */
const undone = async (engine: Recreating, begun: Begun): Promise<string> => {
	const { target, old, made, isStopped, wasPaused, substitute } = begun;
	const { name } = target;
	const rid = (): Promise<unknown> =>
		made === undefined ? Promise.resolve() : engine.remove(made, { force: true, volumes: true });
	if (substitute !== undefined && isStopped) {
		// Before the new one goes: its volumes must not be without an owner while the engine removes the old one.
		const again = async (): Promise<void> => {
			const spare = `${old.name}-again`;
			const { id } = await engine.create({ ...substitute, name: spare });
			await rid();
			await engine.rename({ id, name: spare }, name);
			await engine.start({ id, name });
			if (wasPaused) await engine.pause({ id, name });
		};
		return (await worked(again()))
			? `The old ${name}, which had --rm, was made again as it was.`
			: `The old ${name} had --rm, is gone, and could not be made again.`;
	}
	const isRid = await worked(rid());
	if (!isRid || !(await worked(engine.rename(old, name)))) {
		return `The old one is still there, as ${old.name}: remove the new ${made?.name ?? name}, and rename it back (R).`;
	}
	if (isStopped && !(await worked(engine.start(target)))) {
		return `The old ${name} is back, but could not be started again: start it (s).`;
	}
	if (isStopped && wasPaused && !(await worked(engine.pause(target)))) {
		return `The old ${name} is back and runs, but could not be paused again: pause it (p).`;
	}
	return `The old ${name} is back as it was.`;
};

const worked = (doing: Promise<unknown>): Promise<boolean> =>
	doing.then(
		() => true,
		() => false,
	);

const withEnd = (error: unknown, end: string): unknown =>
	error instanceof EngineError ? new EngineError(`${error.message} ${end}`, error) : error;
