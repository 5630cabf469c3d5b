// Two containers that were asked for in different ways, brought to where they can be compared.
import type { TestEngine } from '../helpers/with-engine.ts';

type Json = Record<string, unknown>;

const isId = (text: unknown): boolean => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);

/** All that an inspect tells, except what differs between any two containers: ids, times, names, addresses. */
export const comparable = (inspected: Json): Json => {
	const id = String(inspected.Id);
	const config = { ...(inspected.Config as Json) };
	if (id.startsWith(String(config.Hostname))) config.Hostname = 'from the id';
	// docker sends them in any order.
	config.Env = sorted(config.Env);
	const networks = (inspected.NetworkSettings as { Networks: Record<string, Json> }).Networks;
	const mounts = (inspected.Mounts as Json[]).map((mount) =>
		isId(mount.Name) ? { ...mount, Name: 'anonymous', Source: 'anonymous' } : mount,
	);
	const host = inspected.HostConfig as Json;
	return {
		Path: inspected.Path,
		Args: inspected.Args,
		Image: inspected.Image,
		Config: config,
		// Not in an order that means anything.
		HostConfig: {
			...withoutEmpty(host),
			Binds: sorted(host.Binds ?? []),
			Ulimits: sorted(host.Ulimits ?? []),
			Links: texts(host.Links).map((link) => link.replace(`:${inspected.Name}/`, ':/own name/')),
			// Newer docker spells them out for the engine.
			CapAdd: texts(host.CapAdd).map(capability),
		},
		Networks: Object.fromEntries(
			Object.entries(networks).map(([name, { IPAMConfig, Links, Aliases }]) => [
				name,
				{
					IPAMConfig: JSON.stringify(IPAMConfig ?? {}) === '{}' ? null : IPAMConfig,
					Links,
					Aliases: ((Aliases as string[] | null) ?? []).filter((alias) => alias !== id.slice(0, 12)),
				},
			]),
		),
		Mounts: sorted(mounts),
	};
};

/** Versions of docker differ in how they ask for nothing; but nothing masked is not the same as the usual. */
const withoutEmpty = (host: Json): Json =>
	Object.fromEntries(
		Object.entries(host).filter(
			([key, value]) => /^(Masked|Readonly)Paths$/.test(key) || !(value === null || isEmpty(value)),
		),
	);

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : []);

const capability = (name: string): string => `CAP_${name.toUpperCase().replace(/^CAP_/, '')}`;

const sorted = (values: unknown): unknown =>
	Array.isArray(values)
		? [...values].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
		: values;

export const inspect = async ({ docker }: TestEngine, name: string): Promise<Json> =>
	JSON.parse(await docker('inspect', '--type', 'container', name))[0];
