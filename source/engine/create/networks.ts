// The networks of a wish: `--network NAME`, or with more to it: `--network name=NAME,alias=db,ip=10.0.0.7`.
import { csvField, csvFields, splitPair } from './values.ts';

export type NetworkWish = {
	readonly name: string;
	readonly aliases: readonly string[];
	readonly ip?: string;
	readonly ip6?: string;
};

export const networkOf = (text: string): NetworkWish => {
	if (!/^(name|alias|ip|ip6|driver-opt|mac-address|link-local-ip)=/.test(text))
		return { name: text, aliases: [] };
	const fields = csvFields(text).map((field) => splitPair(field.trim()));
	const last = (key: string): string | undefined => fields.findLast(([name]) => name === key)?.[1];
	const ip = last('ip');
	const ip6 = last('ip6');
	return {
		name: last('name') ?? '',
		aliases: fields.flatMap(([name, value]) => (name === 'alias' && value ? [value] : [])),
		...(ip && { ip }),
		...(ip6 && { ip6 }),
	};
};

/** The shortest way to write it. */
export const networkText = ({ name, aliases, ip, ip6 }: NetworkWish): string => {
	if (aliases.length === 0 && !ip && !ip6) return name;
	const fields = [`name=${name}`, ...aliases.map((alias) => `alias=${alias}`)];
	if (ip) fields.push(`ip=${ip}`);
	if (ip6) fields.push(`ip6=${ip6}`);
	return fields.map(csvField).join(',');
};

/** What a network is, to docker, that has no addresses and names of its own for a container. */
export const isUserDefined = (name: string): boolean =>
	!/^(default|bridge|host|none|)$/.test(name) && !name.startsWith('container:');
