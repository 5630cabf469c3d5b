// Who answers: flavour, version and host of an engine, and the API version to speak with it.
import type { EngineInfo } from '../model/items.ts';
import { type Json, number, record, records, text } from './json.ts';

/** The newest API version Portside was tested with: pinned, so that a newer engine keeps its shapes for us. */
export const newest = '1.51';
/** Docker 1.12. Older ones have no stats, prune or filters as we need them. */
const oldest = '1.24';

/** Undefined where the engine is too old. `wanted` is what the person insists on. */
export function agreedVersion(version: Json, wanted?: string): string | undefined {
	const engine = text(version.ApiVersion);
	if (wanted) return wanted;
	if (!/^\d+\.\d+$/.test(engine) || isBelow(engine, oldest)) return undefined;
	const pinned = isBelow(engine, newest) ? engine : newest;
	return isBelow(pinned, text(version.MinAPIVersion) || oldest) ? engine : pinned;
}

export function isBelow(a: string, b: string): boolean {
	const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
	const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
	return aMajor !== bMajor ? aMajor < bMajor : aMinor < bMinor;
}

export function engineInfo(version: Json, info: Json, apiVersion: string): EngineInfo {
	const [engine = {}] = records(version.Components);
	const component = text(engine.Name);
	const platform = text(record(version.Platform).Name);
	const flavour = /podman/i.test(component)
		? 'podman'
		: /demo/i.test(`${component} ${platform}`)
			? 'demo'
			: 'docker';
	// Podman's `Version` field is its own; in 4.x only the component tells it apart from docker's.
	const release = (
		text(engine.Version) && flavour === 'podman' ? text(engine.Version) : text(version.Version)
	).replace(/\+.*$/, '');
	return {
		title: `${{ podman: 'Podman', docker: 'Docker', demo: 'Demo' }[flavour]} ${release}`,
		flavour,
		version: release,
		apiVersion,
		newestApiVersion: text(version.ApiVersion) || apiVersion,
		os: text(info.OperatingSystem) || text(version.Os),
		cpus: number(info.NCPU),
		memory: number(info.MemTotal),
		hostName: text(info.Name),
	};
}
