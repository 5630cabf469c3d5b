// A published port as `-p` has it, read and written.
import { isIP } from 'node:net';
import { portRange } from '../engine/create/port-bindings.ts';
import { splitPair } from '../engine/create/values.ts';
import type { PortWish } from '../model/run.ts';

export type ReadPort = { readonly port: PortWish } | { readonly problem: string };

/** `8080:80`, `127.0.0.1:8080:80/udp`, `[::1]::80`, `8000-8002:80-82`, `80`, or in words `published=8080,target=80`. */
export const readPort = (text: string): ReadPort => {
	if (/^(target|published|protocol|mode)=/.test(text)) return readLong(text);
	const [, ports = '', word = 'tcp'] = /^(.*?)(?:\/([^/]*))?$/s.exec(text) ?? [];
	const parts = ports.split(':');
	const container = parts.pop() ?? '';
	const host = parts.pop() ?? '';
	const address = parts.join(':').replace(/^\[(.*)\]$/, '$1');
	return checked(text, { address, host, container, protocol: word.toLowerCase() });
};

const readLong = (text: string): ReadPort => {
	const fields = new Map(text.split(',').map((field) => splitPair(field)));
	const of = (name: string): string => fields.get(name) ?? '';
	return checked(text, {
		address: '',
		host: of('published'),
		container: of('target'),
		protocol: of('protocol').toLowerCase() || 'tcp',
	});
};

type Pieces = { address: string; host: string; container: string; protocol: string };

const checked = (text: string, { address, host, container, protocol }: Pieces): ReadPort => {
	if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') {
		return { problem: `${protocol || 'Nothing'} is no protocol of a port: tcp, udp and sctp are (${text}).` };
	}
	if (address !== '' && isIP(address) === 0) {
		return { problem: `${address} is no address of this machine: write it as 127.0.0.1:8080:80.` };
	}
	const inside = portRange(container);
	const outside = host === '' ? undefined : portRange(host);
	if (inside === undefined || inside.first === 0) return { problem: odd(text) };
	if (host !== '' && outside === undefined) return { problem: odd(text) };
	const count = inside.last - inside.first;
	if (outside !== undefined && count > 0 && outside.last - outside.first !== count) {
		return { problem: `The two ranges of ${text} are of different lengths.` };
	}
	return { port: { ...(address && { address }), ...(host && { host }), container, protocol } };
};

const odd = (text: string): string =>
	`${text || 'Nothing'} is no port to publish: write it as HOST:CONTAINER, such as 8080:80.`;

export const portText = ({ address, host = '', container, protocol }: PortWish): string => {
	const where = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
	const outside = where === '' && host === '' ? '' : `${where}${host}:`;
	return `${outside}${container}${protocol === 'tcp' ? '' : `/${protocol}`}`;
};
