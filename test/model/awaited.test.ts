// The cursor goes to what was made as soon as the list has it, unless the person went on meanwhile.
import { expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import { world } from '../actions/player.ts';
import { after, container, idOf, image, now } from './things.ts';

const reread = (name: string): Event => ({
	type: 'reread',
	containers: [container(name)],
	gone: [],
	at: now,
});

const awaited = (id: string, pane: 'containers' | 'images' = 'containers'): Event => ({
	type: 'awaited',
	pane,
	id,
});

it('to a container that comes later', () => {
	const waiting = after(world(), awaited(idOf('fresh')));
	expect(waiting.panes.containers.selected).toBe(world().panes.containers.selected);
	const come = after(waiting, reread('fresh'));
	expect(come.panes.containers.selected).toBe(idOf('fresh'));
	expect(come.panes.containers.awaited).toBeUndefined();
});

it('to one that is there already', () => {
	const state = after(world(), reread('fresh'), awaited(idOf('fresh')));
	expect(state.panes.containers.selected).toBe(idOf('fresh'));
});

it.each([['demo/fresh:1'], [`sha256:${idOf('demo/fresh:1')}`]])('to the image %s', (id) => {
	const listed: Event = { type: 'images-listed', images: [image(['demo/fresh:1'])], at: now };
	expect(after(world(), awaited(id, 'images'), listed).panes.images.selected).toBe('demo/fresh:1');
});

it('not when the cursor was moved meanwhile', () => {
	const waiting = after(world(), awaited(idOf('fresh')), { type: 'moved', by: 1, unit: 'row' });
	const before = waiting.panes.containers.selected;
	expect(after(waiting, reread('fresh')).panes.containers.selected).toBe(before);
});
