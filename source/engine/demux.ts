// Takes docker's frames apart: eight bytes of header (stream, 0, 0, 0, length), then as many bytes of that stream.
import { engineError } from './error.ts';

/** `isEnd`: the frame is complete with these bytes. They are views, valid only until the callback returns. */
export type OnFrame = (stream: number, bytes: Buffer, isEnd: boolean) => void;

export function demux(onFrame: OnFrame): (chunk: Buffer) => void {
	const header = Buffer.alloc(8);
	let headerLength = 0;
	let left = 0;
	let stream = 0;

	return (chunk) => {
		let at = 0;
		while (at < chunk.length) {
			if (left === 0) {
				const taken = Math.min(8 - headerLength, chunk.length - at);
				chunk.copy(header, headerLength, at, at + taken);
				headerLength += taken;
				at += taken;
				if (headerLength < 8) return;
				headerLength = 0;
				stream = header[0] ?? 0;
				left = header.readUInt32BE(4);
				// 3 is how newer engines report an error of their own.
				if (stream > 3) throw engineError({ code: 'EANSWER', engineMessage: 'not a multiplexed stream' });
			} else {
				const taken = Math.min(left, chunk.length - at);
				left -= taken;
				onFrame(stream, chunk.subarray(at, at + taken), left === 0);
				at += taken;
			}
		}
	};
}
