// Detach keys: `ctrl-p,ctrl-q` and the like, found in what a client types.

import { refuse } from './refusal.ts';

/** The bytes of a sequence; refuses one that is written wrong. */
export const parseDetachKeys = (text: string, status: number): number[] =>
	(text || 'ctrl-p,ctrl-q').split(',').map((key) => {
		if (key.length === 1) return key.charCodeAt(0);
		const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key)?.[1];
		return control
			? control.toUpperCase().charCodeAt(0) & 31
			: refuse(status, `Invalid detach keys (${text}) provided`);
	});

/** Passes bytes on, holding back a sequence that has begun; `detach` is called when it is whole. */
export const watchDetach = (
	keys: number[],
	pass: (bytes: Buffer) => void,
	detach: () => void,
): ((bytes: Buffer) => void) => {
	let matched = 0;
	return (bytes) => {
		const passed: number[] = [];
		for (const byte of bytes) {
			if (byte === keys[matched]) {
				matched++;
				if (matched < keys.length) continue;
				if (passed.length > 0) pass(Buffer.from(passed));
				return detach();
			}
			passed.push(...keys.slice(0, matched));
			matched = byte === keys[0] ? 1 : 0;
			if (matched === 0) passed.push(byte);
		}
		if (passed.length > 0) pass(Buffer.from(passed));
	};
};
