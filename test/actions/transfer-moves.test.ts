// Transfers by keys: what can be done to one that moves, to one that is over, and on the way out.
import { describe, expect, it } from 'vitest';
import type { Question } from '../../source/model/question.ts';
import { inTransfer, type Player, until } from './player.ts';

const questionOf = (player: Player): Question => {
	const { overlay } = player.state();
	if (overlay?.type !== 'question') throw new Error(`There is no question, but ${overlay?.type}`);
	return overlay.question;
};
const first = (player: Player) => player.state().transfers.list[0];

describe('a transfer that moves', () => {
	it('is cancelled, not left, by Ctrl+C; then Ctrl+C says what leaves', async () => {
		const player = await inTransfer();
		await player.press('ctrl+c');
		await until(() => first(player)?.status === 'cancelled');
		expect(player.moving[0]?.signal.aborted).toBe(true);
		expect(player.state().journal).toMatchObject([
			{
				line: 'docker pull ubuntu:14.04',
				outcome: 'failed',
				message: 'the pull of ubuntu:14.04 was cancelled',
			},
		]);
		await player.press('ctrl+c');
		expect(player.state().notice?.text).toBe('The transfer is over. q quits Portside.');
		expect(player.did).toEqual([]);
	});

	it('is neither closed nor begun again', async () => {
		const player = await inTransfer();
		await player.press('d', 'r');
		expect(player.state().transfers.list).toMatchObject([{ status: 'running' }]);
		expect(player.state().notice?.text).toBe('r is a key of the lists: Esc leads to them.');
	});

	it('goes on while something else is looked at; 7 leads back', async () => {
		const player = await inTransfer();
		await player.press('esc');
		expect(player.state()).toMatchObject({ isDetailFocused: false, beside: 'transfers' });
		await player.press('4');
		expect(player.state()).toMatchObject({ isDetailFocused: true, beside: 'details' });
		player.moving[0]?.tell({ type: 'layer', id: 'layer-11', state: 'Downloading', current: 5, total: 10 });
		await until(() => first(player)?.current === 5);
		expect(player.state().beside).toBe('details');
		await player.press('7');
		expect(player.state()).toMatchObject({ isDetailFocused: true, beside: 'transfers' });
	});

	it('is asked about before Portside is left', async () => {
		const player = await inTransfer();
		await player.press('q');
		expect(questionOf(player)).toMatchObject({
			title: 'Quit with 1 transfer under way?',
			body: ['the pull of ubuntu:14.04: it is cancelled'],
			fields: [],
			isDestructive: true,
		});
		await player.press('enter');
		expect(player.did).toEqual(['quit']);
	});
});

describe('a transfer that is over', () => {
	it('can be left without a question', async () => {
		const player = await inTransfer(true);
		await player.press('q');
		expect(player.did).toEqual(['quit']);
	});

	it.each([
		[[], 'sha256:0123'],
		[['right'], 'ubuntu:14.04'],
		[['left'], 'docker pull ubuntu:14.04'],
	])('is copied (%j)', async (keys, text) => {
		const player = await inTransfer(true);
		await player.press('y', ...keys, 'enter');
		expect(player.did).toEqual([`copy ${text}`]);
		expect(player.state().notice).toMatchObject({ text: `copied ${text}`, tone: 'good' });
	});
});

it('several at once have a tab each, the newest in front', async () => {
	const player = await inTransfer();
	player.transfers.pull('redis');
	player.transfers.push('me/web');
	await until(() => player.moving.length === 3);
	expect(player.state().transfers).toMatchObject({
		list: [{}, { title: 'redis' }, { title: 'me/web' }],
		front: 3,
	});
	await player.press(']');
	expect(player.state().transfers.front).toBe(1);
	await player.press('[', '[', 'ctrl+c');
	await until(() => player.state().transfers.list[1]?.status === 'cancelled');
	expect(player.state().transfers.list.map(({ status }) => status)).toEqual([
		'running',
		'cancelled',
		'running',
	]);
});
