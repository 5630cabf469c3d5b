// Headers of a tar that no library would write.

export type HeaderWish = { readonly name: string; readonly size: number | string; readonly type?: string };

export const header = ({ name, size, type = '0' }: HeaderWish): Buffer => {
	const block = Buffer.alloc(512);
	block.write(name, 0, 100);
	block.write('0000644\0', 100);
	if (typeof size === 'string') block.write(size, 124);
	else if (size >= 0 && size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
	else {
		block.fill(size < 0 ? 0xff : 0, 124, 136);
		block[124] = size < 0 ? 0xff : 0x80;
		if (size >= 0) block.writeBigUInt64BE(BigInt(size), 128);
	}
	block.write(type, 156);
	block.write('ustar\x0000', 257);
	block.fill(' ', 148, 156);
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
};
