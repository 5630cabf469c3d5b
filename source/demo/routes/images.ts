// /images: lists, descriptions, history, tags, deletion and pruning.

import { type Call, created, flag, ok, part, type Route, text } from '../call.ts';
import { emit } from '../events.ts';
import { type Filters, isTrue, parseFilters, passes, passesLabels } from '../filters.ts';
import { findImage, type Image, lookUpImage, tagAs, usersOfImage } from '../image.ts';
import { deleteImage } from '../image-delete.ts';
import { historyOf, inspectImage, layerSizes, summarizeImage } from '../image-json.ts';
import { refuse } from '../refusal.ts';
import type { World } from '../world.ts';

const isDangling = (world: World, image: Image): boolean =>
	image.tags.size === 0 && ![...world.images.values()].some((other) => other.parent === image.id);

const toExpression = (pattern: string): RegExp =>
	new RegExp(
		`^${pattern
			.replace(/[.+^${}()|[\]\\]/g, '\\$&')
			.replaceAll('*', '[^/]*')
			.replaceAll('?', '[^/]')}$`,
	);

const matchesReference = (image: Image) => (pattern: string) => {
	const expression = toExpression(pattern.slice(0, 300));
	return [...image.tags].some(
		(tag) => expression.test(tag) || expression.test(tag.slice(0, tag.lastIndexOf(':'))),
	);
};

const known = ['dangling', 'label', 'before', 'since', 'reference', 'until'];

const isListed = (world: World, image: Image, filters: Filters, isAll: boolean): boolean => {
	const dangling = filters.get('dangling');
	if (dangling && isDangling(world, image) !== dangling.some(isTrue)) return false;
	const isIntermediate = image.tags.size === 0 && !isDangling(world, image);
	if (isIntermediate && !isAll) return false;
	const time = (wanted: string) =>
		lookUpImage(world, wanted)?.createdAt ?? refuse(404, `No such image: ${wanted}`);
	return (
		passesLabels(filters, image.config.Labels) &&
		passes(filters, 'reference', matchesReference(image)) &&
		passes(filters, 'before', (wanted) => image.createdAt < time(wanted)) &&
		passes(filters, 'since', (wanted) => image.createdAt > time(wanted))
	);
};

const list = (call: Call) => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), known);
	const images = [...world.images.values()].filter((image) =>
		isListed(world, image, filters, flag(call, 'all')),
	);
	return ok(
		images
			.reverse()
			.sort((a, b) => b.createdAt - a.createdAt)
			.map((image) => summarizeImage(world, image, call.api, flag(call, 'shared-size'))),
	);
};

const prune = (call: Call) => {
	const { world } = call;
	const filters = parseFilters(call.query.get('filters'), ['dangling', 'until', 'label', 'label!']);
	const isAll = filters.get('dangling')?.some((value) => !isTrue(value)) ?? false;
	const before = [...world.images.values()];
	const unused = before.filter(
		(image) =>
			usersOfImage(world, image).length === 0 &&
			(isAll || isDangling(world, image)) &&
			passesLabels(filters, image.config.Labels),
	);
	const deleted = unused.flatMap((image) =>
		world.images.has(image.id) && (isAll || image.tags.size === 0) ? deleteAll(world, image) : [],
	);
	const kept = new Set([...world.images.values()].flatMap((image) => image.layers));
	const gone = new Map(
		before.flatMap((image) => [...layerSizes(image)]).filter(([layer]) => !kept.has(layer)),
	);
	const reclaimed = [...gone.values()].reduce((sum, size) => sum + size, 0);
	emit(world, 'image', 'prune', '', { reclaimed: String(reclaimed) });
	return ok({ ImagesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed });
};

const deleteAll = (world: World, image: Image) => {
	const children = [...world.images.values()].some((other) => other.parent === image.id);
	return children ? [] : deleteImage(world, image.id, true);
};

const tag = (call: Call) => {
	const image = findImage(call.world, part(call, 'name'));
	tagAs(call.world, image, text(call, 'repo'), text(call, 'tag'));
	return created(undefined);
};

export const imageRoutes: Route[] = [
	['GET', '/images/json', list],
	['POST', '/images/prune', prune],
	[
		'GET',
		'/images/:name*/json',
		(call) => ok(inspectImage(findImage(call.world, part(call, 'name')), call.api)),
	],
	[
		'GET',
		'/images/:name*/history',
		(call) => ok(historyOf(call.world, findImage(call.world, part(call, 'name')))),
	],
	['POST', '/images/:name*/tag', tag],
	[
		'DELETE',
		'/images/:name*',
		(call) => ok(deleteImage(call.world, part(call, 'name'), flag(call, 'force'))),
	],
];
