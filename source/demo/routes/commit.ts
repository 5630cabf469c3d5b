// /commit: an image from a container and its changes.

import { applyChanges } from '../build/instructions.ts';
import { bodyJson, type Call, created, flag, type Route, text } from '../call.ts';
import { commitContainer, commitEvent } from '../commit.ts';
import { findContainer } from '../container.ts';
import { emit } from '../events.ts';
import { type ImageConfig, tagImage } from '../image.ts';
import { familiar, parseReference } from '../reference.ts';
import { pauseContainer, unpause } from '../verbs.ts';

const commit = async (call: Call) => {
	const { world } = call;
	const container = findContainer(world, text(call, 'container'));
	const body = await bodyJson<ImageConfig>(call);
	const repository = text(call, 'repo');
	const tag = text(call, 'tag');
	const name = repository ? familiar(parseReference(tag ? `${repository}:${tag}` : repository)) : '';
	const { Image: _image, Hostname: _hostname, ...own } = container.config;
	const config = applyChanges({ ...own, ...body, Hostname: '' }, call.query.getAll('changes'));
	const comment = text(call, 'comment');
	const isPaused = (!call.query.has('pause') || flag(call, 'pause')) && container.status === 'running';
	if (isPaused) pauseContainer(world, container);
	const image = commitContainer(world, container, config, comment, text(call, 'author'));
	if (call.api >= 46) emit(world, 'image', 'create', image.id, { name: image.id });
	if (name) tagImage(world, image, name);
	commitEvent(world, container, image, name, comment);
	if (isPaused) unpause(world, container);
	return created({ Id: image.id });
};

export const commitRoutes: Route[] = [['POST', '/commit', commit]];
