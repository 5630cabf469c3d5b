// How an image is suggested to be run, and on which ports.
import { describe, expect, it } from 'vitest';
import { imageDefaults } from '../../source/engine/image-defaults.ts';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { suggestedPorts, suggestedRun } from '../../source/run/suggested.ts';
import { container } from '../model/things.ts';
import { contextOf, listenersOn, published } from './things.ts';

const mode = (exposed: readonly string[], ...command: readonly string[]): string => {
	const { isDetached, isInteractive, hasTerminal, image } = suggestedRun('app:1', { exposed, command });
	expect(image).toBe('app:1');
	return `${isDetached ? 'd' : ''}${isInteractive ? 'i' : ''}${hasTerminal ? 't' : ''}`;
};

describe('an image', () => {
	it.each([
		['d', ['80/tcp'], ['httpd-foreground']],
		['d', ['5432/tcp'], ['docker-entrypoint.sh', 'postgres']],
		['d', ['8888/tcp'], ['bash']],
		['it', [], ['bash']],
		['it', [], ['/bin/sh']],
		['it', [], ['/usr/bin/fish']],
		['it', [], ['python3']],
		['it', [], ['/usr/local/bin/node']],
		['it', [], ['irb']],
		['', [], ['sh', '-c', 'date']],
		['', [], ['python', 'app.py']],
		['', [], ['/hello']],
		['', [], ['push']],
		['', [], []],
	])('is run with “%s”, where %j is exposed and %j runs', (expected, exposed, command) => {
		expect(mode(exposed, ...command)).toBe(expected);
	});

	it('is known by its inspect answer', () => {
		expect(
			imageDefaults({
				Config: { Entrypoint: ['tini', '--'], Cmd: ['sh'], ExposedPorts: { '80/tcp': {}, '443/tcp': {} } },
			}),
		).toEqual({ exposed: ['443/tcp', '80/tcp'], command: ['tini', '--', 'sh'] });
		expect(imageDefaults({ Config: { Entrypoint: null, Cmd: null } })).toEqual({ exposed: [], command: [] });
		expect(imageDefaults({})).toEqual({ exposed: [], command: [] });
	});
});

describe('ports', () => {
	const ports = (
		exposed: readonly string[],
		{
			wish = emptyRun,
			taken = [],
			programs = [],
		}: { wish?: RunWish; taken?: number[]; programs?: number[] } = {},
	) => {
		const containers = taken.map((port) => container(`on-${port}`, { ports: [published(port, 80)] }));
		return suggestedPorts(exposed, wish, contextOf({ containers }, { listeners: listenersOn(...programs) }));
	};

	it.each([
		[['80/tcp'], '8080:80'],
		[['443/tcp', '80/tcp'], '8443:443 8080:80'],
		[['3000/tcp'], '3000:3000'],
		[['53/udp', '53/tcp'], '53:53/udp 54:53'],
		[[], ''],
	])('%j are suggested as %j', (exposed, expected) => {
		expect(ports(exposed)).toBe(expected);
	});

	it('are free: of containers, of programs of the host, and of one another', () => {
		expect(ports(['80/tcp'], { taken: [8080] })).toBe('8081:80');
		expect(ports(['80/tcp'], { taken: [8080], programs: [8081, 8082] })).toBe('8083:80');
		expect(ports(['8080/tcp', '80/tcp'])).toBe('8080:8080 8081:80');
		const wish = { ...emptyRun, ports: [{ host: '8080', container: '1', protocol: 'tcp' as const }] };
		expect(ports(['80/tcp'], { wish })).toBe('8081:80');
	});

	it('that cannot be had are left out', () => {
		expect(ports(['65535/tcp', '80/tcp'], { programs: [65_535] })).toBe('8080:80');
	});
});
