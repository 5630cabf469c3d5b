// Of the table of verbs: what can be done with a port.
import type { PortRow } from '../model/row.ts';
import { shellWord } from '../model/words.ts';
import type { Verb } from './action.ts';
import { copyVerb } from './copy.ts';

/** Where a browser on this machine finds it. */
const address = ({ addresses, hostPort }: PortRow) => {
	const [first = ''] = addresses;
	const host = ['', '0.0.0.0', '::'].includes(first)
		? 'localhost'
		: first.includes(':')
			? `[${first}]`
			: first;
	return `${host}:${hostPort ?? ''}`;
};

export const portVerbs: readonly Verb<'port'>[] = [
	copyVerb('port', {
		url: (port) =>
			port.hostPort === undefined ? `${port.containerPort}/${port.protocol}` : `http://${address(port)}`,
		address,
		curl: (port) => `curl -i http://${address(port)}`,
		docker: ({ containerName, containerPort, protocol }) =>
			`docker port ${shellWord(containerName)} ${containerPort}/${protocol}`,
	}),
];
