// Where a port is reached from here, and as which URL.
import { bracketed, isAny, isLoopback } from './kinds/address.ts';
import type { PortRow } from './row.ts';
import type { State } from './state.ts';

export type Place = {
	readonly host: string;
	readonly port: number;
	/** Of the host, as people call it. */
	readonly name: string;
};

/** The host of an engine that is not on this one; undefined: it is, or seems to be. */
export const remoteHost = ({ connection }: Pick<State, 'connection'>): string | undefined => {
	if (connection.status !== 'connected' && connection.status !== 'lost') return undefined;
	const { host } = connection.endpoint;
	if (!/^(tcp|http|https|ssh):/.test(host) || !URL.canParse(host.replace(/^[a-z]+:/, 'http:')))
		return undefined;
	const { hostname } = new URL(host.replace(/^[a-z]+:/, 'http:'));
	const name = hostname.replace(/^\[|\]$/g, '');
	return name === 'localhost' || isLoopback(name) ? undefined : name;
};

/** Where a connection is to go, or why there is no such place. `index` counts the ports of a range. */
export const placeOf = (state: State, row: PortRow, index = 0): Place | { readonly why: string } => {
	const { use, hostPort, containerName: name, containerPort, addresses, driver } = row;
	if (use === 'exposed')
		return { why: `${name} exposes ${containerPort}, but does not publish it: p publishes it.` };
	if (use === 'cut-off')
		return { why: `${name} runs without a network (--network none): nobody reaches it, not even this host.` };
	if (use === 'wished') return { why: `${name} is not running: start it first (s in the containers).` };
	if (use === 'direct' || hostPort === undefined)
		return {
			why: `${name} has an address of its own in a ${driver} network: other machines reach it there, this host does not.`,
		};
	const remote = remoteHost(state);
	const port = hostPort + index;
	const any = addresses.find(isAny);
	if (use === 'host' || any !== undefined) {
		const isSixOnly = addresses.length > 0 && addresses.every((address) => address === '::');
		return { host: remote ?? (isSixOnly ? '::1' : '127.0.0.1'), port, name: remote ?? 'localhost' };
	}
	const [address = ''] = addresses;
	if (remote !== undefined && addresses.every(isLoopback))
		return {
			why: `${name} publishes ${port} on the loopback of ${remote} only: ssh -L ${port}:${bracketed(address)}:${port} ${remote} brings it here.`,
		};
	return { host: address, port, name: address };
};

/** As people write it. */
export const hostText = ({ name, port }: Pick<Place, 'name' | 'port'>): string =>
	`${bracketed(name)}:${port}`;

/** Undefined: nothing of this row is reached from here, or not by a browser. */
export const urlOf = (state: State, row: PortRow, index = 0): string | undefined => {
	const place = placeOf(state, row, index);
	if ('why' in place || row.protocol !== 'tcp') return undefined;
	const port = row.containerPort + index;
	const usual = [port, place.port].some((one) => one === 443 || one === 8443);
	const isTls = state.ports.checks.get(row.id)?.isTls ?? usual;
	return `${isTls ? 'https' : 'http'}://${hostText(place)}`;
};
