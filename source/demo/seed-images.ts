// The images a demo starts with, and how an image is made from what the registry offers.

import { catalogue, type Offer } from './catalogue.ts';
import type { HistoryLine, Image } from './image.ts';
import { treeFor, withFiles } from './trees.ts';
import { sha256, type World } from './world.ts';

const day = 86_400_000;
const megabyte = 1_000_000;

const instructions = (offer: Offer): string[] => [
	...offer.layers.slice(1).map((_, index) => `RUN /bin/sh -c set -eux; install-part ${index + 1} # buildkit`),
	...Object.keys(offer.config.ExposedPorts ?? {}).map((port) => `EXPOSE map[${port}:{}]`),
	`CMD ${JSON.stringify(offer.config.Cmd)}`,
];

export const layerId = (name: string, index: number): string => `sha256:${sha256(`layer ${name} ${index}`)}`;

/** Shared bases have the same layer, so that a second pull finds it already there. */
const layersOf = (offer: Offer): string[] =>
	offer.layers.map((size, index) =>
		layerId(index === 0 && offer.family !== 'scratch' ? `base ${size}` : `${offer.name} ${size}`, index),
	);

export const imageFromOffer = (
	world: World,
	offer: Offer,
	tag: string,
	createdAt = world.now() - 21 * day,
): Image => {
	const history: HistoryLine[] = [
		{
			createdBy: `/bin/sh -c #(nop) ADD file:${sha256(offer.name)} in / `,
			comment: '',
			size: Math.round((offer.layers[0] ?? 0) * megabyte),
			createdAt,
		},
		...instructions(offer).map((createdBy, index) => ({
			createdBy,
			comment: 'buildkit.dockerfile.v0',
			size: Math.round((offer.layers[index + 1] ?? 0) * megabyte),
			createdAt,
		})),
	];
	const isSame = tag === 'latest' || tag === offer.tags[1];
	return {
		id: `sha256:${sha256(`image ${offer.name} ${isSame ? 'latest' : tag}`)}`,
		tags: new Set(),
		digests: new Set([`${offer.name}@sha256:${sha256(`digest ${offer.name} ${isSame ? 'latest' : tag}`)}`]),
		parent: '',
		createdAt,
		taggedAt: createdAt,
		comment: 'buildkit.dockerfile.v0',
		author: '',
		size: Math.round(offer.layers.reduce((sum, size) => sum + size, 0) * megabyte),
		layers: layersOf(offer),
		history,
		config: offer.config,
		tree: () => treeFor(offer),
	};
};

const derive = (
	world: World,
	base: Image,
	name: string,
	createdAt: number,
	files: Record<string, string>,
	config: Image['config'],
	lines: string[],
): Image => {
	const added = Math.round(2.4 * megabyte) + Object.values(files).join('').length;
	const tree = () => withFiles(base.tree(), files);
	const image: Image = {
		...base,
		id: `sha256:${sha256(`image ${name}`)}`,
		tags: new Set(),
		digests: new Set(),
		createdAt,
		taggedAt: createdAt,
		size: base.size + added,
		layers: [...base.layers, layerId(name, 0)],
		history: [
			...base.history,
			...lines.map((createdBy, index) => ({
				createdBy,
				comment: 'buildkit.dockerfile.v0',
				size: index === 0 ? added : 0,
				createdAt,
			})),
		],
		config: { ...base.config, ...config },
		tree,
	};
	world.images.set(image.id, image);
	return image;
};

const offerOf = (name: string): Offer => catalogue.find((offer) => offer.name === name) as Offer;

/** A small program of its own making and nothing else: no shell to open in it. */
const beacon: Offer = {
	name: 'harbour/beacon',
	description: '',
	stars: 0,
	tags: ['1.0'],
	layers: [9.1],
	family: 'scratch',
	programs: ['beacon'],
	config: { Entrypoint: ['/beacon'], Cmd: ['--every', '10s'] },
};

export const seedImages = (world: World): void => {
	const now = world.now();
	const add = (name: string, tag: string, age: number): Image => {
		const image = imageFromOffer(world, offerOf(name), tag, now - age * day);
		image.tags.add(`${name}:${tag}`);
		world.images.set(image.id, image);
		return image;
	};
	add('hello-world', 'latest', 120);
	add('busybox', 'latest', 60);
	add('ubuntu', '22.04', 45);
	add('postgres', '16', 30);
	add('redis', '7', 24);
	add('httpd', '2.4', 21);
	const built = Object.assign(imageFromOffer(world, beacon, '1.0', now - 5 * day), {
		digests: new Set<string>(),
	});
	built.tags.add('harbour/beacon:1.0');
	world.images.set(built.id, built);
	const python = add('python', '3', 14);
	const node = imageFromOffer(world, offerOf('node'), 'latest', now - 10 * day);
	const server = {
		'/app/server.js': "require('http').createServer((_, answer) => answer.end('ahoy')).listen(3000);\n",
		'/app/package.json': '{"name":"api"}\n',
	};
	const config = { Cmd: ['node', 'server.js'], WorkingDir: '/app', ExposedPorts: { '3000/tcp': {} } };
	const lines = [
		'COPY . . # buildkit',
		'WORKDIR /app',
		'EXPOSE map[3000/tcp:{}]',
		'CMD ["node" "server.js"]',
	];
	derive(world, node, 'harbour/api dangling', now - 3 * day, server, config, lines);
	const api = derive(world, node, 'harbour/api', now - 2 * day, server, config, lines);
	api.tags.add('harbour/api:1.4').add('harbour/api:latest');
	const jobs = {
		'/app/worker.py': "print('작업자를 시작합니다')\n",
		'/app/batch.py': "print('importing')\n",
		'/app/job.py': "print('resizing')\n",
	};
	derive(world, python, 'harbour/jobs', now - day, jobs, { WorkingDir: '/app' }, [
		'COPY *.py /app/ # buildkit',
		'WORKDIR /app',
	]).tags.add('harbour/jobs:latest');
};
