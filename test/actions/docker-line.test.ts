// What a key does is what its docker line says: for every verb of the table, its calls written down as docker lines.
import { describe, expect, it } from 'vitest';
import { isVerb } from '../../source/actions/action.ts';
import { actions } from '../../source/actions/table.ts';
import type { ContainerDetail } from '../../source/model/items.ts';
import type { PaneName, State } from '../../source/model/state.ts';
import { questionLine } from '../../source/ui/footer.ts';
import { idOf } from '../model/things.ts';
import { dangling, on, play, until, world } from './player.ts';

type Case = {
	readonly pane?: PaneName;
	/** The row the cursor is on, or the marked ones. Containers by name. */
	readonly rows: readonly string[];
	/** Keys that fill in the question, before Enter. */
	readonly answer?: readonly string[];
	/** The docker line; for what docker has no line for, what the terminal was told. */
	readonly line?: string;
	readonly did?: string;
	/** What the engine was asked for, where that is not the docker line. */
	readonly calls?: readonly string[];
	/** The tabs that are open then: container and program. */
	readonly tabs?: readonly string[];
	/** What the engine tells of the container. */
	readonly detail?: Partial<ContainerDetail>;
	/** It does what was not asked for on a key, but where something was found out. */
	readonly hasNoKey?: true;
	/** Nothing is asked. */
	readonly asksNothing?: true;
	/** It only says something. */
	readonly isOnlySaid?: true;
};

const typed = (text: string) => ['ctrl+u', ...text];
const images = (rows: readonly string[], line: string, answer: readonly string[] = []): Case => ({
	pane: 'images',
	rows,
	answer,
	line,
});

const exec = (
	command: string,
	rest: readonly string[],
	line: string,
	program = command.split(' ')[0],
): Case => ({
	rows: ['web'],
	answer: [...command, ...rest],
	line,
	tabs: [`web ${program}`],
});
const instead = (answer: readonly string[], line: string): Case => ({
	rows: ['web'],
	answer,
	line,
	calls: [],
	hasNoKey: true,
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
	'container.shell': [
		{ rows: ['web'], line: 'docker exec -it web bash', tabs: ['web bash'] },
		{
			rows: ['web', 'api'],
			line: 'docker exec -it web bash; docker exec -it api bash',
			calls: ['docker exec -it web bash', 'docker exec -it api bash'],
			tabs: ['web bash', 'api bash'],
		},
	],
	'container.choose-shell': [
		{ rows: ['web'], answer: [], line: 'docker exec -it web bash', tabs: ['web bash'] },
		{ rows: ['web'], answer: ['right'], line: 'docker exec -it web sh', tabs: ['web sh'] },
		{
			rows: ['web'],
			answer: ['left', 'down', ...'www-data'],
			line: 'docker exec -it -u www-data web sh',
			tabs: ['web sh'],
		},
		{
			rows: ['web', 'api'],
			answer: ['tab', ...'0:0'],
			line: 'docker exec -it -u 0:0 web bash; docker exec -it -u 0:0 api bash',
			calls: ['docker exec -it -u 0:0 web bash', 'docker exec -it -u 0:0 api bash'],
			tabs: ['web bash', 'api bash'],
		},
	],
	'container.exec': [
		exec('ls', [], 'docker exec -it web ls'),
		exec('/usr/bin/env -i A=1', [], 'docker exec -it web /usr/bin/env -i A=1', 'env'),
		exec('ls', ['down', 'space'], 'docker exec web ls'),
		exec('id -u', ['down', 'down', ...'root'], 'docker exec -it -u root web id -u'),
		exec('ls', ['down', 'down', 'down', ...'/my files'], "docker exec -it -w '/my files' web ls"),
		exec(
			'env',
			['up', 'up', ...'A=1 B="two words" C='],
			"docker exec -it -e A=1 -e 'B=two words' -e C= web env",
		),
		exec('ip link', ['up', 'space'], 'docker exec -it --privileged web ip link'),
		exec(
			'env',
			['down', 'space', 'down', ...'0', 'down', ...'/', 'down', ...'A=1', 'down', 'space'],
			'docker exec -u 0 -w / -e A=1 --privileged web env',
		),
		exec(`sh -c 'echo "$HOME" | wc'`, [], `docker exec -it web sh -c 'echo "$HOME" | wc'`),
		exec(`printf %s "it's" ''`, [], `docker exec -it web printf %s 'it'\\''s' ''`),
		exec('에코 안녕\\ 하세요', [], "docker exec -it web '에코' '안녕 하세요'", '에코'),
		{
			rows: ['web', 'api'],
			answer: [...'date'],
			line: 'docker exec -it web date; docker exec -it api date',
			calls: ['docker exec -it web date', 'docker exec -it api date'],
			tabs: ['web date', 'api date'],
		},
	],
	'container.attach': [
		{ rows: ['web'], answer: [], line: 'docker attach web', tabs: ['web attach'] },
		{
			rows: ['web'],
			detail: { tty: true, openStdin: true },
			asksNothing: true,
			line: 'docker attach web',
			tabs: ['web attach'],
		},
		{
			rows: ['web', 'api'],
			asksNothing: true,
			line: 'docker attach web; docker attach api',
			calls: ['docker attach web api'],
			tabs: ['web attach', 'api attach'],
		},
	],
	'container.without-shell': [
		instead([], 'docker top web'),
		instead(['right'], 'docker diff web'),
		instead(['space', 'space'], 'docker inspect web'),
	],
	'container.commit': [
		{ rows: ['web'], answer: [], line: 'docker commit web' },
		{ rows: ['web'], answer: [...'python-custom'], line: 'docker commit web python-custom' },
		{
			rows: ['web'],
			answer: [
				...'team/app:2',
				'down',
				...'it works',
				'down',
				...'me',
				'down',
				'space',
				'down',
				...'httpd -f',
			],
			line: `docker commit -a me -m 'it works' -p=false -c 'CMD ["httpd","-f"]' web team/app:2`,
		},
		{
			rows: ['web'],
			answer: ['down', 'down', 'down', 'down', 'down', 'down', 'down', ...'80 443/tcp'],
			line: "docker commit -c 'EXPOSE 80 443/tcp' web",
		},
	],
	'container.recreate': [
		{
			rows: ['old'],
			answer: ['down', 'down', ...'date'],
			line: 'docker rm -f old && docker run -d --name old httpd:2.4 date',
			calls: [
				`docker rename old old-before-${idOf('old').slice(0, 8)}`,
				'docker create --name old httpd:2.4 date',
				`docker rm -f old-before-${idOf('old').slice(0, 8)}`,
			],
			detail: { raw: { Name: '/old', Config: { Image: 'httpd:2.4' }, HostConfig: {} } },
		},
	],
	'app.login': [
		{ rows: ['web'], answer: ['down', ...'me', 'down', ...'pass'], line: 'docker login' },
		{
			rows: ['web'],
			answer: [...'localhost:5000', 'down', ...'me', 'down', ...'pass'],
			line: 'docker login localhost:5000',
		},
		{
			rows: ['web'],
			answer: [...'localhost:5000', 'up', 'right'],
			line: 'docker logout localhost:5000',
			calls: [],
		},
	],
	'app.version': [{ rows: ['web'], line: 'docker version', isOnlySaid: true }],
	'app.prune-networks': [{ rows: ['web'], line: 'docker network prune -f', hasNoKey: true }],
	'app.prune-volumes': [
		{ rows: ['web'], line: 'docker volume prune -f', hasNoKey: true },
		{ rows: ['web'], answer: ['right'], line: 'docker volume prune -a -f', hasNoKey: true },
	],
	'app.prune-build-cache': [
		{ rows: ['web'], line: 'docker builder prune -f', hasNoKey: true },
		{ rows: ['web'], answer: ['space'], line: 'docker builder prune -a -f', hasNoKey: true },
	],
	'image.remove': [
		images(['tool:3'], 'docker rmi tool:3'),
		images(['app:1'], 'docker rmi app:1'),
		images([dangling], `docker rmi ${dangling.slice(7, 19)}`),
		images(['app:1', 'app:latest', dangling], `docker rmi app:1 app:latest ${dangling.slice(7, 19)}`),
	],
	'image.force-remove': [images(['httpd:2.4'], 'docker rmi -f httpd:2.4')],
	'image.tag': [
		images(['tool:3'], 'docker tag tool:3 tool:32', ['end', '2']),
		// What is offered goes when something else is typed.
		images(['tool:3'], 'docker tag tool:3 mine', [...'mine']),
		images(['app:1'], 'docker tag app:1 team/app', ['ctrl+u', ...'team/app']),
	],
	'image.prune': [images([], 'docker image prune -f'), images([], 'docker image prune -a -f', ['right'])],
	'image.copy': [
		{ pane: 'images', rows: ['tool:3'], answer: ['left', 'left'], did: 'copy docker run -it --rm tool:3' },
	],
	'container.open': [
		{ rows: ['web'], asksNothing: true, did: 'open http://localhost:8080' },
		{ rows: ['web', 'api'], answer: ['right'], did: 'open http://127.0.0.1:3000' },
	],
	'port.open': [
		{
			pane: 'ports',
			rows: [`${idOf('api')}:3000:3000/tcp`],
			asksNothing: true,
			did: 'open http://127.0.0.1:3000',
		},
	],
	'port.check': [
		{
			pane: 'ports',
			rows: [`${idOf('web')}:8080:80/tcp`, `${idOf('api')}:3000:3000/tcp`],
			asksNothing: true,
		},
	],
	'port.check-by-itself': [{ pane: 'ports', rows: [`${idOf('web')}:8080:80/tcp`], asksNothing: true }],
	'port.publish': [
		{
			pane: 'ports',
			rows: [`${idOf('web')}::443/tcp`],
			detail: { raw: { Image: 'sha256:1', Name: '/web', Config: { Image: 'httpd:2.4' } } },
			answer: [],
			line: 'docker rm -f web && docker run -d --name web -p 8443:443 httpd:2.4',
			calls: [
				'docker rename web web-before-77656200',
				'docker create --name web httpd:2.4',
				'docker stop web-before-77656200',
				'docker start web',
				'docker rm -f web-before-77656200',
			],
		},
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
			Object.assign(player.answers.detail, one.detail);
			await (one.hasNoKey ? player.perform(id) : player.pressAction(id));
			await until(() => player.state().overlay?.type !== 'preparing');
			const { overlay } = player.state();
			expect(one.asksNothing === true && overlay !== undefined).toBe(false);
			if (overlay) {
				expect(overlay.type).toBe('question');
				expect(player.lines()).toEqual([]);
				await player.press(...(one.answer ?? []));
				// The line under the question is the line that will be run.
				expect(questionLine(player.state())).toBe(one.line ?? '');
				await player.press('enter');
				expect(player.state().overlay).toBeUndefined();
				if (one.isOnlySaid) return expect(player.lines()).toEqual([]);
			} else {
				expect(one.answer ?? []).toEqual([]);
			}
			await player.idle();
			const { journal, notice, marked, busy, terminals } = player.state();
			expect(player.state().overlay).toBeUndefined();
			expect(player.lines()).toEqual(one.calls ?? (one.line === undefined ? [] : [one.line]));
			expect(terminals.tabs.map(({ name, title, status }) => [`${name} ${title}`, status])).toEqual(
				(one.tabs ?? []).map((tab) => [tab, 'open']),
			);
			expect(terminals.tabs.map(({ line }) => line).join('; ')).toBe(one.tabs ? one.line : '');
			expect(terminals.isInside).toBe(one.tabs !== undefined);
			expect(journal.map(({ line, outcome }) => [line, outcome])).toEqual(
				one.line === undefined ? [] : [[one.line, 'done']],
			);
			expect(player.did).toEqual(one.did === undefined ? [] : [one.did]);
			expect(notice?.tone).toBe('good');
			expect([marked.size, busy.size]).toEqual([0, 0]);
		});
	},
);
