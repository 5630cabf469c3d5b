// Published ports as the Engine API wants them: each container port with its host ports; ranges go in pairs.
import type { PortWish } from '../../model/run.ts';

export type PortRange = { readonly first: number; readonly last: number };

export type PortBinding = { readonly HostIp: string; readonly HostPort: string };

/** `80` or `8000-8010`; undefined: it is neither. */
export const portRange = (text: string): PortRange | undefined => {
	const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
	if (!match) return undefined;
	const first = Number(match[1]);
	const last = Number(match[2] ?? match[1]);
	return first <= last && last <= 65_535 ? { first, last } : undefined;
};

/** Of which container port to which host port; a range of the host for one container port stays a text. */
export const pairsOf = (port: PortWish): { readonly container: string; readonly host: string }[] => {
	const inside = portRange(port.container);
	if (inside === undefined) return [];
	const outside = port.host === undefined ? undefined : portRange(port.host);
	const count = inside.last - inside.first + 1;
	return Array.from({ length: count }, (_, index) => ({
		container: `${inside.first + index}/${port.protocol}`,
		host:
			outside === undefined
				? ''
				: count === 1 && outside.last > outside.first
					? `${outside.first}-${outside.last}`
					: `${outside.first + index}`,
	}));
};

export const portBindings = (ports: readonly PortWish[]): Record<string, PortBinding[]> => {
	const bindings: Record<string, PortBinding[]> = {};
	for (const port of ports) {
		for (const { container, host } of pairsOf(port)) {
			const all = bindings[container] ?? [];
			bindings[container] = all;
			all.push({ HostIp: port.address ?? '', HostPort: host });
		}
	}
	return bindings;
};
