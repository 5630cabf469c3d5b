// The two lines below the panes: which docker lines show the same as the screen, and which keys are named.
import './surroundings.ts';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../source/model/event.ts';
import type { PaneName } from '../../source/model/state.ts';
import { width } from '../../source/model/text.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { listed } from '../model/things.ts';
import { look } from './look.ts';
import { sampleState } from './sample-state.ts';

const plain = (painted: string) => painted.replace(/\x1b\[[0-9;]*m/g, '');
/** Left and right. */
const restOf = (columns: number, ...events: readonly Event[]): string[] => {
	const line = plain(frameOf(look(sampleState({ columns, rows: 36 }), ...events)).action);
	expect(width(line)).toBe(columns);
	return line.trim().split(/ {4,}/);
};
const inPane = (pane: PaneName): Event => ({ type: 'pane-focused', pane });
const filter = (pane: PaneName, text: string): Event => ({ type: 'filtered', pane, text });

describe('at rest the docker lines that show the same', () => {
	it.each<[string, readonly Event[], readonly string[]]>([
		['as all containers and a log', [], ['$ docker ps -a', '$ docker logs -f web']],
		[
			'as the running ones',
			[{ type: 'stopped-shown', isShown: false }],
			['$ docker ps', '$ docker logs -f web'],
		],
		['as another tab', [{ type: 'tab-chosen', tab: 'Diff' }], ['$ docker ps -a', '$ docker diff web']],
		['as images', [inPane('images')], ['$ docker images', "$ docker image inspect 'team/웹:최신'"]],
		[
			'as images of one name',
			[inPane('images'), filter('images', 'httpd')],
			['$ docker images httpd', '$ docker image inspect httpd:2.4'],
		],
		[
			'as images found by several words, which docker cannot',
			[inPane('images'), filter('images', '2 http')],
			['$ docker images', '$ docker image inspect httpd:2.4'],
		],
		['as the ports of a container', [inPane('ports')], ['$ docker port dns', '$ docker logs -f dns']],
		['as what has the focus', [{ type: 'detail-focused', isFocused: true }], ['$ docker logs -f web']],
	])('stand there: %s', (_, events, lines) => {
		expect(restOf(120, ...events)).toEqual(lines);
	});

	it('leave the right one out where there is no room', () => {
		const long: Event = { type: 'moved', by: 3, unit: 'row' };
		expect(restOf(100, long)).toEqual([
			'$ docker ps -a',
			'$ docker logs -f postgres-main-with-a-rather-long-name-of-its-own',
		]);
		expect(restOf(60, long)).toEqual(['$ docker ps -a']);
	});

	it('are one where nothing is selected', () => {
		expect(plain(frameOf(listed([])).action).trim()).toBe('$ docker ps -a');
		expect(plain(frameOf(look(listed([]), inPane('ports'))).action).trim()).toBe('$ docker ps');
	});

	it('are gone under what has a docker line of its own', () => {
		expect(restOf(120, { type: 'opened', overlay: 'help' })).toEqual(['']);
	});
});

describe('the hint line', () => {
	const hints = (columns: number, ...events: readonly Event[]) =>
		plain(frameOf(look(sampleState({ columns, rows: 36 }), ...events)).hints).trimEnd();

	it('names what newcomers need at 120 columns, and uses the last of them', () => {
		expect(hints(120)).toContain('  n run  ');
		expect(width(hints(120))).toBeLessThanOrEqual(120);
	});

	it.each([60, 70, 80, 100, 119, 121, 200])('always leads to everything else, at %i columns', (columns) => {
		expect(hints(columns)).toMatch(/ {2}\/ filter {2}: commands {2}\? help {2}q quit$/);
		expect(width(hints(columns))).toBeLessThanOrEqual(columns);
	});

	it('has in a log the keys of the log, and the way back', () => {
		const inLog: Event = { type: 'detail-focused', isFocused: true };
		expect(hints(120, inLog)).toMatch(/^ \/ search {2}f filter {2}z zoom {2}/);
		for (const columns of [60, 80, 120, 200]) {
			expect(hints(columns, inLog)).toMatch(/ {2}Esc back {2}: commands {2}\? help {2}q quit$/);
			expect(hints(columns, inLog)).not.toMatch(/build|pull/);
		}
		// The log has the whole screen there anyway.
		expect(hints(80, inLog)).not.toContain('zoom');
	});
});
