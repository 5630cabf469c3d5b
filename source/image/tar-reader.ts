// Takes a tar apart while it comes in, and keeps nothing of it. Hostile tars end in a sentence: tar-stream, which the
// packing uses, would keep a header of any length, and makes a stream for each of a layer's many files.
import {
	blockSize,
	type ExtraType,
	type Header,
	isEmptyBlock,
	isSize,
	type MemberType,
	readHeader,
	readPax,
} from './tar-header.ts';

export type Member = Omit<Header, 'type'> & { readonly type: MemberType };

/** Where bytes go. What it is given is to be used at once or copied. */
export type Sink = { write(bytes: Buffer): void; end(): void };

export type TarReader = Sink & {
	/** Why it reads no further: what came is no tar. */
	readonly problem: string | undefined;
	/** All members that have begun have ended. */
	readonly isWhole: boolean;
	/** The mark of its end was there; what comes after it means nothing. */
	readonly hasEnded: boolean;
};

/** Go's library takes no longer ones. */
const longestExtra = 1 << 20;

/** Members without bytes, whatever size they claim. */
const bare: ReadonlySet<string> = new Set(['link', 'hard-link', 'device', 'folder', 'pipe']);

const isExtra = (type: Header['type']): type is ExtraType =>
	type === 'pax' || type === 'pax-for-all' || type === 'long-name' || type === 'long-link';

type Extra = { name?: string; linkTarget?: string; size?: number };

/** `onMember` answers with where the member's bytes shall go, if anywhere. */
export const readTar = (onMember: (member: Member) => Sink | undefined): TarReader => {
	const block = Buffer.alloc(blockSize);
	let filled = 0;
	/** Of the member, and of what fills its last block. */
	let left = 0;
	let padding = 0;
	let sink: Sink | undefined;
	let extra: Extra = {};
	let hasExtra = false;
	let emptyBlocks = 0;
	let hasEnded = false;
	let problem: string | undefined;

	const collect = (type: ExtraType, size: number): Sink => {
		const bytes = Buffer.alloc(size);
		let length = 0;
		return {
			write: (part) => {
				length += part.copy(bytes, length);
			},
			end: () => {
				if (type === 'pax-for-all') return;
				hasExtra = true;
				if (type === 'pax') extra = { ...extra, ...readPax(bytes) };
				else extra[type === 'long-name' ? 'name' : 'linkTarget'] = upToZero(bytes);
			},
		};
	};

	const begin = (size: number, next: Sink | undefined): void => {
		left = size;
		padding = (blockSize - (size % blockSize)) % blockSize;
		sink = next;
		if (left === 0) finish();
	};

	const finish = (): void => {
		const ended = sink;
		sink = undefined;
		ended?.end();
	};

	const open = (): void => {
		filled = 0;
		if (isEmptyBlock(block)) {
			hasEnded = ++emptyBlocks === 2;
			return;
		}
		emptyBlocks = 0;
		const header = readHeader(block);
		if (header === undefined) {
			problem = 'It is no tar, or a damaged one.';
		} else if (isExtra(header.type)) {
			if (header.size > longestExtra) problem = 'One of its names is longer than any file system takes.';
			else begin(header.size, collect(header.type, header.size));
		} else {
			const { name, linkTarget, size } = { ...header, ...extra };
			const type = header.type === 'file' && name.endsWith('/') ? 'folder' : header.type;
			extra = {};
			hasExtra = false;
			const length = bare.has(type) ? 0 : size;
			if (!isSize(length)) problem = 'It is no tar, or a damaged one.';
			else begin(length, onMember({ type, name, linkTarget, mode: header.mode, size: length }));
		}
	};

	return {
		write: (bytes) => {
			for (let at = 0; at < bytes.length && !hasEnded && problem === undefined; ) {
				const length = Math.min(bytes.length - at, left || padding || blockSize - filled);
				if (left > 0) {
					sink?.write(length === bytes.length ? bytes : bytes.subarray(at, at + length));
					left -= length;
					if (left === 0) finish();
				} else if (padding > 0) {
					padding -= length;
				} else {
					filled += bytes.copy(block, filled, at, at + length);
					if (filled === blockSize) open();
				}
				at += length;
			}
		},
		end: () => {},
		get problem() {
			return problem;
		},
		get isWhole() {
			return hasEnded || (problem === undefined && left === 0 && filled === 0 && !hasExtra);
		},
		get hasEnded() {
			return hasEnded;
		},
	};
};

const upToZero = (bytes: Buffer): string => {
	const zero = bytes.indexOf(0);
	return bytes.toString('utf8', 0, zero < 0 ? bytes.length : zero);
};
