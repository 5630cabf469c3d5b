// The keys of the Ports pane: the card of a check, what is refused and why, and who has the port of what is to be started.
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../source/engine/error.ts';
import type { PortPlan } from '../../source/model/ports.ts';
import { rowsOf } from '../../source/model/rows.ts';
import { emptyRun } from '../../source/model/run.ts';
import type { State } from '../../source/model/state.ts';
import { publishing } from '../../source/run/publish.ts';
import { after, container, idOf, listed } from '../model/things.ts';
import { containersOn, on, play, port, until, world } from './player.ts';

const web = `${idOf('web')}:8080:80/tcp`;
const hidden = `${idOf('web')}::443/tcp`;
const plan = (hostPort: number, containerPort = 80): PortPlan => ({
	network: 'default',
	exposed: [],
	wishes: [{ address: '', hostPort, containerPort, protocol: 'tcp' }],
});
const wanting = (state: State, hostPort: number): State =>
	after(state, { type: 'ports-planned', plans: new Map([[idOf('old'), plan(hostPort)]]) });
const old = (hostPort: number) => `${idOf('old')}:${hostPort}:80/tcp`;

describe('Enter', () => {
	it('opens a card with what was found, which r asks again and Esc closes', async () => {
		const player = play(on(world(), 'ports', [web]));
		await player.pressAction('port.check');
		await until(() => player.state().overlay?.type === 'listing');
		const listing = () => {
			const { overlay } = player.state();
			return overlay?.type === 'listing' ? overlay.listings.at(-1) : undefined;
		};
		await until(() => listing()?.status === 'ready');
		expect(listing()).toMatchObject({
			title: 'Check of web:80/tcp',
			line: 'docker port web 80/tcp',
			rows: [{ cells: ['HTTP', '200 OK after 4 ms'] }],
		});
		expect(player.state().notice?.text).toBe('checked web:80/tcp · 200 4 ms');
		await player.press('y');
		expect(player.did).toEqual(['copy 200 OK after 4 ms']);
		await player.press('esc');
		expect(player.state().overlay).toBeUndefined();
		expect(player.state().ports.checks.get(web)?.brief).toBe('200 4 ms');
	});

	it('tells who has what a container that is down would take', async () => {
		const player = play(on(wanting(world(), 8080), 'ports', [old(8080)]));
		await player.pressAction('port.check');
		await until(() => JSON.stringify(player.state().overlay).includes('"ready"'));
		const cells = JSON.stringify(player.state().overlay);
		expect(cells).toContain('["taken by","web"]');
		expect(cells).toContain('8081: p makes old anew with it');
		expect(cells).toContain(
			'old cannot start while web has 8080: p gives old another port, or stop web first.',
		);
		expect(cells).not.toContain('start it first');
	});
});

describe('what is refused', () => {
	it.each([
		['p', web, 'web:80/tcp is published already.'],
		['w', hidden, 'web does not publish 443: p publishes it.'],
		['p', old(7000), 'old:80/tcp is published as soon as old runs.'],
		['w', old(7000), 'Nothing of old:80 is reached from here now.'],
	])('%s on %s', async (key, row, reason) => {
		const player = play(on(wanting(world(), 7000), 'ports', [row]));
		await player.press(key);
		expect(player.state().notice).toMatchObject({ tone: 'bad', text: reason });
	});

	it('publishing in read-only mode', async () => {
		const player = play(on(world({ isReadOnly: true }), 'ports', [hidden]));
		await player.press('p');
		expect(player.state().overlay).toBeUndefined();
		expect(player.state().notice?.text).toContain('--read-only');
	});

	it('a browser for a container that publishes nothing', async () => {
		const player = play(containersOn('cold'));
		await player.press('w');
		expect(player.state().notice?.text).toBe('cold publishes no port that a browser could open now.');
	});
});

it('without a browser the address is copied', async () => {
	const player = play(containersOn('web'), { hasBrowser: false });
	await player.pressAction('container.open');
	await until(() => player.did.length === 1);
	expect(player.did).toEqual(['copy http://localhost:8080']);
	expect(player.state().notice?.text).toContain('copied: http://localhost:8080');
});

it('all ports of a container are offered, those of ranges too', async () => {
	const many = container('many', {
		ports: [...[0, 1, 2, 3].map((at) => port(8000 + at, 80 + at)), port(9443, 443), port(undefined, 5000)],
	});
	const player = play(on(listed([many]), 'containers', [many.id]));
	await player.pressAction('container.open');
	const { overlay } = player.state();
	const [field] = overlay?.type === 'question' ? overlay.question.fields : [];
	expect(field?.kind === 'choice' && field.options.map(({ value }) => value)).toEqual([
		...[8000, 8001, 8002, 8003].map((one) => `http://localhost:${one}`),
		'https://localhost:9443',
	]);
});

it('y leaves out what there is not', async () => {
	const options = async (state: State) => {
		const player = play(state);
		await player.press('y');
		const { overlay } = player.state();
		const [field] = overlay?.type === 'question' ? overlay.question.fields : [];
		return field?.kind === 'choice' ? field.options.map(({ label }) => label) : [];
	};
	expect(await options(on(world(), 'ports', [web]))).toEqual([
		'http://localhost:8080',
		'localhost:8080',
		'curl -i http://localhost:8080',
		'docker port web 80/tcp',
	]);
	expect(await options(on(world(), 'ports', [hidden]))).toEqual(['443/tcp', 'docker port web 443/tcp']);
	expect((await options(containersOn('web'))).slice(-3)).toEqual([
		'http://localhost:8080',
		'curl -i http://localhost:8080',
		'docker port web',
	]);
	expect((await options(containersOn('cold'))).at(-1)).toBe('docker inspect cold');
});

it('the switch is on and off', async () => {
	const player = play(on(world(), 'ports', [web]));
	await player.pressAction('port.check-by-itself');
	await until(() => player.state().ports.isChecking);
	await until(() => player.state().notice?.text === 'checks of the ports in view are on');
	await player.pressAction('port.check-by-itself');
	await until(() => !player.state().ports.isChecking);
});

describe('a start', () => {
	it('asks first where somebody is known to have the port, and says which is free', async () => {
		const player = play(on(wanting(world(), 8080), 'containers', [idOf('old')]));
		await player.pressAction('container.start');
		await player.idle();
		const { overlay } = player.state();
		expect(overlay?.type === 'question' && overlay.question.body).toEqual([
			'old: Port 8080 is taken by web: 8081 is free.',
			'',
			'N makes it anew with another port.',
		]);
		expect(player.lines()).toEqual([]);
		await player.press('enter');
		await player.idle();
		expect(player.lines()).toEqual(['docker start old']);
	});

	it('asks nothing where nobody has it', async () => {
		const player = play(on(wanting(world(), 8081), 'containers', [idOf('old')]));
		await player.pressAction('container.start');
		await player.idle();
		expect(player.lines()).toEqual(['docker start old']);
	});

	it('does not accuse who is gone by now, and asks about who has come', async () => {
		const gone = {
			protocol: 'tcp',
			address: '',
			port: 7777,
			uid: 0,
			pid: 5,
			name: 'python3',
			isEngine: false,
		} as const;
		const before = after(wanting(world(), 7777), { type: 'listeners-read', listeners: [gone] });
		const player = play(on(before, 'containers', [idOf('old')]));
		await player.pressAction('container.start');
		await player.idle();
		expect(player.lines()).toEqual(['docker start old']);
		const other = play(on(wanting(world(), 9999), 'containers', [idOf('old')]));
		await other.pressAction('container.start');
		await other.idle();
		expect(JSON.stringify(other.state().overlay)).toContain(
			'Port 9999 is taken by nginx (pid 77): 10000 is free.',
		);
	});

	it('asks about what nobody looked at before', async () => {
		const player = play(containersOn('old'));
		player.answers.detail = { ports: plan(8080) };
		await player.pressAction('container.start');
		await player.idle();
		expect(JSON.stringify(player.state().overlay)).toContain('Port 8080 is taken by web: 8081 is free.');
	});

	describe('of two that want the same port', () => {
		const down = { state: 'exited' } as const;
		const both = () => {
			const state = after(listed([container('one', down), container('two', down)]), {
				type: 'ports-planned',
				plans: new Map([
					[idOf('one'), plan(7777)],
					[idOf('two'), plan(7777)],
				]),
			});
			return play(
				after(on(state, 'containers', [idOf('one')]), {
					type: 'marked',
					ids: [idOf('one'), idOf('two')],
					isMarked: true,
				}),
			);
		};
		const refusal = new EngineError('two could not be started.', {
			statusCode: 500,
			engineMessage: 'Bind for 0.0.0.0:7777 failed: port is already allocated',
		});

		it('says so first', async () => {
			const player = both();
			await player.pressAction('container.start');
			await player.idle();
			const { overlay } = player.state();
			expect(overlay?.type === 'question' && overlay.question.title).toBe(
				'Start one, two? Not all would get their ports',
			);
			expect(overlay?.type === 'question' && overlay.question.body[0]).toBe(
				'two: Port 7777 is wanted by one, too: 7778 is free.',
			);
			expect(player.lines()).toEqual([]);
		});

		it('names the other one, which the list does not show yet', async () => {
			const player = both();
			player.refuse('two', refusal);
			player.answers.containers = [container('one', { ports: [port(7777, 80)] })];
			await player.pressAction('container.start');
			await player.idle();
			await player.press('enter');
			await player.idle();
			expect(player.state().notice?.text).toContain(
				'two could not be started. Port 7777 is taken by one: 7778 is free. N makes it anew with another.',
			);
		});
	});

	it.each([
		[8080, 'driver failed: Bind for 0.0.0.0:8080 failed: port is already allocated', 'web: 8081 is free.'],
		[9999, 'listen tcp4 0.0.0.0:9999: bind: address already in use', 'nginx (pid 77): 10000 is free.'],
	])('that fails for the port %i says who has it', async (hostPort, engineMessage, owner) => {
		const player = play(containersOn('old'));
		player.answers.detail = { ports: plan(hostPort) };
		player.refuse('old', new EngineError('old could not be started.', { statusCode: 500, engineMessage }));
		await player.pressAction('container.start');
		await player.idle();
		await player.press('enter');
		await until(() => player.state().notice?.tone === 'bad');
		expect(player.state().notice?.text).toBe(
			`old could not be started. Port ${hostPort} is taken by ${owner} N makes it anew with another.`,
		);
	});

	it('that fails for another reason says that', async () => {
		const player = play(containersOn('old'));
		player.refuse(
			'old',
			new EngineError('old could not be started.', { statusCode: 500, engineMessage: 'bad luck' }),
		);
		await player.pressAction('container.start');
		await until(() => player.state().notice?.tone === 'bad');
		expect(player.state().notice?.text).toBe('old could not be started. (bad luck)');
	});
});

describe('to publish is', () => {
	const wish = { ...emptyRun, image: 'httpd' };
	const row = (state: State, id: string) => {
		const found = rowsOf(state, 'ports').find((one) => one.id === id);
		if (!found) throw new Error(`There is no row ${id}`);
		return found;
	};

	it('one port more, on a free one', () => {
		const state = world();
		const busy = { ...wish, ports: [{ host: '8080', container: '80', protocol: 'tcp' }] } as const;
		expect(publishing(state, row(state, hidden))(busy).ports).toEqual([
			{ host: '8080', container: '80', protocol: 'tcp' },
			{ host: '8443', container: '443', protocol: 'tcp' },
		]);
	});

	it('another port instead of one that is taken, on the same address', () => {
		const state = wanting(world(), 8080);
		const before = {
			...wish,
			ports: [{ address: '127.0.0.1', host: '8080', container: '80', protocol: 'tcp' }],
		} as const;
		expect(publishing(state, row(state, old(8080)))(before).ports).toEqual([
			{ address: '127.0.0.1', host: '8081', container: '80', protocol: 'tcp' },
		]);
	});

	it('a whole range', () => {
		const state = listed([
			container('ftp', { ports: [0, 1, 2].map((at) => port(undefined, 3000 + at)) }),
			container('in-the-way', { ports: [port(3001, 80)] }),
		]);
		expect(publishing(state, row(state, `${idOf('ftp')}::3000/tcp`))(wish).ports).toEqual([
			{ host: '3002-3004', container: '3000-3002', protocol: 'tcp' },
		]);
	});
});
