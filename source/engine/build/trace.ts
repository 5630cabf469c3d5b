// What BuildKit tells while it builds: `moby.buildkit.v1.StatusResponse`, as far as it is of use to us.
import { amount, type Field, fields, string } from './protobuf.ts';

export type Vertex = {
	digest: string;
	inputs: string[];
	name: string;
	isCached: boolean;
	/** Milliseconds since the epoch, engine's clock. */
	started?: number;
	completed?: number;
	error: string;
};

export type Status = {
	id: string;
	vertex: string;
	name: string;
	current: number;
	total: number;
	isDone: boolean;
};

export type Log = { vertex: string; stream: number; bytes: Buffer };

export type Warning = { text: string; detail: string[]; url: string };

export type Trace = { vertexes: Vertex[]; statuses: Status[]; logs: Log[]; warnings: Warning[] };

/** Undefined where the text is no trace. */
export function readTrace(base64: string): Trace | undefined {
	const trace: Trace = { vertexes: [], statuses: [], logs: [], warnings: [] };
	try {
		for (const [number, value] of fields(Buffer.from(base64, 'base64'))) {
			if (typeof value === 'number') continue;
			if (number === 1) trace.vertexes.push(vertex(value));
			if (number === 2) trace.statuses.push(status(value));
			if (number === 3) trace.logs.push(log(value));
			if (number === 4) trace.warnings.push(warning(value));
		}
		return trace;
	} catch (error) {
		if (error instanceof RangeError) return undefined;
		throw error;
	}
}

function vertex(bytes: Buffer): Vertex {
	const read: Vertex = { digest: '', inputs: [], name: '', isCached: false, error: '' };
	for (const [number, value] of fields(bytes)) {
		if (number === 1) read.digest = string(value);
		if (number === 2) read.inputs.push(string(value));
		if (number === 3) read.name = string(value);
		if (number === 4) read.isCached = value !== 0;
		if (number === 5) read.started = time(value);
		if (number === 6) read.completed = time(value);
		if (number === 7) read.error = string(value);
	}
	return read;
}

function status(bytes: Buffer): Status {
	const read: Status = { id: '', vertex: '', name: '', current: 0, total: 0, isDone: false };
	for (const [number, value] of fields(bytes)) {
		if (number === 1) read.id = string(value);
		if (number === 2) read.vertex = string(value);
		if (number === 3) read.name = string(value);
		if (number === 4) read.current = amount(value);
		if (number === 5) read.total = amount(value);
		if (number === 8) read.isDone = true;
	}
	return read;
}

function log(bytes: Buffer): Log {
	const read: Log = { vertex: '', stream: 1, bytes: Buffer.alloc(0) };
	for (const [number, value] of fields(bytes)) {
		if (number === 1) read.vertex = string(value);
		if (number === 3) read.stream = amount(value);
		if (number === 4 && typeof value !== 'number') read.bytes = value;
	}
	return read;
}

function warning(bytes: Buffer): Warning {
	const read: Warning = { text: '', detail: [], url: '' };
	for (const [number, value] of fields(bytes)) {
		if (number === 3) read.text = string(value);
		if (number === 4) read.detail.push(string(value));
		if (number === 5) read.url = string(value);
	}
	return read;
}

function time(value: Field[1]): number {
	if (typeof value === 'number') return 0;
	let milliseconds = 0;
	for (const [number, part] of fields(value)) {
		if (number === 1) milliseconds += amount(part) * 1000;
		if (number === 2) milliseconds += amount(part) / 1e6;
	}
	return Math.round(milliseconds);
}
