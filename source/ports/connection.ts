// One connection to a port: opened, listened to for a moment, asked once, and closed, whatever comes back.
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** Bytes that are read of an answer at most. */
const mostBytes = 64 << 10;

export type Opened =
	| { readonly socket: Socket; readonly milliseconds: number }
	/** `ETIMEDOUT` when the signal came first. */
	| { readonly code: string; readonly message: string };

/** `signal` ends the connection, too. */
export const open = (
	{ host, port }: { readonly host: string; readonly port: number },
	isTls: boolean,
	signal: AbortSignal,
	protocols?: readonly string[],
): Promise<Opened> =>
	new Promise((resolve) => {
		const beganAt = performance.now();
		const socket = isTls
			? connectTls({
					host,
					port,
					// Whom nobody trusts is looked at all the same, and said to be that.
					rejectUnauthorized: false,
					...(protocols ? { ALPNProtocols: [...protocols] } : {}),
					...(isIP(host) ? {} : { servername: host }),
				})
			: connectPlain({ host, port });
		const abort = () => {
			socket.destroy();
			resolve({ code: 'ETIMEDOUT', message: 'no answer in time' });
		};
		if (signal.aborted) return abort();
		signal.addEventListener('abort', abort, { once: true });
		socket.once('close', () => {
			signal.removeEventListener('abort', abort);
			resolve({ code: 'ECLOSED', message: 'the connection was closed' });
		});
		socket.on('error', (error: NodeJS.ErrnoException) =>
			resolve({ code: error.code ?? 'EUNKNOWN', message: error.message }),
		);
		socket.once(isTls ? 'secureConnect' : 'connect', () =>
			resolve({ socket, milliseconds: performance.now() - beganAt }),
		);
	});

export type Heard = {
	readonly bytes: Buffer;
	/** The other side closed it, or broke it off. */
	readonly isClosed: boolean;
	/** Of the error that broke it off. */
	readonly code?: string;
	/** The time was over first. */
	readonly isLate: boolean;
	/** Milliseconds until the first byte. */
	readonly firstAfter: number;
};

/** What comes until it closes, `isEnough`, the time is over (0: only the signal ends it), or 64 KiB were read. */
export const hear = (
	socket: Socket | TLSSocket,
	milliseconds: number,
	signal: AbortSignal,
	isEnough: (bytes: Buffer) => boolean = () => false,
): Promise<Heard> =>
	new Promise((resolve) => {
		const beganAt = performance.now();
		let bytes: Buffer = Buffer.alloc(0);
		let firstAfter = 0;
		let code: string | undefined;
		const timer = milliseconds > 0 ? setTimeout(() => end('late'), milliseconds) : undefined;
		const end = (why: 'enough' | 'closed' | 'late') => {
			clearTimeout(timer);
			socket.off('data', more).off('end', closed).off('close', closed).off('error', failed);
			signal.removeEventListener('abort', aborted);
			resolve({
				bytes,
				isClosed: why === 'closed',
				isLate: why === 'late',
				firstAfter,
				...(code === undefined ? {} : { code }),
			});
		};
		const closed = () => end('closed');
		const aborted = () => end('late');
		const failed = (error: NodeJS.ErrnoException) => {
			code = error.code;
		};
		const more = (chunk: Buffer) => {
			if (bytes.length === 0) firstAfter = performance.now() - beganAt;
			bytes = Buffer.concat([bytes, chunk]).subarray(0, mostBytes);
			if (bytes.length >= mostBytes || isEnough(bytes)) end('enough');
		};
		if (socket.destroyed || signal.aborted) return end(socket.destroyed ? 'closed' : 'late');
		signal.addEventListener('abort', aborted, { once: true });
		socket.on('data', more).on('error', failed).once('end', closed).once('close', closed);
	});
