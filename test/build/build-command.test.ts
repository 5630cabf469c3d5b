import { describe, expect, it } from 'vitest';
import { readBuildLine } from '../../source/build/build-command.ts';
import { buildLine } from '../../source/build/build-line.ts';
import type { BuildWish } from '../../source/model/build.ts';

const around = { cwd: '/home/me/app', env: { FROM_ENV: 'e' }, home: '/home/me' };
const plain: BuildWish = {
	context: '/home/me/app',
	dockerfile: '/home/me/app/Dockerfile',
	tags: [],
	args: {},
	isUncached: false,
	pullsBases: false,
	secrets: {},
};

describe('reading', () => {
	it.each<[string, Partial<BuildWish>]>([
		['docker build .', {}],
		['docker build -t a:1 --tag=b -tc -t=d -t a:1 .', { tags: ['a:1', 'b', 'c', 'd'] }],
		['docker build . -f docker/Dockerfile', { dockerfile: '/home/me/app/docker/Dockerfile' }],
		['docker build --file=/x/y ../other/', { context: '/home/me/other', dockerfile: '/x/y' }],
		['docker build ~/web', { context: '/home/me/web', dockerfile: '/home/me/web/Dockerfile' }],
		[
			"docker build --build-arg A=1=2 --build-arg 'B=a b' --build-arg FROM_ENV --build-arg NOT_SET --build-arg E= .",
			{ args: { A: '1=2', B: 'a b', FROM_ENV: 'e', E: '' } },
		],
		[
			'docker build --target two --platform linux/arm64 --no-cache --pull=true .',
			{ target: 'two', platform: 'linux/arm64', isUncached: true, pullsBases: true },
		],
		['docker build --no-cache=false -q --rm --progress plain --load -- .', {}],
		[
			'docker build --secret id=a,src=x/y --secret "type=file,id=b,source=/z" --secret id=c --secret \'id=d,"src=a,b"\' .',
			{ secrets: { a: '/home/me/app/x/y', b: '/z', c: '/home/me/app/c', d: '/home/me/app/a,b' } },
		],
		['DOCKER_BUILDKIT=0 sudo docker build .', { builder: 'classic' }],
		['DOCKER_BUILDKIT=1 docker image build .', { builder: 'buildkit' }],
		['docker buildx build .', { builder: 'buildkit' }],
		['docker build \\\n  -t a \\\n  .', { tags: ['a'] }],
	])('%s', (line, wish) => {
		expect(readBuildLine(line, around)).toEqual({ wish: { ...plain, ...wish } });
	});

	it.each([
		['', 'The line begins with docker build.'],
		['docker run x', 'The line begins with docker build.'],
		['docker build', 'The line ends with the folder that is sent: . for this one.'],
		['docker build a b', 'Only one folder can be sent, not both a and b.'],
		['docker build -', 'A context from the standard input cannot be built here: give a folder.'],
		['docker build -f - .', 'A Dockerfile from the standard input cannot be built here: write it to a file.'],
		[
			'docker build https://github.com/a/b.git',
			'https://github.com/a/b.git is an address: only a folder of this machine can be built here.',
		],
		['docker build --network host .', '--network is not understood here.'],
		['docker build --no-cahce .', '--no-cahce is not understood here: did you mean --no-cache?'],
		['docker build --constructor .', '--constructor is not understood here.'],
		['docker build -m 1g .', '-m is not understood here.'],
		['docker build . -t', '-t needs a value after it.'],
		['docker build --pull=maybe .', '--pull can be true or false, not maybe.'],
		['docker build --platform linux/amd64,linux/arm64 .', 'Only one platform can be built at a time here.'],
		[
			"docker build -t a -t 'Bad Tag' .",
			'Bad Tag is no tag: a name has small letters, digits and . _ - / in it, and may end in :VERSION.',
		],
		[
			'docker build --ssh default .',
			'Portside does not hand on the keys of an ssh agent (--ssh): docker build does, in a terminal. Leave it away to build without them.',
		],
		[
			'docker build --secret id=a,env=B .',
			'A secret can only come from a file here: --secret id=NAME,src=PATH.',
		],
		['docker build --build-arg =1 .', '--build-arg is followed by NAME=value.'],
		['OTHER=1 docker build .', 'OTHER cannot be set here: only DOCKER_BUILDKIT can.'],
		["docker build -t 'a", "A ' is open at the end."],
	])('%s: %s', (line, problem) => {
		expect(readBuildLine(line, around)).toEqual({ problem });
	});
});

describe('writing', () => {
	it.each<[Partial<BuildWish>, string]>([
		[{}, 'docker build .'],
		[
			{ context: '/home/me/app/web', dockerfile: '/home/me/app/web/Dockerfile', tags: ['a:1', 'b'] },
			'docker build -t a:1 -t b web',
		],
		[{ dockerfile: '/home/me/app/docker/한글.Dockerfile' }, "docker build -f 'docker/한글.Dockerfile' ."],
		[{ context: '/etc', dockerfile: '/etc/Dockerfile' }, 'docker build /etc'],
		[{ context: '/home/me/app/-x', dockerfile: '/home/me/app/-x/Dockerfile' }, 'docker build ./-x'],
		[
			{
				args: { A: "it's $x", B: '' },
				target: 't',
				platform: 'linux/arm64',
				isUncached: true,
				pullsBases: true,
			},
			"docker build --build-arg 'A=it'\\''s $x' --build-arg B= --target t --platform linux/arm64 --no-cache --pull .",
		],
		[
			{ secrets: { a: '/home/me/app/s', b: '/home/me/app/x,"y"' } },
			'docker build --secret id=a,src=s --secret \'id=b,"src=x,""y"""\' .',
		],
		[{ builder: 'classic' }, 'DOCKER_BUILDKIT=0 docker build .'],
	])('%j', (wish, line) => {
		const whole = { ...plain, ...wish };
		expect(buildLine(whole, around.cwd)).toBe(line);
		expect(readBuildLine(line, around)).toEqual({ wish: whole });
	});
});
