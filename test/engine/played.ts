// A session with all its output so far, and fingers to type with.
import { expect } from 'vitest';
import type { Session } from '../../source/engine/contract.ts';
import { patience } from './patience.ts';

export type Played = {
	readonly session: Session;
	type(text: string): void;
	bytes(): Buffer;
	length(): number;
	text(): string;
	shows(text: string): Promise<void>;
};

export async function play(open: (onOutput: (bytes: Buffer) => void) => Promise<Session>): Promise<Played> {
	const chunks: Buffer[] = [];
	let length = 0;
	const session = await open((bytes) => {
		chunks.push(bytes);
		length += bytes.length;
	});
	const bytes = () => Buffer.concat(chunks);
	const text = () => bytes().toString();
	return {
		session,
		type: (keys) => session.write(Buffer.from(keys)),
		bytes,
		length: () => length,
		text,
		shows: (part) => expect.poll(text, patience).toContain(part),
	};
}
