// Reads the kernel's tables of sockets, as Linux writes them in /proc/net.

export type Socket = {
	readonly protocol: 'tcp' | 'udp';
	readonly address: string;
	readonly port: number;
	readonly uid: number;
	/** What the file descriptors of its process point to. */
	readonly inode: string;
};

/** LISTEN of tcp; udp has no such state, but an unconnected socket waits for anybody. */
const waiting = { tcp: '0A', udp: '07' } as const;

/** Sockets that wait for somebody, of one table. Lines that are none are left out. */
export const waitingSockets = (table: string, protocol: 'tcp' | 'udp'): Socket[] => {
	const sockets: Socket[] = [];
	for (const line of table.split('\n')) {
		const [, local = '', , state, , , , uid = '', , inode = ''] = line.trim().split(/\s+/);
		if (state !== waiting[protocol]) continue;
		const colon = local.lastIndexOf(':');
		const address = addressOf(local.slice(0, colon));
		const port = Number.parseInt(local.slice(colon + 1), 16);
		if (address === undefined || !(port > 0)) continue;
		sockets.push({ protocol, address, port, uid: Number(uid), inode });
	}
	return sockets;
};

/** The kernel prints words of 32 bits as its machine has them in memory; ours are nearly all little-endian. */
const addressOf = (hex: string): string | undefined => {
	if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/i.test(hex)) return undefined;
	const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
		(word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
	);
	if (bytes.length === 4) return bytes.join('.');
	// An address of IPv4 in the clothes of IPv6.
	if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255)
		return bytes.slice(12).join('.');
	const words = Array.from({ length: 8 }, (_, at) =>
		(((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
	);
	// As everybody writes it: the longest run of zeros is left out.
	const [longest = ''] =
		words
			.join(':')
			.match(/\b0(:0)+\b/g)
			?.toSorted((a, b) => b.length - a.length) ?? [];
	if (longest === '') return words.join(':');
	const text = words.join(':');
	const at = text.search(new RegExp(`(^|:)${longest}(:|$)`));
	const from = text[at] === ':' ? at + 1 : at;
	return `${text.slice(0, from).replace(/:$/, '')}::${text.slice(from + longest.length).replace(/^:/, '')}`;
};
