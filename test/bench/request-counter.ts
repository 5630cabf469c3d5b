// Reads the requests out of what a client sends: heads, and bodies by their length or in chunks.

/** Calls back with a route, such as `GET /containers/:id/json`, for each request. */
export function requestCounter(onRequest: (route: string) => void): (bytes: Buffer) => void {
	let text = '';
	/** Of a body, or until its next chunk. */
	let left = 0;
	let isChunked = false;
	let isRaw = false;

	/** One head or chunk; false when more is needed. */
	function step(): boolean {
		if (left > 0) {
			const skipped = Math.min(left, text.length);
			text = text.slice(skipped);
			left -= skipped;
			return left === 0 && text !== '';
		}
		const mark = isChunked ? '\r\n' : '\r\n\r\n';
		const end = text.indexOf(mark);
		if (end < 0) return false;
		const head = text.slice(0, end);
		text = text.slice(end + mark.length);
		if (isChunked) {
			const length = Number.parseInt(head, 16);
			isChunked = length > 0;
			left = length + 2;
			return true;
		}
		const route = routeOf(head);
		if (route) onRequest(route);
		isRaw = !route || /^upgrade:/im.test(head);
		isChunked = /^transfer-encoding:\s*chunked/im.test(head);
		left = isChunked ? 0 : Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0);
		return true;
	}

	return (bytes) => {
		if (isRaw) return;
		text += bytes.toString('latin1');
		while (!isRaw && step());
	};
}

function routeOf(head: string): string | undefined {
	const [, method, path = ''] = /^([A-Z]+) (\S+) HTTP\/1\.[01]/.exec(head) ?? [];
	if (!method) return undefined;
	const plain = path.replace(/^\/v\d+\.\d+/, '').replace(/\?.*$/, '');
	return `${method} ${plain.replace(/[0-9a-f]{12,64}/g, ':id')}`;
}
