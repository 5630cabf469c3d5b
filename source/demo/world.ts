// Everything the demo engine knows, in memory, and the clock and identities it hands out.

import { createHash, randomBytes } from 'node:crypto';
import type { Container } from './container.ts';
import type { EventLog } from './events.ts';
import type { Exec } from './exec.ts';
import type { Image } from './image.ts';
import type { Network } from './network.ts';
import { createTimers, type Timers } from './timers.ts';
import type { Volume } from './volume.ts';

export type World = {
	/** Milliseconds since 1970. */
	now(): number;
	/** No spontaneous activity; identities, stats and logs are the same in every run. */
	isFrozen: boolean;
	/** How much slower than its shortest a pull or a build goes: 1 for people, less for tests. */
	pace: number;
	timers: Timers;
	containers: Map<string, Container>;
	/** Container name → id. */
	names: Map<string, string>;
	images: Map<string, Image>;
	networks: Map<string, Network>;
	volumes: Map<string, Volume>;
	execs: Map<string, Exec>;
	events: EventLog;
	/** What was pushed, by name: pulling it again finds it. */
	pushed: Map<string, Image>;
	/** What build steps made, by everything they depend on; and the builds that run, by buildid. */
	buildCache: Map<string, { image: Image; size: number; createdAt: number; description: string }>;
	builds: Map<string, AbortController>;
	identity: { salt: string; count: number; pid: number; stamp: bigint; port: number };
	startedAt: number;
};

export const createWorld = (options: { now: () => number; isFrozen: boolean }): World => ({
	now: options.now,
	isFrozen: options.isFrozen,
	pace: options.isFrozen ? 0.1 : 1,
	timers: createTimers(),
	containers: new Map(),
	names: new Map(),
	images: new Map(),
	networks: new Map(),
	volumes: new Map(),
	execs: new Map(),
	events: { recent: [], listeners: new Set() },
	pushed: new Map(),
	buildCache: new Map(),
	builds: new Map(),
	identity: {
		salt: options.isFrozen ? 'portside' : randomBytes(16).toString('hex'),
		count: 0,
		pid: 4100,
		stamp: 0n,
		port: 32767,
	},
	startedAt: options.now(),
});

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** 64 hex digits, never the same twice. */
export const newId = (world: World): string => sha256(`${world.identity.salt} ${world.identity.count++}`);

export const newPid = (world: World): number => {
	world.identity.pid += 1 + (world.identity.count % 7);
	return world.identity.pid;
};

/** The time in nanoseconds, later than every time given out before. */
export const newStamp = (world: World): bigint => {
	const now = BigInt(Math.round(world.now() * 1000)) * 1000n;
	world.identity.stamp = now > world.identity.stamp ? now : world.identity.stamp + 1n;
	return world.identity.stamp;
};
