// A container from what was wished for, in all its networks. Half of one is taken away again.
import type { RunWish } from '../model/run.ts';
import { askJson } from './ask.ts';
import { type Engaged, pathPart, wordedFor } from './call.ts';
import type { Target, Verbs } from './contract.ts';
import { networkOf } from './create/networks.ts';
import { createBody } from './create-body.ts';
import { record, text, texts } from './json.ts';
import { queryString } from './modem.ts';

export async function create(
	{ wire, prefix, call }: Engaged,
	wish: RunWish,
	connectNetwork: Verbs['connectNetwork'],
): ReturnType<Verbs['create']> {
	const { name, platform, networks } = wish;
	const about = name || 'The container';
	const path = `${prefix}/containers/create${queryString({ name: name || undefined, platform: platform || undefined })}`;
	// Not by dockerode, which keeps the warnings to itself.
	const answer = await wordedFor({ verb: 'create', name: about }, async () =>
		record(await askJson(wire, { method: 'POST', path, body: JSON.stringify(createBody(wish)) })),
	);
	const target: Target = { id: text(answer.Id), name: about };
	try {
		// Up to API 1.43 a container can be created in one network only.
		for (const network of networks.slice(1).map(networkOf)) {
			await connectNetwork(target, network.name, network.aliases);
		}
	} catch (error) {
		await call({ verb: 'remove', name: target.name }, (docker) =>
			docker.getContainer(pathPart(target.id)).remove({ force: true, v: true }),
		).catch(() => {});
		throw error;
	}
	return { id: target.id, warnings: texts(answer.Warnings) };
}
