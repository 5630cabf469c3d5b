// What a container was made to publish and expose, from its inspect answer: the list says it of running ones only.
import type { Protocol } from '../model/items.ts';
import type { ExposedPort, PlannedPort, PortPlan } from '../model/ports.ts';
import { portRange } from './create/port-bindings.ts';
import { type Json, record, records, text } from './json.ts';

export const portPlan = (inspected: Json): PortPlan => {
	const host = record(inspected.HostConfig);
	const exposed = Object.keys(record(record(inspected.Config).ExposedPorts)).flatMap(readKey);
	const bound = Object.entries(record(host.PortBindings)).flatMap(([key, bindings]) =>
		readKey(key).flatMap((port) => records(bindings).map((binding) => planned(port, binding))),
	);
	const isBound = (one: ExposedPort): boolean =>
		bound.some((other) => other.containerPort === one.containerPort && other.protocol === one.protocol);
	// `-P` leaves alone what `-p` names.
	const random = host.PublishAllPorts === true ? exposed.filter((port) => !isBound(port)) : [];
	return {
		network: text(host.NetworkMode) || 'default',
		wishes: [...bound, ...random.map((port) => ({ ...port, address: '' }))],
		exposed,
	};
};

/** `80/tcp` */
const readKey = (key: string): ExposedPort[] => {
	const [number = '', protocol = 'tcp'] = key.split('/');
	const port = portRange(number)?.first ?? 0;
	return port === 0 || !isProtocol(protocol) ? [] : [{ containerPort: port, protocol }];
};

const isProtocol = (word: string): word is Protocol => word === 'tcp' || word === 'udp' || word === 'sctp';

const planned = (port: ExposedPort, binding: Json): PlannedPort => {
	const range = portRange(text(binding.HostPort));
	return {
		...port,
		address: text(binding.HostIp),
		...(range && range.first > 0 && { hostPort: range.first }),
		...(range && range.last > range.first && { hostLast: range.last }),
	};
};
