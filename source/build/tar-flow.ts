// A tar as a stream of Node's: in blocks of some size, and filled no faster than it is read.
import { Readable } from 'node:stream';
import { type Pack, pack } from 'tar-stream';

/** Resolves when more may be packed. */
export type Room = () => Promise<void>;

/** As much as is read and sent at once: a tar of small files is mostly headers of 512 bytes. */
export const block = 64 << 10;

/** What is put into a tar, as a stream that holds it back while nobody reads. */
export const tarOf = (fill: (tar: Pack, room: Room) => Promise<void>): Readable => {
	const tar = pack();
	let filling: Promise<void> | undefined;
	let held: Uint8Array[] = [];
	let length = 0;
	let wait: Promise<void> | undefined;
	let endWait = (): void => {};
	const room = async (): Promise<void> => {
		while (wait !== undefined) await wait;
		if (stream.destroyed) throw new Error('The packing was ended.');
	};
	const stream = new Readable({
		highWaterMark: block,
		read: () => {
			endWait();
			filling ??= fill(tar, room).catch((error) => void stream.destroy(error));
		},
		destroy: (error, done) => {
			tar.destroy();
			endWait();
			// Only now is the file closed that was open.
			Promise.resolve(filling).then(() => done(error));
		},
	});
	const flush = (): void => {
		const hasRoom = stream.push(held.length === 1 ? held[0] : Buffer.concat(held, length));
		held = [];
		length = 0;
		if (hasRoom || wait !== undefined) return;
		wait = new Promise((resolve) => {
			endWait = () => {
				wait = undefined;
				resolve();
			};
		});
	};
	tar.on('data', (data) => {
		const bytes = data as Uint8Array;
		held.push(bytes);
		length += bytes.length;
		if (length >= block) flush();
	});
	tar.on('end', () => {
		if (length > 0) flush();
		stream.push(null);
	});
	tar.on('error', (error: Error) => stream.destroy(error));
	return stream;
};

type Header = Parameters<Pack['entry']>[0];

export const add = async (tar: Pack, header: Header, content: readonly Uint8Array[]): Promise<void> => {
	const { sink, end } = begin(tar, header);
	for (const bytes of content) sink.write(bytes);
	sink.end();
	await end;
};

type Sink = {
	write(bytes: Uint8Array): unknown;
	end(): unknown;
	on(event: 'error', listener: () => void): unknown;
};

export const begin = (tar: Pack, header: Header): { sink: Sink; end: Promise<void> } => {
	let finish = (_error?: Error | null): void => {};
	const end = new Promise<void>((resolve, reject) => {
		finish = (error) => (error ? reject(error) : resolve());
	});
	// Told twice, or to nobody, it would be taken for a bug of the program.
	end.catch(() => {});
	const sink = tar.entry(header, (error) => finish(error)) as unknown as Sink;
	sink.on('error', () => {});
	return { sink, end };
};
