// The few rules of protobuf's wire format that BuildKit's messages need: fields in, and strings and bytes out.

/** A number, or the bytes of a string or an inner message. */
export type Field = readonly [number: number, value: number | Buffer];

/** Throws where the bytes are no message. */
export function* fields(bytes: Buffer): Generator<Field> {
	let at = 0;
	const varint = (): number => {
		let value = 0;
		for (let factor = 1; factor < 2 ** 70; factor *= 128) {
			const byte = bytes[at++];
			if (byte === undefined) throw new RangeError('the message ends within a number');
			value += (byte & 127) * factor;
			if (byte < 128) return value;
		}
		throw new RangeError('a number is too long');
	};
	const take = (length: number): Buffer => {
		if (at + length > bytes.length) throw new RangeError('the message ends within a field');
		at += length;
		return bytes.subarray(at - length, at);
	};
	while (at < bytes.length) {
		const tag = varint();
		const field = Math.floor(tag / 8);
		const kind = tag % 8;
		if (kind === 0) yield [field, varint()];
		else if (kind === 1) yield [field, take(8)];
		else if (kind === 2) yield [field, take(varint())];
		else if (kind === 5) yield [field, take(4)];
		else throw new RangeError(`a field of kind ${kind}`);
	}
}

export const string = (value: Field[1]): string => (typeof value === 'number' ? '' : value.toString());

export const amount = (value: Field[1]): number => (typeof value === 'number' ? value : 0);

/** One field of a message that is to be sent. */
export function field(number: number, content: string | Buffer): Buffer {
	const bytes = Buffer.from(content as string);
	const head = [number * 8 + 2];
	let length = bytes.length;
	for (; length > 127; length = Math.floor(length / 128)) head.push((length % 128) + 128);
	return Buffer.concat([Buffer.from([...head, length]), bytes]);
}
