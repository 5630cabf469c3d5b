// How an image wants to be run, as far as it says so itself.
import type { ImageDefaults } from '../engine/image-defaults.ts';
import { emptyRun, type RunWish } from '../model/run.ts';
import { freePort } from './check-ports.ts';
import type { CheckContext } from './context.ts';

/** Programs that end at once, or do nothing, where nobody types into them. */
const interactive =
	/(?:^|\/)(?:ba|a|da|z|k|c|fi)?sh$|(?:^|\/)(?:python\d?|node|irb|ghci|psql|mysql|redis-cli|jshell|iex|erl|R|julia|lua|php)$/;

/** Ports below 1024 are the host's own: where people publish them instead. */
const usual: Readonly<Record<string, number>> = { '80': 8080, '443': 8443, '22': 2222 };

export const usualHostPort = (port: number): number => usual[`${port}`] ?? port;

/** What serves something goes into the background, what waits for typing gets a terminal. */
export const suggestedRun = (image: string, { exposed, command }: ImageDefaults): RunWish => {
	const [program = '', ...rest] = command;
	const waitsForTyping = interactive.test(program) && rest.length === 0;
	return {
		...emptyRun,
		image,
		isDetached: exposed.length > 0,
		isInteractive: exposed.length === 0 && waitsForTyping,
		hasTerminal: exposed.length === 0 && waitsForTyping,
	};
};

/** `8080:80` for each exposed port, on host ports that are free. */
export const suggestedPorts = (exposed: readonly string[], wish: RunWish, context: CheckContext): string => {
	const taken = new Set<number>();
	return exposed
		.flatMap((port) => {
			const [number = '', protocol] = port.split('/');
			let host = freePort(usualHostPort(Number(number)), wish, context);
			while (host !== undefined && taken.has(host)) host = freePort(host + 1, wish, context);
			if (host === undefined) return [];
			taken.add(host);
			return [`${host}:${number}${protocol === 'udp' ? '/udp' : ''}`];
		})
		.join(' ');
};
