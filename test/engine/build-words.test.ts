// What is made of single words of the builders, of newer engines too: names of steps, reasons, traces, queries.
import { describe, expect, it } from 'vitest';
import { buildkitReader } from '../../source/engine/build/buildkit.ts';
import { failure } from '../../source/engine/build/failure.ts';
import { builderOf } from '../../source/engine/build/has-buildkit.ts';
import { field } from '../../source/engine/build/protobuf.ts';
import { buildHeaders, buildQuery } from '../../source/engine/build/request.ts';
import { familiar, placeOf } from '../../source/engine/build/steps.ts';
import type { StepChange } from '../../source/model/build.ts';
import { info } from '../model/things.ts';
import { Story, wish } from './build-tools.ts';

describe('the name of a step', () => {
	it.each([
		['[two 2/4] RUN make', { stage: 'two', number: 2, of: 4, instruction: 'RUN make' }],
		['[ 2/12] RUN make', { stage: '0', number: 2, of: 12, instruction: 'RUN make' }],
		['[two  2/12] RUN a\nb', { stage: 'two', number: 2, of: 12, instruction: 'RUN a\nb' }],
		['[stage-1 2/2] COPY a /', { stage: '1', number: 2, of: 2, instruction: 'COPY a /' }],
		['[linux/amd64 two 1/2] FROM x', { stage: 'two', number: 1, of: 2, instruction: 'FROM x' }],
		['[linux/amd64->arm64 3/3] RUN x', { stage: '0', number: 3, of: 3, instruction: 'RUN x' }],
		['[internal] load metadata for docker.io/library/busybox:latest', {}],
		['exporting to image', {}],
		['copy /context /', {}],
	])('%s', (name, place) => {
		expect(placeOf(name)).toEqual(place);
	});

	it('is what a person calls an image', () => {
		expect(familiar('docker.io/library/busybox')).toBe('busybox:latest');
		expect(familiar('docker.io/me/app:2')).toBe('me/app:2');
		expect(familiar('registry:5000/app')).toBe('registry:5000/app:latest');
		expect(familiar('busybox@sha256:12')).toBe('busybox@sha256:12');
	});
});

describe('a reason', () => {
	const at = (name: string): StepChange => ({ id: '1', name, ...placeOf(name), inputs: [], state: 'failed' });
	const run = at('[2/2] RUN make');

	it.each([
		[
			'process "/bin/sh -c make" did not complete successfully: exit code: 2',
			run,
			'RUN make ended with exit code 2.',
			2,
		],
		[
			'executor failed running [/bin/sh -c exit code: 5]: exit code: 137',
			run,
			'RUN make ended with exit code 137.',
			137,
		],
		[
			'failed to solve: nosuch: failed to resolve source metadata for docker.io/library/nosuch:latest: pull access denied',
			at('[internal] load metadata for docker.io/library/nosuch:latest'),
			'The base image nosuch:latest could not be pulled: it does not exist, or it needs a login (nosuch: failed to resolve source metadata for docker.io/library/nosuch:latest: pull access denied).',
		],
		['failed to solve: target stage "zzz" could not be found', undefined, 'The Dockerfile has no stage zzz.'],
		[
			'failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)',
			undefined,
			'The Dockerfile cannot be read: line 2: unknown instruction: RUNN (did you mean RUN?)',
		],
		[
			'failed to solve: secret token: not found',
			run,
			'This build wants the secret token, which it was not given.',
		],
		[
			'no SSH key "default" forwarded from the client',
			run,
			'This build wants keys of an ssh agent (RUN --mount=type=ssh), which Portside does not hand on.',
		],
		[
			'no active sessions',
			run,
			'This build wants a login, a secret or an ssh agent, and this engine could not ask Portside for it (no active sessions).',
		],
		[
			'failed to compute cache key: "/nope" not found: not found',
			at('[2/2] COPY nope /'),
			'The build context has no nope, or its .dockerignore keeps it out.',
		],
		[
			'failed to compute cache key: failed to calculate checksum of ref x::y: "/a": not found',
			at('[2/2] COPY --from=one /a /a'),
			'one has no /a to be copied.',
		],
		[
			'COPY failed: file not found in build context or excluded by .dockerignore: stat nope: file does not exist',
			at('[2/2] COPY nope /'),
			'The build context has no nope, or its .dockerignore keeps it out.',
		],
		[
			'building at STEP "COPY nope /": checking on sources under "/x": copier: stat: "/nope": no such file or directory',
			at('[2/2] COPY nope /'),
			'The build context has no nope, or its .dockerignore keeps it out.',
		],
		[
			'building at STEP "RUN make \\"a\\"": while running runtime: exit status 3\n',
			run,
			'RUN make ended with exit code 3.',
			3,
		],
		[
			'building at STEP "RUN x": resolving mountpoints for container "f": secret required but no secret with id q found',
			run,
			'This build wants the secret q, which it was not given.',
		],
		[
			'The target "zzz" was not found in the provided Dockerfile',
			undefined,
			'The Dockerfile has no stage zzz.',
		],
		[
			'building at STEP "RUNN ": Build error: Unknown instruction: "RUNN" &imagebuilder.Step{}',
			run,
			'The Dockerfile cannot be read: Unknown instruction: "RUNN"',
		],
		['something else', at('[2/2] COPY nope /'), undefined],
		['', undefined, 'The engine did not say why.'],
	])('%s', (words, step, message: string | undefined, exitCode?: number) => {
		expect(failure({ words, step })).toEqual({
			type: 'failure',
			message: message ?? words,
			...(exitCode !== undefined && { exitCode }),
			...(step && { step: '1' }),
		});
	});

	it('names only the first line of a long command', () => {
		const step = at(`[2/2] RUN <<EOF\n${'make\n'.repeat(100)}EOF`);
		expect(failure({ words: 'exit code: 1', step }).message).toBe('RUN <<EOF … ended with exit code 1.');
	});
});

describe('a trace', () => {
	const number = (at: number, value: number) => Buffer.from([at * 8, value]);
	const time = (at: number, seconds: number) => field(at, number(1, seconds));
	const vertex = (...parts: Buffer[]) =>
		field(1, Buffer.concat([field(1, 'a'), field(3, '[1/1] RUN x'), ...parts]));
	const log = (stream: number, bytes: Buffer) =>
		field(3, Buffer.concat([field(1, 'a'), number(3, stream), field(4, bytes)]));
	const naming = (...more: Buffer[]) =>
		field(2, Buffer.concat([field(1, 'naming to docker.io/library/app:1'), field(2, 'a'), ...more]));

	function told(...messages: Buffer[][]) {
		const story = new Story();
		const reader = buildkitReader(
			(news) => story.add([news]),
			() => 50_000,
		);
		for (const parts of messages) {
			reader.read({ id: 'moby.buildkit.trace', aux: Buffer.concat(parts).toString('base64') });
		}
		return { story, reader };
	}
	const states = (story: Story) => story.all('step').map(({ step }) => step.state);

	it('puts letters together that were cut, of each stream by itself', () => {
		const letter = Buffer.from('ü');
		const { story } = told(
			[vertex(time(5, 1))],
			[log(1, letter.subarray(0, 1)), log(2, Buffer.from('x'))],
			[log(1, letter.subarray(1))],
		);
		expect(story.all('output').map(({ text }) => text)).toEqual(['x', 'ü']);
	});

	it('tells the last words of a step before its end', () => {
		const { story } = told(
			[vertex(time(5, 1))],
			[vertex(time(5, 1), time(6, 2)), log(1, Buffer.from('bye'))],
		);
		expect(story.news.map(({ type }) => type)).toEqual(['step', 'output', 'step']);
	});

	it('goes on where a step starts again, and says nothing where nothing is new', () => {
		const done = [time(5, 1), time(6, 2)];
		const { story } = told(
			[vertex()],
			[vertex()],
			[vertex(...done)],
			[vertex()],
			[vertex(time(5, 3))],
			[vertex(time(5, 3), time(6, 4), number(4, 1))],
		);
		expect(states(story)).toEqual(['waiting', 'done', 'running', 'cached']);
		expect(story.step('RUN x')).toMatchObject({ startedAt: 1000, endedAt: 4000 });
	});

	it('tells warnings, and the names that an image gets where no line says so', () => {
		const rule = [
			field(3, 'ConsistentInstructionCasing'),
			field(4, 'one'),
			field(4, 'two'),
			field(5, 'https://x'),
		];
		const { story } = told(
			[vertex(time(5, 1)), field(4, Buffer.concat(rule))],
			[naming()],
			[naming(time(8, 2))],
		);
		expect(story.all('warning')).toEqual([
			{ type: 'warning', text: 'ConsistentInstructionCasing', detail: ['one', 'two'], url: 'https://x' },
		]);
		expect(story.all('tagged')).toEqual([{ type: 'tagged', reference: 'app:1' }]);
	});

	it('that is cut off leaves its steps cancelled, by the engine’s clock', () => {
		const { story, reader } = told([vertex(time(5, 60))]);
		reader.stop();
		expect(story.step('RUN x')).toMatchObject({ state: 'cancelled', startedAt: 60_000, endedAt: 60_000 });
	});
});

describe('a request', () => {
	it('says all that was wished for', () => {
		const query = buildQuery(
			{
				wish: {
					...wish,
					tags: ['a:1', 'b:2'],
					args: { A: '1 &', B: '' },
					target: 'two',
					platform: 'linux/arm64',
					isUncached: true,
					pullsBases: true,
				},
				builder: 'buildkit',
				dockerfileInContext: 'sub/Dockerfile',
			},
			{ buildId: 'id', sessionId: 'session' },
		);
		expect([...new URLSearchParams(query)]).toEqual([
			['dockerfile', 'sub/Dockerfile'],
			['rm', '1'],
			['forcerm', '1'],
			['t', 'a:1'],
			['t', 'b:2'],
			['buildargs', '{"A":"1 &","B":""}'],
			['target', 'two'],
			['platform', 'linux/arm64'],
			['nocache', '1'],
			['pull', '1'],
			['version', '2'],
			['buildid', 'id'],
			['session', 'session'],
		]);
	});

	it('carries logins as the engine reads them', () => {
		expect(buildHeaders({})).toEqual({ 'Content-Type': 'application/x-tar' });
		const headers = buildHeaders({
			'a:5000': { username: 'ü', password: '??>>' },
			b: { identityToken: 'token' },
		});
		const text = String(headers['X-Registry-Config']);
		expect(text).toMatch(/^[\w-]+=*$/);
		expect(text.length % 4).toBe(0);
		expect(JSON.parse(Buffer.from(text, 'base64url').toString())).toEqual({
			'a:5000': { username: 'ü', password: '??>>', serveraddress: 'a:5000' },
			b: { identitytoken: 'token', serveraddress: 'b' },
		});
	});

	it('goes to the builder that the engine has', () => {
		const docker = { ...info, flavour: 'docker' as const, apiVersion: '1.41', os: 'Debian' };
		expect(builderOf(docker)).toBe('buildkit');
		expect(builderOf(docker, 'classic')).toBe('classic');
		expect(builderOf({ ...docker, apiVersion: '1.40' })).toBe('classic');
		expect(builderOf({ ...docker, flavour: 'podman' }, 'buildkit')).toBe('classic');
	});
});
