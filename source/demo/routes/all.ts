// Every route of the demo engine.

import type { Route } from '../call.ts';
import { archiveRoutes } from './archive.ts';
import { attachRoutes } from './attach.ts';
import { buildRoutes } from './build.ts';
import { commitRoutes } from './commit.ts';
import { containerRoutes } from './containers.ts';
import { execRoutes } from './exec.ts';
import { imageRoutes } from './images.ts';
import { networkRoutes } from './networks.ts';
import { registryRoutes } from './registry.ts';
import { streamRoutes } from './streams.ts';
import { systemRoutes } from './system.ts';
import { volumeRoutes } from './volumes.ts';

export const routes: Route[] = [
	...systemRoutes,
	...containerRoutes,
	...registryRoutes,
	...commitRoutes,
	...buildRoutes,
	...attachRoutes,
	...archiveRoutes,
	...execRoutes,
	...streamRoutes,
	...imageRoutes,
	...networkRoutes,
	...volumeRoutes,
];
