// Which builder an engine builds with, unless told otherwise.
import type { Builder } from '../../model/build.ts';
import type { EngineInfo } from '../../model/items.ts';
import { isBelow } from '../info.ts';

/** Docker 20.10 does not announce BuildKit, and has it; Podman takes the question for it and ignores it. */
export const hasBuildKit = ({ flavour, apiVersion, os }: EngineInfo): boolean =>
	flavour !== 'podman' && !isBelow(apiVersion, '1.41') && !/windows/i.test(os);

export const builderOf = (info: EngineInfo, wished?: Builder): Builder =>
	hasBuildKit(info) ? (wished ?? 'buildkit') : 'classic';
