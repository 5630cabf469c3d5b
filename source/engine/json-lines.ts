// Cuts a stream of bytes into JSON objects, one per line, whatever way the bytes were split.
import type { Json } from './json.ts';

/** `onBad` gets a line that is no object; only proxies and fakes send such. */
export function jsonLines(
	onObject: (object: Json) => void,
	onBad: (line: string) => void = () => {},
	cap = 8 << 20,
) {
	const decoder = new TextDecoder();
	let rest = '';

	function line(text: string): void {
		// Some senders put the record separator of json-seq before each object.
		const plain = text.replace(/^\x1e/, '').trim();
		if (plain === '') return;
		const value = parsed(plain);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) onObject(value as Json);
		else onBad(plain);
	}

	return {
		push(chunk: Uint8Array): void {
			const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
			rest = lines.pop() ?? '';
			for (const one of lines) line(one);
			if (rest.length > cap) {
				onBad(rest.slice(0, 200));
				rest = '';
			}
		},
		/** The last line may come without its end. */
		end(): void {
			line(rest + decoder.decode());
			rest = '';
		},
	};
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
