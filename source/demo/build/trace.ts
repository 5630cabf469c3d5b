// BuildKit's status messages: the few protobuf fields of moby.buildkit.v1.StatusResponse that a client reads.

export type Vertex = {
	digest: string;
	inputs: string[];
	name: string;
	isCached: boolean;
	started?: number | undefined;
	completed?: number | undefined;
	error?: string | undefined;
};
export type Status = {
	id: string;
	vertex: string;
	name?: string;
	current?: number;
	total?: number;
	at: number;
	started?: number;
	completed?: number;
};
export type Trace = {
	vertexes?: Vertex[];
	statuses?: Status[];
	logs?: { vertex: string; at: number; stream: number; bytes: Buffer }[];
};

const varint = (value: number): Buffer => {
	const bytes: number[] = [];
	let rest = BigInt(Math.max(0, Math.floor(value)));
	while (rest > 127n) {
		bytes.push(Number(rest & 127n) | 128);
		rest >>= 7n;
	}
	bytes.push(Number(rest));
	return Buffer.from(bytes);
};

const number = (field: number, value: number | undefined): Buffer =>
	value ? Buffer.concat([varint(field << 3), varint(value)]) : Buffer.alloc(0);

const bytes = (field: number, value: Buffer | string | undefined): Buffer => {
	if (value === undefined || value.length === 0) return Buffer.alloc(0);
	const content = Buffer.from(value as string);
	return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
};

const time = (field: number, ms: number | undefined): Buffer =>
	ms === undefined
		? Buffer.alloc(0)
		: bytes(
				field,
				Buffer.concat([number(1, Math.floor(ms / 1000)), number(2, Math.round((ms % 1000) * 1e6))]),
			);

const vertex = (one: Vertex): Buffer =>
	Buffer.concat([
		bytes(1, one.digest),
		...one.inputs.map((input) => bytes(2, input)),
		bytes(3, one.name),
		number(4, one.isCached ? 1 : 0),
		time(5, one.started),
		time(6, one.completed),
		bytes(7, one.error),
	]);

const status = (one: Status): Buffer =>
	Buffer.concat([
		bytes(1, one.id),
		bytes(2, one.vertex),
		bytes(3, one.name),
		number(4, one.current),
		number(5, one.total),
		time(6, one.at),
		time(7, one.started),
		time(8, one.completed),
	]);

/** The line of the stream that carries a message. */
export const traceLine = (trace: Trace): object => {
	const message = Buffer.concat([
		...(trace.vertexes ?? []).map((one) => bytes(1, vertex(one))),
		...(trace.statuses ?? []).map((one) => bytes(2, status(one))),
		...(trace.logs ?? []).map((one) =>
			bytes(
				3,
				Buffer.concat([bytes(1, one.vertex), time(2, one.at), number(3, one.stream), bytes(4, one.bytes)]),
			),
		),
	]);
	return { id: 'moby.buildkit.trace', aux: message.toString('base64') };
};
