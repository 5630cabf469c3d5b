// The screens with transfers that have an expected frame, by name.
import type { Event } from '../../source/model/event.ts';
import type { State } from '../../source/model/state.ts';
import type { Transfer, TransferLayer } from '../../source/model/transfers.ts';
import { now, second, transferOf } from '../model/things.ts';
import { type Size, sampleState } from './sample-state.ts';

const small: Size = { columns: 60, rows: 15 };
const usual: Size = { columns: 80, rows: 24 };
const good: Size = { columns: 120, rows: 36 };
const large: Size = { columns: 200, rows: 60 };

const layer = (
	id: string,
	state: string,
	current?: number,
	total?: number,
	isDone = false,
): TransferLayer => ({
	id,
	state,
	...(current !== undefined && { current }),
	...(total !== undefined && { total }),
	isDone,
});

const over = (transfer: Transfer, news: Partial<Transfer> = {}): Transfer => {
	const { speed: _, isTotalLeast: __, ...rest } = transfer;
	return { ...rest, endedAt: now, ...news };
};

const pull = transferOf({
	title: 'ubuntu:14.04',
	line: 'docker pull ubuntu:14.04',
	startedAt: now - 3.1 * second,
	said: 'Pulling from library/ubuntu',
	current: 12_300_000,
	total: 45_600_000,
	share: 12.3 / 45.6,
	speed: 8_100_000,
	layers: [
		layer('5c90d4a2d1a8', 'Already exists', undefined, undefined, true),
		layer('2ec9ec5d5b2e', 'Downloading', 9_240_000, 35_100_000),
		layer('f10a5e1a3a4c', 'Pull complete', 72_000, 72_000, true),
		layer('9b2f0a1bc000', 'Extracting', 2_000_000, 2_930_000),
		layer('0ec0de0c0ffe', 'Verifying Checksum', undefined, 1_840_000),
		layer('1f2e3d4c5b6a', 'Download complete', undefined, 620_000),
		layer('77aa77aa77aa', 'Waiting'),
	],
});

const growing: Transfer = { ...pull, isTotalLeast: true, share: 0.19 };
const extracting: Transfer = { ...pull, current: 45_600_000, share: 1 };
const finished = over(pull, {
	status: 'done',
	current: 45_600_000,
	share: 1,
	outcome: 'downloaded newer',
	digest: 'sha256:64483f3496c1373bfd55348e88694d1c4d0c9b660dee6bfef5e12f43b9933b30',
	layers: pull.layers.map(({ id, total }) =>
		total === undefined
			? layer(id, 'Already exists', undefined, undefined, true)
			: layer(id, 'Pull complete', total, total, true),
	),
});

/** So many layers, of which some are done. */
const long = (layers: number, done: number): Transfer => ({
	...growing,
	title: 'registry.example.com:5000/platform/backend/api-gateway:2026.01.14-rc1',
	layers: Array.from({ length: layers }, (_, index) => {
		const id = String(index).padStart(12, '0');
		if (index < done) return layer(id, 'Pull complete', 1_230_000, 1_230_000, true);
		return index < done + 3
			? layer(id, 'Downloading', 310_000 * (index - done + 1), 1_230_000)
			: layer(id, 'Waiting');
	}),
});

const push = transferOf({
	id: 2,
	kind: 'push',
	title: 'account/python-demo',
	line: 'docker push account/python-demo',
	startedAt: now - 12 * second,
	current: 5_120_000,
	total: 9_800_000,
	share: 5.12 / 9.8,
	speed: 412_000,
	layers: [
		layer('1f231e7127a1', 'Pushed', 2_100_000, 2_100_000, true),
		layer('a0b1c2d3e4f5', 'Pushing', 3_020_000, 7_700_000),
		layer('b1c2d3e4f5a6', 'Layer already exists', undefined, undefined, true),
		layer('c2d3e4f5a6b7', 'Mounted from library/python', undefined, undefined, true),
		layer('d3e4f5a6b7c8', 'Preparing'),
	],
});
const pushed = over(push, {
	status: 'done',
	outcome: 'pushed',
	digest: 'sha256:64483f3496c1373bfd55348e88694d1c4d0c9b660dee6bfef5e12f43b9933b30',
	manifestSize: 1367,
	layers: push.layers.map((one) => ({ ...one, isDone: true })),
});
const refused = over(push, {
	status: 'failed',
	current: 0,
	failure:
		'The registry does not let you push account/python-demo: log in as somebody who may. (denied: requested access to the resource is denied)',
	wantsLogin: 'index.docker.io',
});

const save = transferOf({
	id: 3,
	kind: 'save',
	title: '~/images/웹서버와 그 밖의 것들.tar',
	line: "docker save -o '/home/me/images/웹서버와 그 밖의 것들.tar' web api",
	startedAt: now - 95 * second,
	current: 1_230_000_000,
	speed: 123_000_000,
});
const load = transferOf({
	id: 4,
	kind: 'load',
	title: 'images.tar.gz',
	line: 'docker load -i images.tar.gz',
	current: 4_560_000_000,
	total: 4_560_000_000,
	share: 1,
	layers: [layer('7a0e3a29d36b', 'Loading layer', 9_437_696, 12_584_448)],
});

const hostile = '\x1b[2J\x1b]0;owned\x07\u202e 잘못 \t\r\n';
const hostilePull: Transfer = {
	...over(pull, { status: 'failed', failure: `It failed: ${hostile.repeat(20)}` }),
	title: hostile,
	line: hostile,
	layers: [
		layer(hostile.repeat(9), hostile.repeat(9), 1, 2),
		layer('', '', 1),
		layer('x', hostile, 3, 4, true),
	],
};

const started = (...transfers: readonly Transfer[]): Event[] =>
	transfers.map((transfer) => ({ type: 'transfer-started', transfer }));
const transfers = (size: Size, transfer: Transfer, ...events: readonly Event[]): State =>
	sampleState(size, ...started(transfer), ...events);
const several = [
	...started(finished, push, save, load),
	...started(...[5, 6, 7, 8].map((id) => ({ ...long(3, 1), id }))),
	{ type: 'transfer-fronted', id: 3 } as const,
];
const inLists: Event = { type: 'detail-focused', isFocused: false };
const down = (by: number): Event => ({ type: 'transfer-scrolled', by, unit: 'row' });

export const transferScreens: Readonly<Record<string, () => State>> = {
	'transfer-pull-60x15': () => transfers(small, pull),
	'transfer-pull-80x24': () => transfers(usual, pull),
	'transfer-pull-120x36': () => transfers(good, pull),
	'transfer-pull-200x60': () => transfers(large, pull),
	'transfer-lists-80x24': () => transfers(usual, pull, inLists),
	'transfer-lists-120x36': () => transfers(good, pull, inLists),
	'transfer-growing-120x36': () => transfers(good, growing),
	'transfer-extracting-120x36': () => transfers(good, extracting),
	'transfer-waiting-80x24': () => transfers(usual, transferOf()),
	'transfer-finished-120x36': () => transfers(good, finished),
	'transfer-finished-60x15': () => transfers(small, finished),
	'transfer-long-80x24': () => transfers(usual, long(40, 25)),
	'transfer-long-read-80x24': () => transfers(usual, long(40, 25), down(-9)),
	'transfer-push-120x36': () => transfers(good, push),
	'transfer-pushed-80x24': () => transfers(usual, pushed),
	'transfer-refused-120x36': () => transfers(good, refused),
	'transfer-refused-60x15': () => transfers(small, refused),
	'transfer-cancelling-80x24': () => transfers(usual, { ...pull, status: 'cancelling' }),
	'transfer-cancelled-120x36': () => transfers(good, over(pull, { status: 'cancelled' })),
	'transfer-save-80x24': () => transfers(usual, save),
	'transfer-load-120x36': () => transfers(good, load),
	'transfer-hostile-120x36': () => transfers(good, hostilePull),
	'transfer-several-120x36': () => sampleState(good, ...several),
	'transfer-several-60x15': () => sampleState(small, ...several),
};
