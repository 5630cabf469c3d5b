// What a key does is what its docker line says: for every verb of the table, its calls written down as docker lines.
import { describe, expect, it } from 'vitest';
import { isVerb } from '../../source/actions/action.ts';
import { actions } from '../../source/actions/table.ts';
import type { PaneName, State } from '../../source/model/state.ts';
import { questionLine } from '../../source/ui/footer.ts';
import { idOf } from '../model/things.ts';
import { dangling, on, play, world } from './player.ts';

type Case = {
	readonly pane?: PaneName;
	/** The row the cursor is on, or the marked ones. Containers by name. */
	readonly rows: readonly string[];
	/** Keys that fill in the question, before Enter. */
	readonly answer?: readonly string[];
	/** The docker line; for what docker has no line for, what the terminal was told. */
	readonly line?: string;
	readonly did?: string;
};

const typed = (text: string) => ['ctrl+u', ...text];
const images = (rows: readonly string[], line: string, answer: readonly string[] = []): Case => ({
	pane: 'images',
	rows,
	answer,
	line,
});

const cases: Readonly<Record<string, readonly Case[]>> = {
	'container.stop': [
		{ rows: ['web'], line: 'docker stop web' },
		{ rows: ['cold'], line: 'docker stop cold' },
		{ rows: ['web', 'api', 'cold'], line: 'docker stop web api cold' },
	],
	'container.start': [
		{ rows: ['old'], line: 'docker start old' },
		{ rows: ['old', 'older'], line: 'docker start old older' },
	],
	'container.restart': [
		{ rows: ['web'], line: 'docker restart web' },
		{ rows: ['web', 'old'], line: 'docker restart web old' },
	],
	'container.pause': [{ rows: ['web'], line: 'docker pause web' }],
	'container.unpause': [{ rows: ['cold'], line: 'docker unpause cold' }],
	'container.kill': [
		{ rows: ['web'], line: 'docker kill web' },
		{ rows: ['web'], answer: ['right'], line: 'docker kill -s SIGTERM web' },
		{ rows: ['web', 'api'], answer: ['space', 'space', 'space'], line: 'docker kill -s SIGHUP web api' },
		{ rows: ['web'], answer: ['left'], line: 'docker kill -s SIGCONT web' },
	],
	'container.rename': [
		{ rows: ['web'], answer: typed('front'), line: 'docker rename web front' },
		{ rows: ['web'], answer: ['-', '2', 'x', 'backspace'], line: 'docker rename web web-2' },
	],
	'container.remove': [
		{ rows: ['old'], line: 'docker rm old' },
		{ rows: ['old'], answer: ['space'], line: 'docker rm -v old' },
		{ rows: ['old', 'older'], answer: ['space'], line: 'docker rm -v old older' },
	],
	'container.force-remove': [
		{ rows: ['web'], line: 'docker rm -f web' },
		{ rows: ['web', 'old'], answer: ['right'], line: 'docker rm -f -v web old' },
	],
	'container.prune': [{ rows: ['web'], line: 'docker container prune -f' }],
	'container.copy': [
		{ rows: ['web'], did: 'copy web' },
		{ rows: ['web'], answer: ['right'], did: `copy ${idOf('web')}` },
		{ rows: ['web'], answer: ['right', 'right', 'right'], did: 'copy docker exec -it web sh' },
	],
	'image.remove': [
		images(['tool:3'], 'docker rmi tool:3'),
		images(['app:1'], 'docker rmi app:1'),
		images([dangling], `docker rmi ${dangling.slice(7, 19)}`),
		images(['app:1', 'app:latest', dangling], `docker rmi app:1 app:latest ${dangling.slice(7, 19)}`),
	],
	'image.force-remove': [images(['httpd:2.4'], 'docker rmi -f httpd:2.4')],
	'image.prune': [images([], 'docker image prune -f'), images([], 'docker image prune -a -f', ['right'])],
	'image.copy': [
		{ pane: 'images', rows: ['tool:3'], answer: ['left', 'left'], did: 'copy docker run -it --rm tool:3' },
	],
	'port.copy': [
		{ pane: 'ports', rows: [`${idOf('web')}:8080:80/tcp`], did: 'copy http://localhost:8080' },
		{ pane: 'ports', rows: [`${idOf('api')}:3000:3000/tcp`], answer: ['right'], did: 'copy 127.0.0.1:3000' },
		{
			pane: 'ports',
			rows: [`${idOf('web')}:8080:80/tcp`],
			answer: ['left'],
			did: 'copy docker port web 80/tcp',
		},
	],
};

const verbs = actions.filter(isVerb);

it('every verb of the table is tried, and nothing else', () => {
	expect(Object.keys(cases).sort()).toEqual(verbs.map(({ id }) => id).sort());
});

const stateOf = ({ pane = 'containers', rows }: Case): State =>
	on(world(), pane, pane === 'containers' ? rows.map(idOf) : rows);

describe.each(verbs.flatMap((verb) => (cases[verb.id] ?? []).map((one) => [verb.id, one] as const)))(
	'%s',
	(id, one) => {
		it(`on ${one.rows.join(' ')} with ${one.answer?.join(' ') || 'no answer'} is ${one.line ?? one.did}`, async () => {
			const player = play(stateOf(one));
			await player.pressAction(id);
			const { overlay } = player.state();
			if (overlay) {
				expect(overlay.type).toBe('question');
				expect(player.lines()).toEqual([]);
				await player.press(...(one.answer ?? []));
				// The line under the question is the line that will be run.
				expect(questionLine(player.state())).toBe(one.line ?? '');
				await player.press('enter');
			} else {
				expect(one.answer ?? []).toEqual([]);
			}
			const { journal, notice, marked, busy } = player.state();
			expect(player.state().overlay).toBeUndefined();
			expect(player.lines()).toEqual(one.line === undefined ? [] : [one.line]);
			expect(journal.map(({ line, outcome }) => [line, outcome])).toEqual(
				one.line === undefined ? [] : [[one.line, 'done']],
			);
			expect(player.did).toEqual(one.did === undefined ? [] : [one.did]);
			expect(notice?.tone).toBe('good');
			expect([marked.size, busy.size]).toEqual([0, 0]);
		});
	},
);
