// One transfer from its wish to its end: asks the engine, reads or writes the file, and tells how it goes, calmly.
import type { Engine, RegistryCredentials } from '../engine/contract.ts';
import { EngineError, told } from '../engine/error.ts';
import { elapsedOf, seconds } from '../model/builds.ts';
import { isMoving, type Transfer } from '../model/transfers.ts';
import { hostOf, registryOf } from '../registry/names.ts';
import { type Around, openFile, placeOf, writeFile } from './files.ts';
import { createProgress } from './progress.ts';
import { createSpeed } from './speed.ts';
import { type TransferWish, wordsFor } from './wish.ts';

/** Milliseconds between two looks at a transfer that is under way. */
const pace = 100;

export type RunGiven = Around & {
	readonly engine: () => Engine | undefined;
	readonly now: () => number;
	/** Writes a docker line into the journal; what it returns writes how it ended. */
	readonly record: (line: string, doing: string) => (outcome: 'done' | 'failed', message: string) => void;
	/** For a reference of an image. A problem is a sentence, and no reason to give up. */
	readonly credentials: (
		reference: string,
	) => Promise<{ readonly credentials?: RegistryCredentials; readonly problem?: string }>;
};

export type Run = {
	transfer(): Transfer;
	cancel(): void;
	/** Never rejects: a failure is in the transfer. */
	readonly ended: Promise<Transfer>;
};

/** Where the bytes of a file are counted. */
type Meter = { readonly current: () => number; readonly total?: number };

export const startRun = (
	begun: Transfer,
	wish: TransferWish,
	given: RunGiven & { readonly onChange: (transfer: Transfer) => void },
): Run => {
	const { engine, now, record, credentials } = given;
	const end = new AbortController();
	const { signal } = end;
	const progress = createProgress(wish.kind);
	const speed = createSpeed();
	let transfer = begun;
	let meter: Meter | undefined;
	let isNews = false;
	/** Why there were no credentials to try. */
	let loginProblem: string | undefined;

	const change = (news: Partial<Transfer>): void => {
		transfer = { ...transfer, ...news };
		given.onChange(transfer);
	};
	const tell: Parameters<Engine['load']>[2] = (news) => {
		isNews = true;
		progress.tell(news);
	};

	const ofFile = ({ current, total }: Meter): Partial<Transfer> => {
		const read = Math.max(transfer.current, current());
		if (total === undefined) return { current: read };
		// It may grow while it is read.
		const all = Math.max(total, read);
		return { current: read, total: all, ...(all > 0 && { share: read / all }) };
	};

	const drawn = (isDone: boolean): Partial<Transfer> => {
		const { isTotalLeast: _, ...rest } = transfer;
		transfer = rest;
		return { ...progress.drawn(isDone), ...(meter && ofFile(meter)), ...(isDone && { share: 1 }) };
	};

	const draw = (): void => {
		const fast = speed(meter ? meter.current() : transfer.current, now());
		const rounded = fast === undefined ? undefined : Math.round(fast);
		const isRead = meter !== undefined && meter.current() !== transfer.current;
		if (!isNews && !isRead && rounded === transfer.speed) return;
		isNews = false;
		change({ ...drawn(false), ...(rounded !== undefined && { speed: rounded }) });
	};

	const login = async (reference: string): Promise<{ credentials?: RegistryCredentials }> => {
		const found = await credentials(reference);
		loginProblem = found.problem;
		return found.credentials ? { credentials: found.credentials } : {};
	};

	const fromFile = async (
		path: string,
		send: (file: Awaited<ReturnType<typeof openFile>>['file']) => Promise<void>,
	): Promise<void> => {
		const { file, size, broken } = await openFile(placeOf(path, given));
		meter = { current: () => file.bytesRead, total: size };
		try {
			await send(file);
		} catch (error) {
			throw broken() ?? error;
		} finally {
			file.destroy();
		}
	};

	/** False: it was cancelled in time. */
	const carryOut = async (through: Engine): Promise<boolean> => {
		switch (wish.kind) {
			case 'pull': {
				const { reference, platform } = wish;
				const options = { ...(platform !== undefined && { platform }), ...(await login(reference)) };
				if (!signal.aborted) await through.pull(reference, options, signal, tell);
				break;
			}
			case 'push': {
				const options = await login(wish.reference);
				if (!signal.aborted) await through.push(wish.reference, options, signal, tell);
				break;
			}
			case 'save': {
				const open = () => through.save(wish.names, signal);
				await writeFile(placeOf(wish.path, given), open, signal, (written) => {
					meter = { current: written };
				});
				return true;
			}
			case 'load':
				await fromFile(wish.path, (file) => through.load(file, signal, tell));
				break;
			case 'import': {
				const { reference, message, changes } = wish;
				const options = {
					reference,
					...(message !== undefined && { message }),
					...(changes !== undefined && { changes }),
				};
				await fromFile(wish.path, (file) => through.importImage(file, options, signal, tell));
			}
		}
		return !signal.aborted || progress.isComplete();
	};

	const failed = (error: unknown): Partial<Transfer> => {
		const wantsLogin =
			error instanceof EngineError && error.code === 'ELOGIN' && 'reference' in wish
				? hostOf(registryOf(wish.reference))
				: undefined;
		const failure = [told(error), ...(loginProblem === undefined ? [] : [loginProblem])].join(' ');
		return { status: 'failed', failure, ...(wantsLogin !== undefined && { wantsLogin }) };
	};

	const outcome = async (): Promise<Partial<Transfer>> => {
		const through = engine();
		if (!through) return { status: 'failed', failure: 'The engine does not answer.' };
		try {
			return { status: (await carryOut(through)) ? 'done' : 'cancelled' };
		} catch (error) {
			return signal.aborted ? { status: 'cancelled' } : failed(error);
		}
	};

	const run = async (): Promise<Transfer> => {
		const recorded = record(transfer.line, wordsFor[wish.kind].doing);
		const timer = setInterval(draw, pace);
		const news = await outcome();
		clearInterval(timer);
		const isDone = news.status === 'done';
		const last = drawn(isDone);
		const { speed: _, ...rest } = transfer;
		transfer = rest;
		change({ ...last, ...news, endedAt: now() });
		const { title, failure, outcome: came = '' } = transfer;
		const { noun, done } = wordsFor[wish.kind];
		const time = seconds(elapsedOf(transfer, now()));
		// What was loaded names itself.
		const what = came.startsWith(`${done} `) ? came : `${done} ${title}`;
		const more = came.startsWith(done) ? '' : ` · ${came}`;
		if (isDone) recorded('done', `${what}${more} · ${time}`);
		else recorded('failed', failure ?? `the ${noun} ${title} was cancelled`);
		return transfer;
	};

	return {
		transfer: () => transfer,
		cancel: () => {
			if (!isMoving(transfer) || signal.aborted) return;
			change({ status: 'cancelling' });
			end.abort();
		},
		// Whoever started it knows it first.
		ended: Promise.resolve().then(run),
	};
};
