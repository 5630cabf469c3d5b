// Containers of one test on an engine that others use too: named so that nobody meets them, removed at its end.
import { afterEach } from 'vitest';
import type { TestEngine } from '../helpers/with-engine.ts';
import { unique } from './driving.ts';

export type Containers = ReturnType<typeof containersOn>;

/** For the body of a describe(). */
export function containersOn({ docker }: Pick<TestEngine, 'docker'>) {
	let names: string[] = [];
	let images: string[] = [];
	afterEach(async () => {
		// those that a test has renamed or removed are no failure
		for (const name of names) await docker('rm', '--force', '--volumes', name).catch(() => {});
		for (const image of images) await docker('rmi', '--force', image).catch(() => {});
		names = [];
		images = [];
	});
	const named = (name: string) => {
		const own = unique(name);
		names.push(own);
		return own;
	};
	return {
		/** A name for a container that the test makes, to be removed after it. */
		named,
		/** The same for an image. */
		imageNamed: (name: string) => {
			const own = unique(name);
			images.push(own);
			return own;
		},
		/** Starts a container that ends as soon as it is asked to; its name. */
		async run(name: string, options: string[] = [], command = ['sleep', '100000']) {
			const own = named(name);
			await docker(
				'run',
				'--detach',
				'--stop-signal',
				'KILL',
				'--name',
				own,
				...options,
				'busybox',
				...command,
			);
			return own;
		},
		/** One value of `docker inspect`, by its template. */
		inspect: async (name: string, template: string) =>
			(await docker('inspect', '--format', `{{${template}}}`, name)).trim(),
		/** All names that the engine has, running or not. */
		all: async () => (await docker('ps', '--all', '--format', '{{.Names}}')).trim().split('\n'),
	};
}
