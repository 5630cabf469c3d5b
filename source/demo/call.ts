// One request as a route sees it, and the ways a route may answer.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal, refuse } from './refusal.ts';
import type { World } from './world.ts';

/** A connection taken over by attach, exec or session. */
export type Hijacked = {
	write(bytes: Buffer): void;
	/** More is waiting to be sent than a client should be behind. */
	isFull(): boolean;
	end(): void;
	onData(listener: (bytes: Buffer) => void): void;
	onEnd(listener: () => void): void;
	onClose(listener: () => void): void;
};

export type Call = {
	world: World;
	request: IncomingMessage;
	response: ServerResponse;
	/** The raw connection, when the client asked to upgrade it. */
	socket: Duplex | undefined;
	/** What the pattern's parts matched. */
	parts: Record<string, string>;
	query: URLSearchParams;
	/** The minor number of the API version that was asked for. */
	api: number;
	body(limit?: number): Promise<Buffer>;
	/** Aborted when the client goes away. */
	signal: AbortSignal;
};

export type Answer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> };
/** Answers, or writes to the response itself and answers nothing. */
export type Handler = (call: Call) => Answer | undefined | Promise<Answer | undefined>;
export type Route = readonly [
	method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE',
	pattern: string,
	handler: Handler,
];

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const created = (json: unknown): Answer => ({ status: 201, json });
export const noContent: Answer = { status: 204 };
export const notModified: Answer = { status: 304 };
export const empty: Answer = { status: 200 };

export const part = (call: Call, name: string): string => call.parts[name] ?? '';
export const text = (call: Call, name: string): string => call.query.get(name) ?? '';

/** Go's strconv.Atoi, with its sentence. */
export const whole = (call: Call, name: string, otherwise: number): number => {
	const value = call.query.get(name);
	if (value === null || value === '') return otherwise;
	return /^[+-]?\d{1,15}$/.test(value)
		? Number(value)
		: refuse(400, `strconv.Atoi: parsing "${value}": invalid syntax`);
};

export const flag = (call: Call, name: string): boolean =>
	!['', '0', 'no', 'false', 'none'].includes(text(call, name).trim().toLowerCase());

export const bodyJson = async <T extends object>(call: Call): Promise<Partial<T>> => {
	const bytes = await call.body();
	if (bytes.length === 0) return {};
	try {
		const parsed: unknown = JSON.parse(bytes.toString());
		// Go reads null as an object with nothing in it.
		if (parsed === null) return {};
		if (typeof parsed === 'object' && !Array.isArray(parsed)) return parsed as Partial<T>;
	} catch {
		// Answered below, as any other body that is no object.
	}
	throw new Refusal(
		400,
		`invalid JSON: invalid character '${bytes.toString().trim().slice(1, 2)}' looking for beginning of object key string`,
	);
};

/** A stream of JSON lines, as pull, push and build send them. */
export const startLines = (call: Call): ((line: object) => void) => {
	call.response.writeHead(200, { 'Content-Type': 'application/json' });
	call.response.flushHeaders();
	return (line) => {
		if (!call.response.destroyed) call.response.write(`${JSON.stringify(line)}\r\n`);
	};
};
