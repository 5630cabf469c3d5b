// What changes something in the engine. None has a time limit: a stop takes as long as the container needs, and when
// the engine is lost, closing its wire ends them all.

import { splitReference } from '../model/rows.ts';
import { type Call, pathPart } from './call.ts';
import type { Target, Verbs } from './contract.ts';
import { EngineError } from './error.ts';
import { imageRemoval, prunedContainers, prunedImages } from './images.ts';

export function verbs(call: Call): Verbs {
	const about = (verb: string, { name }: Pick<Target, 'name'>) => ({ verb, name });
	return {
		async start(target) {
			await call(about('start', target), (docker) => docker.getContainer(pathPart(target.id)).start());
		},
		async stop(target) {
			await call(about('stop', target), (docker) => docker.getContainer(pathPart(target.id)).stop());
		},
		async restart(target) {
			await call(about('restart', target), (docker) => docker.getContainer(pathPart(target.id)).restart());
		},
		async pause(target) {
			await call(about('pause', target), (docker) => docker.getContainer(pathPart(target.id)).pause());
		},
		async unpause(target) {
			await call(about('unpause', target), (docker) => docker.getContainer(pathPart(target.id)).unpause());
		},
		async kill(target, signal) {
			await call(about('kill', target), (docker) =>
				docker.getContainer(pathPart(target.id)).kill({ signal }),
			);
		},
		async rename(target, name) {
			await call(about('rename', target), (docker) =>
				docker.getContainer(pathPart(target.id)).rename({ name }),
			);
		},
		async remove(target, { force, volumes }) {
			await call(about('remove', target), (docker) =>
				docker.getContainer(pathPart(target.id)).remove({ force, v: volumes }).catch(unlessGone),
			);
		},
		async tag(target, reference) {
			const { repository: repo, tag } = splitReference(reference);
			await call(about('tag', target), (docker) =>
				docker.getImage(pathPart(target.name)).tag({ repo, tag: tag === '<none>' ? 'latest' : tag }),
			);
		},
		async removeImage(target, { force }) {
			const answer = await call(about('removeImage', target), (docker) =>
				docker.getImage(pathPart(target.name)).remove({ force }),
			);
			return imageRemoval(answer);
		},
		async pruneContainers() {
			return prunedContainers(await call({ verb: 'prune', name: '' }, (docker) => docker.pruneContainers()));
		},
		async pruneImages({ all }) {
			const filters = JSON.stringify({ dangling: [String(!all)] });
			return prunedImages(
				await call({ verb: 'prune', name: '' }, (docker) => docker.pruneImages({ filters })),
			);
		},
	};
}

/** Two removals of one container meet: it is gone, or going, which is what was asked for. */
function unlessGone(error: unknown): void {
	if (!(error instanceof EngineError)) throw error;
	const isGoing = error.statusCode === 409 && /already in progress/.test(error.engineMessage ?? '');
	if (error.statusCode !== 404 && !isGoing) throw error;
}
