// The settings of a new container: what the client sent, completed by those of the image.

import type { ContainerConfig, HostConfig } from './container.ts';
import { emptyConfig } from './image.ts';
import { refuse } from './refusal.ts';

export type CreateBody = Partial<ContainerConfig> & {
	HostConfig?: Partial<HostConfig> & {
		Mounts?: { Type?: string; Source?: string; Target?: string; ReadOnly?: boolean }[];
	};
	NetworkingConfig?: { EndpointsConfig?: Record<string, { Aliases?: string[] | null } | null> };
};

const asList = (value: unknown): string[] | null =>
	typeof value === 'string' ? [value] : Array.isArray(value) && value.length > 0 ? value.map(String) : null;

const mergeEnv = (own: string[] | null | undefined, base: string[] | null | undefined): string[] | null => {
	const set = new Set((own ?? []).map((entry) => entry.split('=')[0]));
	const merged = [...(own ?? []), ...(base ?? []).filter((entry) => !set.has(entry.split('=')[0]))];
	return merged.length > 0 ? merged : null;
};

export const completeConfig = (
	body: CreateBody,
	image: Partial<ContainerConfig>,
	id: string,
): ContainerConfig => {
	const { HostConfig: _host, NetworkingConfig: _network, ...own } = body;
	const entrypoint = asList(own.Entrypoint);
	const bad = (own.Env ?? []).find((entry) => entry.startsWith('='));
	if (bad) refuse(400, `invalid environment variable: ${bad}`);
	const ports = { ...image.ExposedPorts, ...own.ExposedPorts };
	const health = own.Healthcheck ?? image.Healthcheck;
	return {
		...emptyConfig,
		...own,
		Hostname: own.Hostname || id.slice(0, 12),
		User: own.User || image.User || '',
		...(Object.keys(ports).length > 0 && { ExposedPorts: ports }),
		...(health?.Test?.length && health.Test[0] !== 'NONE' && { Healthcheck: health }),
		Env: mergeEnv(own.Env, image.Env),
		// A new entrypoint drops the image's command, as docker does.
		Cmd: asList(own.Cmd) ?? (entrypoint ? null : (image.Cmd ?? null)),
		Entrypoint: entrypoint ?? image.Entrypoint ?? null,
		Image: own.Image ?? '',
		WorkingDir: own.WorkingDir || image.WorkingDir || '',
		Volumes: own.Volumes && Object.keys(own.Volumes).length > 0 ? own.Volumes : (image.Volumes ?? null),
		Labels: { ...image.Labels, ...own.Labels },
	};
};
