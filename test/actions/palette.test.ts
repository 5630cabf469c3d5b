// What the palette offers, and what finds it.
import { describe, expect, it } from 'vitest';
import { offered, offers } from '../../source/actions/palette.ts';
import { after, listed } from '../model/things.ts';
import { containersOn, on, world } from './player.ts';

const ids = (text: string, state = containersOn('web')) => offers(state, text).map(({ action }) => action.id);

it('offers everything that means something here', () => {
	const all = ids('');
	for (const id of ['container.stop', 'container.prune', 'list.sort', 'app.journal', 'app.quit'])
		expect(all).toContain(id);
	for (const id of ['image.remove', 'app.palette', 'question.yes', 'unavailable.demo'])
		expect(all).not.toContain(id);
	expect(ids('', on(world(), 'images', []))).toContain('image.prune');
});

it.each([
	['restart', 'container.restart'],
	['Force', 'container.force-remove'],
	['fcrm', 'container.force-remove'],
	['docker stop', 'container.stop'],
	['rm -f', 'container.force-remove'],
	['journal', 'app.journal'],
	['qui', 'app.quit'],
	['prune', 'container.prune'],
	['docker pull', 'app.pull'],
	['docker push', 'app.push'],
	['docker run', 'app.run'],
	['docker search', 'app.search'],
	['docker save', 'app.save'],
	['docker load', 'app.load'],
	['docker login', 'app.login'],
	['docker commit', 'container.commit'],
	['docker version', 'app.version'],
	['docker history', 'app.layers'],
	['docker system df', 'app.disk'],
])('%s finds %s first', (text, id) => {
	expect(ids(text)[0]).toBe(id);
});

it('finds nothing where no title has the letters in this order', () => {
	expect(ids('zzz')).toEqual([]);
	expect(ids('전혀없음')).toEqual([]);
});

it('shows the docker line on the selection, or why it cannot be', () => {
	const stop = offers(containersOn('web'), '').find(({ action }) => action.id === 'container.stop');
	expect(stop).toEqual({ action: stop?.action, line: 'docker stop web' });
	const start = offers(containersOn('web', 'api'), '').find(({ action }) => action.id === 'container.start');
	expect(start).toMatchObject({ line: 'docker start web api', reason: 'web is already running' });
	expect(offers(listed([]), '').find(({ action }) => action.id === 'container.stop')).toMatchObject({
		line: '',
		reason: 'There is nothing here to do that to.',
	});
});

it('is what the open palette lists', () => {
	const open = after(
		containersOn('web'),
		{ type: 'opened', overlay: 'palette' },
		{ type: 'palette-typed', text: 'restart' },
	);
	expect(offered(open)[0]?.id).toBe('container.restart');
	expect(offered(containersOn('web'))).toEqual([]);
});

describe('in a log', () => {
	const inLog = after(containersOn('web'), { type: 'detail-focused', isFocused: true });
	const titles = (text: string) => offers(inLog, text).map(({ action }) => action.title);

	it('the commands of the log come first', () => {
		const found = ids('log', inLog);
		const others = found.findIndex((id) => !id.startsWith('log.'));
		expect(others).toBeGreaterThan(10);
		for (const id of ['log.search', 'log.filter', 'log.save', 'log.level', 'log.zoom'])
			expect(found.slice(0, others)).toContain(id);
	});

	it.each([
		['full', 'log.zoom'],
		['zoom', 'log.zoom'],
		['save', 'log.save'],
		['stderr', 'log.source'],
		['restart', 'container.restart'],
		['login', 'app.login'],
	])('%s finds %s first', (text, id) => {
		expect(ids(text, inLog)[0]).toBe(id);
	});

	it('nothing is offered twice', () => {
		expect(titles('zoom')).toEqual(['Zoom the log to the full screen']);
		expect(titles('').filter((title) => title === 'Down')).toHaveLength(1);
	});
});
