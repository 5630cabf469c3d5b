// Tells by its first bytes what a member of an archive is, and takes off what it is compressed with.
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { blockSize, isEmptyBlock, readHeader } from './tar-header.ts';
import type { Sink } from './tar-reader.ts';

export type Form = 'tar' | 'gzip' | 'zstd' | 'json' | 'other';

const formOf = (head: Buffer): Form => {
	if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
	if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
	if (head.length >= blockSize && (isEmptyBlock(head) || readHeader(head) !== undefined)) return 'tar';
	return /^\s*[[{]/.test(head.toString('latin1')) ? 'json' : 'other';
};

/** Waits until enough of it is there to know what it is. */
export const told = (open: (form: Form) => Sink | undefined): Sink => {
	const head = Buffer.alloc(blockSize);
	let length = 0;
	let sink: Sink | undefined;
	let isOpen = false;
	const begin = (): void => {
		isOpen = true;
		const known = head.subarray(0, length);
		sink = open(formOf(known));
		sink?.write(known);
	};
	return {
		write: (bytes) => {
			let at = 0;
			if (!isOpen) {
				at = bytes.copy(head, length);
				length += at;
				if (length === blockSize) begin();
			}
			if (isOpen && at < bytes.length) sink?.write(at === 0 ? bytes : bytes.subarray(at));
		},
		end: () => {
			if (!isOpen) begin();
			sink?.end();
		},
	};
};

/** Decompressors at work: they take their time, so that whoever feeds them has to wait now and then. */
export type Works = { readonly waits: Set<Promise<void>>; readonly streams: Set<Transform> };

export const newWorks = (): Works => ({ waits: new Set(), streams: new Set() });

export const settle = async ({ waits }: Works): Promise<void> => {
	while (waits.size > 0) await Promise.all(waits);
};

/** Undefined: this Node does not know the compression. */
export const decompressor = (form: 'gzip' | 'zstd'): Transform | undefined => {
	const options = { chunkSize: 64 << 10 };
	if (form === 'gzip') return zlib.createGunzip(options);
	// Only Node 22.15 and newer have it.
	const { createZstdDecompress } = zlib as { createZstdDecompress?: (wish: typeof options) => Transform };
	return createZstdDecompress?.(options);
};

export const decompressed = (stream: Transform, target: Sink, works: Works, onFailure: () => void): Sink => {
	let wake = (): void => {};
	let hasFailed = false;
	works.streams.add(stream);
	stream.on('data', target.write);
	stream.on('drain', () => wake());
	stream.on('error', () => {
		hasFailed = true;
	});
	stream.on('close', () => {
		works.streams.delete(stream);
		wake();
	});
	const wait = (): Promise<void> => {
		const waited: Promise<void> = new Promise<void>((resolve) => {
			wake = resolve;
		}).finally(() => works.waits.delete(waited));
		works.waits.add(waited);
		return waited;
	};
	return {
		write: (bytes) => {
			if (!stream.destroyed && !stream.write(bytes) && works.waits.size === 0) wait();
		},
		end: () => {
			const finish = (): void => {
				target.end();
				if (hasFailed) onFailure();
			};
			if (stream.destroyed) return finish();
			wake();
			stream.removeAllListeners('drain');
			wait().then(finish);
			stream.end();
		},
	};
};
