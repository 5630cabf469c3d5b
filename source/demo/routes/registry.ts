// Images in and out: pull, import, push, search, save and load.

import { type Call, flag, ok, part, type Route, startLines, text, whole } from '../call.ts';
import { catalogue } from '../catalogue.ts';
import { emit } from '../events.ts';
import { isTrue, parseFilters, passes } from '../filters.ts';
import { findImage, lookUpImage, tagAs } from '../image.ts';
import { layerSizes } from '../image-json.ts';
import { layerLine, shortLayer } from '../progress.ts';
import { pull, push } from '../pull.ts';
import { familiar, parseReference } from '../reference.ts';
import { refuse } from '../refusal.ts';
import { importTree, loadImages, saveImages } from '../save.ts';
import { readTar } from '../tar.ts';

const largestUpload = 128 << 20;

const importImage = async (call: Call): Promise<undefined> => {
	const { world } = call;
	if (text(call, 'fromSrc') !== '-')
		refuse(500, `Get "${text(call, 'fromSrc')}": dial tcp: lookup failed: no such host`);
	const repository = text(call, 'repo');
	if (repository) parseReference(repository);
	const entries = readTar(await call.body(largestUpload)) ?? refuse(500, 'archive/tar: invalid tar header');
	const image = importTree(
		world,
		entries,
		text(call, 'message') || 'Imported from -',
		call.query.getAll('changes'),
	);
	if (repository) tagAs(world, image, repository, text(call, 'tag'));
	emit(world, 'image', 'import', image.id, { name: image.id });
	const say = startLines(call);
	say({ status: image.id });
	call.response.end();
	return undefined;
};

const create = (call: Call) => {
	if (call.query.has('fromSrc')) return importImage(call);
	const [name, tag] = [text(call, 'fromImage'), text(call, 'tag')];
	if (!name) refuse(400, 'invalid reference format');
	parseReference(name);
	return pull(call, parseReference(tag ? `${name}${tag.startsWith('sha256:') ? '@' : ':'}${tag}` : name));
};

const pushImage = (call: Call) => {
	const [name, tag] = [part(call, 'name'), text(call, 'tag')];
	const reference = parseReference(tag ? `${name}:${tag}` : name);
	const image = lookUpImage(call.world, familiar(reference));
	return push(call, reference, image?.tags.has(familiar(reference)) ? image : undefined);
};

const search = (call: Call) => {
	const limit = whole(call, 'limit', 25);
	if (limit < 0 || limit > 100) refuse(400, `limit ${limit} is outside the range of [1, 100]`);
	const filters = parseFilters(call.query.get('filters'), ['is-automated', 'is-official', 'stars']);
	const term = text(call, 'term').toLowerCase();
	if (!term) refuse(400, 'invalid search term');
	const found = catalogue
		.filter((offer) => offer.name.includes(term) || offer.description.toLowerCase().includes(term))
		.map((offer) => ({
			star_count: offer.stars,
			is_official: true,
			name: offer.name,
			is_automated: false,
			description: offer.description,
		}));
	const copies = found.slice(0, 3).map((row) => ({
		...row,
		star_count: Math.round(row.star_count / 90),
		is_official: false,
		name: `demo/${row.name}`,
		description: `A copy of ${row.name} that anyone could have made`,
	}));
	const rows = [...found, ...copies]
		.filter((row) => passes(filters, 'is-official', (value) => row.is_official === isTrue(value)))
		.filter((_row) => passes(filters, 'is-automated', (value) => !isTrue(value)))
		.filter((row) => passes(filters, 'stars', (value) => row.star_count >= Number(value)))
		.sort((a, b) => Number(b.name === term) - Number(a.name === term) || b.star_count - a.star_count);
	return ok(rows.slice(0, limit || 25));
};

const save = (call: Call, names: string[]): undefined => {
	const images = names.map((name) => ({ name, image: findImage(call.world, name) }));
	for (const { image } of images) emit(call.world, 'image', 'save', image.id, { name: image.id });
	call.response.writeHead(200, { 'Content-Type': 'application/x-tar' });
	call.response.end(saveImages(call.world, images));
};

const load = async (call: Call): Promise<undefined> => {
	const entries = readTar(await call.body(largestUpload));
	const say = startLines(call);
	const present = new Set([...call.world.images.values()].flatMap(({ layers }) => layers));
	const loaded = entries ? loadImages(call.world, entries) : undefined;
	for (const { image } of loaded ?? [])
		for (const [layer, size] of layerSizes(image))
			if (!present.has(layer) && !flag(call, 'quiet'))
				say(layerLine(shortLayer(layer), 'Loading layer', size, size));
	if (!loaded)
		say({
			errorDetail: { message: 'invalid archive: does not contain a manifest.json' },
			error: 'invalid archive: does not contain a manifest.json',
		});
	for (const { image, names } of loaded ?? [])
		for (const line of names.length > 0
			? names.map((name) => `Loaded image: ${name}`)
			: [`Loaded image ID: ${image.id}`])
			say({ stream: `${line}\n` });
	for (const { image } of loaded ?? []) emit(call.world, 'image', 'load', image.id, { name: image.id });
	call.response.end();
	return undefined;
};

export const registryRoutes: Route[] = [
	['POST', '/images/create', create],
	['GET', '/images/search', search],
	[
		'GET',
		'/images/get',
		(call) =>
			save(
				call,
				call.query.getAll('names').flatMap((names) => names.split(',')),
			),
	],
	['GET', '/images/:name*/get', (call) => save(call, [part(call, 'name')])],
	['POST', '/images/load', load],
	['POST', '/images/:name*/push', pushImage],
];
