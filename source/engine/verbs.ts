// What changes something in the engine. None has a time limit: a stop takes as long as the container needs, and when
// the engine is lost, closing its wire ends them all.

import { splitReference } from '../model/rows.ts';
import { type Engaged, pathPart } from './call.ts';
import type { Target, Verbs } from './contract.ts';
import { create } from './create.ts';
import { EngineError } from './error.ts';
import { dockerHub } from './image-reference.ts';
import { imageRemoval } from './images.ts';
import { record, text } from './json.ts';
import { prunes } from './prunes.ts';

export function verbs(engaged: Engaged): Verbs {
	const { call } = engaged;
	const about = (verb: string, { name }: Pick<Target, 'name'>) => ({ verb, name });

	async function connectNetwork({ id, name }: Target, network: string, aliases?: readonly string[]) {
		const Aliases = aliases && [...aliases];
		await call({ verb: 'connect', name }, (docker) =>
			docker
				.getNetwork(pathPart(network))
				.connect({ Container: id, ...(Aliases && { EndpointConfig: { Aliases } }) }),
		);
	}

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
		...prunes(engaged),
		create: (wish) => create(engaged, wish, connectNetwork),
		connectNetwork,
		async commit(target, { reference, author, message, pauses, changes }) {
			const { repository: repo, tag } = splitReference(reference ?? '');
			const named = reference && { repo, tag: tag === '<none>' ? 'latest' : tag };
			// No body would be one for some versions of Podman, and an empty object would take the place of the
			// container's own configuration.
			const wish = { ...named, author, comment: message, pause: pauses, changes: [...changes], _body: null };
			const answer: unknown = await call(about('commit', target), (docker) =>
				docker.getContainer(pathPart(target.id)).commit(wish),
			);
			const id = text(record(answer).Id);
			return id.includes(':') ? id : `sha256:${id}`;
		},
		async login(registry, credentials) {
			const serveraddress = registry === '' || registry === 'docker.io' ? dockerHub : registry;
			const name = serveraddress === dockerHub ? 'Docker Hub' : registry;
			const answer: unknown = await call({ verb: 'login', name }, (docker) =>
				docker.checkAuth({ ...credentials, serveraddress }),
			);
			const identityToken = text(record(answer).IdentityToken);
			return identityToken === '' ? {} : { identityToken };
		},
	};
}

/** Two removals of one container meet: it is gone, or going, which is what was asked for. */
function unlessGone(error: unknown): void {
	if (!(error instanceof EngineError)) throw error;
	const isGoing = error.statusCode === 409 && /already in progress/.test(error.engineMessage ?? '');
	if (error.statusCode !== 404 && !isGoing) throw error;
}
