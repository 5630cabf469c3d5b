// What the screenshots of running, pulling and looking up show.
import type { Engine } from '../../source/engine/contract.ts';
import type { Event } from '../../source/model/event.ts';
import type { Registry } from '../../source/registry/registry.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { runQuestion } from '../../source/run/run-form.ts';
import { day, image, minute, now, second, transferOf } from '../model/things.ts';
import { contextOf } from '../run/things.ts';
import { lookedUp } from './looked-up.ts';

const read = parseRunLine(
	"docker run -d --name shop-api -p 3001:3000 -e NODE_ENV=production -e 'GREETING=어서 오세요' -v shop-data:/data --network shop_default --restart unless-stopped -m 512m shop/api:1.8",
);
if ('problem' in read) throw new Error(read.problem);
const context = {
	...contextOf({ networks: ['shop_default'] }),
	images: new Map([['shop/api:1.8', image(['shop/api:1.8'])]]),
};

/** The form of `docker run`, with the cursor in the ports. */
export const runShown: readonly Event[] = [
	{ type: 'asked', actionId: 'app.run', itemIds: [], question: runQuestion(read.wish, context, []) },
	{ type: 'field-focused', field: 6 },
];

const layer = (createdBy: string, size: number, days: number) => ({
	createdBy,
	comment: '',
	createdAt: now - days * day,
	size,
	references: [],
});

const engine = {
	history: async () => [
		{ ...layer('CMD ["node" "server.js"]', 0, 1), id: image(['shop/api:1.8']).id },
		layer('EXPOSE map[3000/tcp:{}]', 0, 1),
		layer('COPY dist ./dist # buildkit', 4_210_000, 1),
		layer('RUN /bin/sh -c npm ci --omit=dev && npm cache clean --force # buildkit', 48_300_000, 1),
		layer('COPY package.json package-lock.json ./ # buildkit', 214_000, 1),
		layer('WORKDIR /app', 0, 1),
		layer('/bin/sh -c #(nop)  CMD ["node"]', 0, 12),
		layer('RUN /bin/sh -c apk add --no-cache --virtual .build-deps-yarn curl gnupg tar', 5_320_000, 12),
		layer(
			'RUN /bin/sh -c addgroup -g 1000 node && adduser -u 1000 -G node -s /bin/sh -D node',
			148_000_000,
			12,
		),
		layer('ENV NODE_VERSION=22.12.0', 0, 12),
		layer('/bin/sh -c #(nop) ADD file:758d4c0e21a91dd1 in / ', 8_120_000, 40),
	],
	search: async () =>
		(
			[
				['nginx', 'Official build of Nginx.', 20_614, true],
				['unit', 'Official build of NGINX Unit: Universal Web App Server', 37, true],
				['nginx/nginx-ingress', 'NGINX and NGINX Plus Ingress Controllers for Kubernetes', 103, false],
				['nginxinc/nginx-unprivileged', 'Unprivileged NGINX Dockerfiles', 160, false],
				['bitnami/nginx', 'Bitnami container image for NGINX', 201, false],
				['nginxproxy/nginx-proxy', 'Automated nginx proxy for Docker containers', 178, false],
				['ubuntu/nginx', 'Nginx, a high-performance reverse proxy & web server', 124, false],
				['shop/nginx', '상점 앞의 프록시', 3, false],
			] as const
		).map(([name, description, stars, isOfficial]) => ({ name, description, stars, isOfficial })),
} as unknown as Engine;
const given = { engine, registry: {} as Registry, containers: [] };

export const layersShown: readonly Event[] = [
	...(await lookedUp(given, (looks) => looks.layers('shop/api:1.8'))),
	{ type: 'overlay-moved', by: 3 },
];
export const foundShown = await lookedUp(given, (looks) => looks.search('nginx'));

const part = (id: string, state: string, current?: number, total?: number, isDone = false) => ({
	id,
	state,
	...(current === undefined ? {} : { current }),
	...(total === undefined ? {} : { total }),
	isDone,
});

/** In the middle. */
export const pulled = transferOf({
	title: 'python:3.13',
	line: 'docker pull python:3.13',
	startedAt: now - minute + 18 * second,
	said: 'Pulling from library/python',
	current: 205_700_000,
	total: 390_200_000,
	share: 205.7 / 390.2,
	speed: 8_900_000,
	layers: [
		part('7cd785773db4', 'Pull complete', 48_500_000, 48_500_000, true),
		part('091eb8249475', 'Pull complete', 24_000_000, 24_000_000, true),
		part('255774e0027b', 'Extracting', 38_900_000, 64_400_000),
		part('353e14e5cc47', 'Downloading', 94_300_000, 211_300_000),
		part('66156bf6b4ac', 'Download complete', 6_160_000, 6_160_000),
		part('2acd3f7b4ad0', 'Downloading', 9_870_000, 27_400_000),
		part('8b24d2f7ba1e', 'Waiting'),
	],
});
