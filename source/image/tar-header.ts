// The block of 512 bytes before each member of a tar, read as Go's library (and so every engine) reads it.

export type MemberType = 'file' | 'folder' | 'link' | 'hard-link' | 'device' | 'pipe' | 'other';

/** What says something about the member that follows it, instead of being one. */
export type ExtraType = 'pax' | 'pax-for-all' | 'long-name' | 'long-link';

export type Header = {
	readonly type: MemberType | ExtraType;
	readonly name: string;
	/** Bytes that follow. */
	readonly size: number;
	readonly mode: number;
	readonly linkTarget: string;
};

const types: Readonly<Record<string, Header['type']>> = {
	'\0': 'file',
	'0': 'file',
	'1': 'hard-link',
	'2': 'link',
	'3': 'device',
	'4': 'device',
	'5': 'folder',
	'6': 'pipe',
	'7': 'file',
	x: 'pax',
	g: 'pax-for-all',
	L: 'long-name',
	K: 'long-link',
};

export const blockSize = 512;

/** Undefined: these bytes are no header. */
export const readHeader = (block: Buffer): Header | undefined => {
	if (sum(block) !== number(block, 148, 8)) return undefined;
	const size = number(block, 124, 12);
	if (!isSize(size)) return undefined;
	const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
	const prefix = isPosix ? text(block, 345, 155) : '';
	const name = `${prefix === '' ? '' : `${prefix}/`}${text(block, 0, 100)}`;
	const type = types[String.fromCharCode(block[156] ?? 0)] ?? 'other';
	const mode = number(block, 100, 8);
	return {
		type: type === 'file' && name.endsWith('/') ? 'folder' : type,
		name,
		size,
		mode: Number.isNaN(mode) ? 0 : mode & 0o7777,
		linkTarget: text(block, 157, 100),
	};
};

export const isEmptyBlock = (block: Buffer): boolean => block.every((byte) => byte === 0);

/** The records of a PAX header that say where the member is and how long. */
export const readPax = (bytes: Buffer): Partial<Pick<Header, 'name' | 'linkTarget' | 'size'>> => {
	const found: { name?: string; linkTarget?: string; size?: number } = {};
	for (let at = 0; at < bytes.length; ) {
		const space = bytes.indexOf(0x20, at);
		if (space < 0) break;
		const length = Number(bytes.toString('latin1', at, Math.min(space, at + 10)));
		if (!(length > space - at)) break;
		const record = bytes.subarray(space + 1, at + length - 1);
		at += length;
		const equals = record.indexOf(0x3d);
		if (equals < 0 || equals > 20) continue;
		const key = record.toString('latin1', 0, equals);
		const value = (): string => record.toString('utf8', equals + 1);
		if (key === 'path') found.name = value();
		else if (key === 'linkpath') found.linkTarget = value();
		else if (key === 'size') found.size = Number(value());
	}
	return found;
};

export const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const sum = (block: Buffer): number => {
	let total = 8 * 0x20;
	for (let at = 0; at < blockSize; at++) if (at < 148 || at >= 156) total += block[at] ?? 0;
	return total;
};

const text = (block: Buffer, at: number, length: number): string => {
	const zero = block.indexOf(0, at);
	return block.toString('utf8', at, zero < 0 ? at + length : Math.min(zero, at + length));
};

const number = (block: Buffer, at: number, length: number): number => {
	const first = block[at] ?? 0;
	// A number that is too large for octal digits: binary, its first bit set.
	if ((first & 0x80) !== 0) {
		let value = first & 0x7f;
		for (let next = at + 1; next < at + length; next++) value = value * 256 + (block[next] ?? 0);
		return value;
	}
	const digits = text(block, at, length).trim();
	if (digits === '') return 0;
	return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
};
