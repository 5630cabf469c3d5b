// The rows of the lists: what is shown, in which order, and found by which words.
import { describe, expect, it } from 'vitest';
import type { Port } from '../../source/model/items.ts';
import { exposure } from '../../source/model/kinds/ports.ts';
import { kinds } from '../../source/model/kinds.ts';
import { countOf, rowById, rowsOf, selectedContainer, splitReference } from '../../source/model/rows.ts';
import type { PaneName, State } from '../../source/model/state.ts';
import { after, container, idOf, image, listed, now, second } from './things.ts';

const published = (address: string, hostPort: number, containerPort = 80): Port => ({
	address,
	hostPort,
	containerPort,
	protocol: 'tcp',
});
const exposed = (containerPort: number): Port => ({ address: '', containerPort, protocol: 'tcp' });

const names = (state: State) => rowsOf(state, 'containers').map(({ name }) => name);
const sorted = (state: State, pane: PaneName, sort: string) => after(state, { type: 'sorted', pane, sort });
const filtered = (state: State, pane: PaneName, text: string) =>
	after(state, { type: 'filtered', pane, text });

describe('containers', () => {
	const state = listed([
		container('web', { createdAt: now - 3 * second, image: 'nginx:1', ports: [published('0.0.0.0', 8080)] }),
		container('db', {
			createdAt: now - 2 * second,
			image: 'postgres:16',
			state: 'exited',
			status: 'Exited (1) 2 hours ago',
		}),
		container('api', { createdAt: now - second, image: 'app:dev', project: 'shop', health: 'unhealthy' }),
		container('웹서버', { createdAt: now, state: 'paused' }),
	]);

	it.each([
		['created', ['웹서버', 'api', 'db', 'web']],
		['name', ['api', 'db', 'web', '웹서버']],
		['state', ['api', 'web', '웹서버', 'db']],
		['image', ['api', '웹서버', 'web', 'db']],
		['no such order', ['웹서버', 'api', 'db', 'web']],
	])('by %s', (sort, expected) => {
		expect(names(sorted(state, 'containers', sort))).toEqual(expected);
	});

	it.each([
		['', 4],
		['WEB', 1],
		['postgres', 1],
		['8080→80', 1],
		['shop', 1],
		['unhealthy', 1],
		['exited', 1],
		['웹', 1],
		['nginx web', 1],
		['nginx db', 0],
		[idOf('db').slice(0, 12), 1],
	])('found by %o', (text, count) => {
		const found = filtered(state, 'containers', text);
		expect(names(found)).toHaveLength(count);
		expect(countOf(found, 'containers')).toBe(4);
	});

	it('without those that do not run', () => {
		const running = after(state, { type: 'stopped-shown', isShown: false });
		expect(names(running)).toEqual(['웹서버', 'api', 'web']);
		expect(countOf(running, 'containers')).toBe(3);
	});

	it('are the same array for the same state', () => {
		expect(rowsOf(state, 'containers')).toBe(rowsOf(state, 'containers'));
		expect(rowsOf({ ...state, now: now + 1 }, 'images')).toBe(rowsOf(state, 'images'));
	});
});

describe('images', () => {
	const state = listed(
		[container('web'), container('web-2')],
		[
			image(['httpd:2.4', 'httpd:latest'], { size: 3 }),
			image([], { size: 2, id: `sha256:${idOf('x')}` }),
			image([], { size: 1, id: `sha256:${idOf('y')}`, digests: ['team/app@sha256:ab'] }),
			image(['localhost:5000/app:1'], { size: 4 }),
		],
	);

	it('have a row a reference, and one for a dangling image', () => {
		expect(
			rowsOf(sorted(state, 'images', 'name'), 'images').map(({ id, repository, tag, usedBy }) => [
				id,
				repository,
				tag,
				usedBy.length,
			]),
		).toEqual([
			[`sha256:${idOf('x')}`, '<none>', '<none>', 0],
			['httpd:2.4', 'httpd', '2.4', 2],
			['httpd:latest', 'httpd', 'latest', 2],
			['localhost:5000/app:1', 'localhost:5000/app', '1', 0],
			[`sha256:${idOf('y')}`, 'team/app', '<none>', 0],
		]);
		expect(countOf(state, 'images')).toBe(5);
	});

	it('are found when dangling, and sorted by size and use', () => {
		expect(
			rowsOf(filtered(state, 'images', 'dangling'), 'images')
				.map(({ repository }) => repository)
				.sort(),
		).toEqual(['<none>', 'team/app']);
		expect(rowsOf(sorted(state, 'images', 'size'), 'images').map(({ size }) => size)).toEqual([
			4, 3, 3, 2, 1,
		]);
		expect(rowsOf(sorted(state, 'images', 'used'), 'images').map(({ usedBy }) => usedBy.length)).toEqual([
			2, 2, 0, 0, 0,
		]);
	});

	it.each([
		['httpd', 'httpd', '<none>'],
		['httpd:2.4', 'httpd', '2.4'],
		['localhost:5000/app', 'localhost:5000/app', '<none>'],
		['localhost:5000/app:1', 'localhost:5000/app', '1'],
	])('%s is split', (reference, repository, tag) => {
		expect(splitReference(reference)).toEqual({ repository, tag });
	});
});

describe('ports', () => {
	const state = listed([
		container('web', { ports: [published('0.0.0.0', 8080), published('::', 8080), exposed(443)] }),
		container('db', { ports: [published('127.0.0.1', 5432, 5432)] }),
		container('lan', {
			ports: [published('192.168.0.7', 9000), { ...published('::1', 53, 53), protocol: 'udp' }],
		}),
	]);

	it('fold the twins of IPv4 and IPv6, and end with what is only exposed', () => {
		expect(
			rowsOf(state, 'ports').map((row) => [row.hostPort, row.containerName, row.addresses, exposure(row)]),
		).toEqual([
			[53, 'lan', ['::1'], 'this host only'],
			[5432, 'db', ['127.0.0.1'], 'this host only'],
			[8080, 'web', ['0.0.0.0', '::'], 'all interfaces'],
			[9000, 'lan', ['192.168.0.7'], '192.168.0.7'],
			[undefined, 'web', [], 'exposed, not published'],
		]);
	});

	it('are found by what is on screen', () => {
		const found = (text: string) =>
			rowsOf(filtered(state, 'ports', text), 'ports').map(({ hostPort }) => hostPort);
		expect(found('exposed')).toEqual([undefined]);
		expect(found('8080')).toEqual([8080]);
		expect(found('53/udp')).toEqual([53]);
		expect(found('[::1]:53')).toEqual([53]);
	});

	it('lead to their container', () => {
		const focused = after(state, { type: 'pane-focused', pane: 'ports' });
		expect(selectedContainer(focused)?.name).toBe('lan');
		expect(rowById(focused, 'ports', `${idOf('web')}:8080:80/tcp`)).toMatchObject({ containerName: 'web' });
	});
});

it('every kind says what to do when it is empty, sorts by what exists, and has ranks', () => {
	const state = listed([]);
	for (const name of ['containers', 'images', 'ports'] as const) {
		expect(rowsOf(state, name)).toEqual([]);
		expect(kinds[name].empty).toMatch(/^[A-Z].*/);
		expect(kinds[name].sorts[0]?.id).toBe(state.panes[name].sort);
		for (const { min, max } of kinds[name].columns) expect(min).toBeLessThanOrEqual(max);
	}
});
