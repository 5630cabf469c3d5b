// What is wrong with a wish before it is run, and what to do about it.
import { describe, expect, it } from 'vitest';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { problemOf, warningsOf } from '../../source/run/check.ts';
import { nextFreePort } from '../../source/run/check-ports.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { container, idOf } from '../model/things.ts';
import { contextOf, listener, listenersOn, published } from './things.ts';

const context = contextOf(
	{
		containers: [
			container('web', {
				ports: [published(8080, 80), published(8081, 81), published(9000, 90, '127.0.0.1')],
			}),
			container('old', { state: 'exited', ports: [] }),
			container('old-2'),
		],
		images: ['httpd:latest', 'localhost:5000/a/b:c', 'docker.io/library/busybox:latest'],
		networks: ['bridge', 'host', 'none', 'front', 'backend'],
		paths: ['./here', '.env'],
	},
	{ listeners: [...listenersOn(8082), { ...listener, port: 5432, pid: 1234, name: 'postgres' }] },
);
const wishIn = (flags: string): RunWish => {
	const read = parseRunLine(`docker run ${flags}`);
	if ('problem' in read) throw new Error(read.problem);
	return read.wish;
};
const problem = (flags: string, more = {}) => problemOf(wishIn(flags), { ...context, ...more });

describe('a wish', () => {
	it.each([
		'httpd',
		'localhost:5000/a/b:c',
		`httpd@sha256:${'a'.repeat(64)}`,
		'1f231e7127a1',
		`sha256:${'b'.repeat(64)}`,
		'--name web-2 -p 8083:80 httpd',
		'-p 80 -p 80:81 -p 80:81/udp httpd',
		'-p 127.0.0.1:80:80 -p 127.0.0.2:80:80 httpd',
		'-p 127.0.0.2:9000:80 httpd',
		'-p 8080:53/udp httpd',
		'-p 8080-8090:80 httpd',
		'--network host -p 8080:80 httpd',
		'--network front --network backend --network-alias a httpd',
		'--network container:web httpd',
		'-v ./here:/x -v data:/y:ro,z -v /z httpd',
		'-v C:/here:/x httpd',
		'--mount type=bind,source=./here,target=/x --env-file .env httpd',
		'--restart on-failure:3 httpd',
		'--rm --restart no httpd',
		'-m 512m --cpus 1.5 --pids-limit -1 httpd',
		'--add-host db:10.0.0.2 --add-host six:::1 --add-host me=host-gateway httpd',
		'--platform linux/arm64/v8 --pull never httpd',
	])('docker run %s is all right', (flags) => {
		expect(problem(flags)).toBeUndefined();
	});

	it.each([
		['Httpd', 'Httpd is no image: names of images are in small letters, httpd.'],
		[
			"'my image'",
			'my image is no image: a name has small letters, digits and . _ - / in it, and may end in :VERSION.',
		],
		['--name x httpd', 'x is no name: take two characters or more, of letters, digits, _ . and -.'],
		[
			'--name old httpd',
			'The name old is taken by a container that is not running: remove or rename that one, or take old-3.',
		],
		[
			'--name web httpd',
			'The name web is taken by a container that is running: remove or rename that one, or take web-2.',
		],
		['-p 8080:80 httpd', 'Port 8080 is taken by web: 8083 is free.'],
		['-p 127.0.0.1:8080:80 httpd', 'Port 8080 is taken by web: 8083 is free.'],
		['-p 9000:80 httpd', 'Port 9000 is taken by web: 9001 is free.'],
		['-p 8079-8081:79-81 httpd', 'Port 8080 is taken by web: 8083 is free.'],
		['-p 8080-8081:80 httpd', 'All ports of 8080-8081 are taken by containers that run.'],
		['-p 5432:80 httpd', 'Port 5432 is taken by postgres (pid 1234): 5433 is free.'],
		['-p 8082:80 httpd', 'Port 8082 is taken by a process of uid 0: 8083 is free.'],
		['-p 80:80 -p 80:81 httpd', 'Port 80 is published twice here: 81 is free.'],
		['-e =x httpd', '=x is no variable: write it as NAME=value.'],
		['-l =x httpd', '=x is no label: write it as NAME=value.'],
		['-v data:x httpd', 'x is no path in the container: it begins with / (data:x).'],
		['-v /a:/ httpd', 'Nothing can be mounted over / itself (/a:/).'],
		[
			'-v site/html:/srv httpd',
			'site/html is neither a path nor the name of a volume: write ./site/html for a folder.',
		],
		['-v a:/b:/c httpd', '/c is no way to mount: ro or rw are (a:/b:/c).'],
		['-v a:/b:ro:x httpd', 'a:/b:ro:x is no volume: write it as FROM:TO, such as ./site:/srv.'],
		['-v aa:/b --tmpfs /b httpd', 'Two things cannot be mounted at /b: take one of them out.'],
		[
			'--mount type=bind,target=/x httpd',
			'--mount type=bind,target=/x does not say what is mounted: add source=/path.',
		],
		['--mount type=bind,source=/gone,target=/x httpd', 'There is nothing at /gone that could be mounted.'],
		['--mount typ=bind httpd', '--mount does not know typ (typ=bind).'],
		['--env-file gone httpd', 'There is no file gone.'],
		['--label-file gone httpd', 'There is no file gone.'],
		['--network bakend httpd', 'There is no network bakend: did you mean backend?'],
		['--network fresh httpd', 'There is no network fresh: docker network create fresh makes it.'],
		['--network container:gone httpd', 'There is no container gone whose network could be used.'],
		['--network host --network front httpd', 'With the network host there can be no other.'],
		[
			'--network-alias db httpd',
			'--network-alias needs a network that somebody made, not bridge: docker network create makes one.',
		],
		[
			'--restart sometimes httpd',
			'sometimes is no way to restart: always, unless-stopped, on-failure and no are.',
		],
		[
			'--restart always:3 httpd',
			'Only on-failure can be followed by a number, as on-failure:3, not always:3.',
		],
		[
			'--rm --restart always httpd',
			'--rm and --restart always exclude each other: what is removed cannot be restarted.',
		],
		['-m lots httpd', 'lots is no size of memory: write it as 512m or 1.5g.'],
		['-m 512 httpd', '512 of memory is too little: a container needs 6m at least.'],
		['--cpus many httpd', 'many is no number of processors: write it as 1.5.'],
		['--pids-limit few httpd', 'few is no number of processes: write it as 100, or -1 for no limit.'],
		['-w srv httpd', 'The working folder begins with /, not srv.'],
		['--add-host db httpd', 'db is no host: write it as NAME:ADDRESS, such as db:10.0.0.2.'],
		['--pull newer httpd', '--pull is always, missing or never, not newer.'],
		['--pull never nginx', 'nginx is not here, and --pull never forbids to fetch it.'],
		[
			'--no-healthcheck --health-cmd true httpd',
			'--no-healthcheck and the other flags about health exclude each other.',
		],
	])('docker run %s is not', (flags, sentence) => {
		expect(problem(flags)).toBe(sentence);
	});

	it('asks for an image first', () => {
		expect(problemOf(emptyRun, context)).toBe('Name an image to run, such as httpd.');
	});

	it('may have the name and the ports of the container it replaces', () => {
		// On its ports docker listens, as long as it runs.
		const more = { replaces: idOf('web'), listeners: listenersOn(8080, 9000) };
		expect(problem('--name web -p 8080:80 httpd', more)).toBeUndefined();
		expect(problem('-p 127.0.0.2:9000:80 httpd', more)).toBeUndefined();
		expect(problem('--name old httpd', more)).toContain('The name old is taken');
	});

	it('is looked through at once, however many ports it has', () => {
		const all = '-p 10000-65535:10000-65535 -p 127.0.0.1:65535:80 httpd';
		expect(problem(all)).toBe('Port 65535 is published twice here.');
	}, 2000);

	it('is not refused for what is not known', () => {
		const unknown = contextOf({}, { pathExists: () => undefined });
		const flags = '--network x --env-file y --mount type=bind,source=/z,target=/z httpd';
		expect(problemOf(wishIn(flags), unknown)).toBeUndefined();
		// The engine has another file system than this machine.
		const away = contextOf({ paths: [] }, { isLocal: false });
		expect(problemOf(wishIn('--mount type=bind,source=/z,target=/z httpd'), away)).toBeUndefined();
	});
});

it.each([
	['httpd', []],
	['busybox', []],
	['docker.io/library/httpd:latest', []],
	['httpd:2.4', ['httpd:2.4 is not here: it is pulled first.']],
	['-v ./here:/x -v data:/y httpd', []],
	['-v ./gone:/x httpd', ['There is nothing at ./gone: docker makes an empty folder there.']],
	['--network host -p 80:80 httpd', ['With the network host no ports are published: leave -p and -P out.']],
	['httpd -d', ['-d stands behind the image, so httpd gets it and docker does not.']],
	['httpd --name web', ['--name stands behind the image, so httpd gets it and docker does not.']],
	['--entrypoint ls httpd -l', []],
	['httpd sh -c ls', []],
])('docker run %s is warned about: %j', (flags, warnings) => {
	expect(warningsOf(wishIn(flags), context)).toEqual(warnings);
});

it('the next free port is looked for upwards, and may not exist', () => {
	expect(nextFreePort(8080, new Set())).toBe(8080);
	expect(nextFreePort(8080, new Set([8080, 8081, 8083]))).toBe(8082);
	expect(nextFreePort(65_535, new Set([65_535]))).toBeUndefined();
});
