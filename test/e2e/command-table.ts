// What every row of the command table needs: an engine with an image that serves, two registries, and a learner at the keys.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { type Registry, startRegistry } from '../helpers/registry.ts';
import type { TestEngine } from '../helpers/with-engine.ts';
import { unique } from './driving.ts';
import { learnerOn } from './tutorial.ts';

export type Table = ReturnType<typeof tableOn>;

export const alice = { user: 'alice', password: 'open-sesame-7431' };

/** Serves a page with its own name, and has layers of its own, so that they can be pulled. */
const dockerfile = `FROM busybox
RUN mkdir /www && echo served > /www/index.html && head -c 700000 /dev/urandom > /one
RUN head -c 300000 /dev/urandom > /two
EXPOSE 80
CMD ["httpd", "-f", "-p", "80", "-h", "/www"]
`;

export type TableOptions = {
	/** What an engine cannot do, by the name of the row, and why. */
	readonly skipped?: Readonly<Record<string, string>>;
	/** Once the registries are there. */
	readonly begin?: (ports: readonly number[]) => Promise<void>;
	/** Where the ports it publishes are reached. */
	readonly address?: string;
	/** What it puts before names without a registry: `docker.io/library/`. */
	readonly prefix?: string;
};

/** For the body of a describe(). */
export function tableOn(
	engine: TestEngine,
	{ skipped = {}, begin, address = '127.0.0.1', prefix = '' }: TableOptions = {},
) {
	const learner = learnerOn(engine);
	const { docker } = engine;
	const web = unique('web');
	let [open, closed]: (Registry | undefined)[] = [];
	beforeAll(async () => {
		[open, closed] = await Promise.all([startRegistry(), startRegistry({ htpasswd: alice })]);
		await begin?.([open.port, closed.port]);
		await build(web);
	}, 90_000);
	afterAll(async () => {
		await Promise.all([open?.stop(), closed?.stop()]);
		await docker('rmi', '--force', web).catch(() => {});
	});

	/** Builds an image from these files. */
	async function built(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
		const folder = mkdtempSync(join(tmpdir(), 'portside-context-'));
		try {
			for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
			await docker('build', '--no-cache', '--quiet', '--tag', name, folder);
		} finally {
			rmSync(folder, { recursive: true });
		}
	}
	const build = (name: string) => built(name, { Dockerfile: `${dockerfile}LABEL of=${name}\n` });
	/** Of busybox and a layer of its own. */
	const own = (name: string, bytes: number) =>
		built(name, { Dockerfile: 'FROM busybox\nCOPY own /own\n', own: randomBytes(bytes) });

	const registry = () => open as Registry;
	return {
		...learner,
		engine,
		/** An image that serves a page at port 80. */
		web,
		registry,
		own,
		prefix,
		address,
		/** It lets in alice alone. */
		closedRegistry: () => closed as Registry,
		/** An image in the registry that the engine has no layer of but those of busybox; its whole name. */
		async remoteImage(repository: string, tag = 'latest'): Promise<string> {
			const name = learner.image(
				`${registry().host}/${repository}`,
				`${registry().host}/${repository}:${tag}`,
			);
			const local = unique('remote');
			await build(local);
			await docker('tag', local, name);
			await docker('push', '--quiet', name);
			await docker('rmi', local, name);
			return name;
		},
		/** A test of the row, unless the engine cannot do that. */
		row: (name: string, play: () => Promise<void>, timeout?: number) =>
			test.skipIf(name in skipped)(name, play, timeout),
	};
}
