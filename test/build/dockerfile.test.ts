// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles have them
import { describe, expect, it } from 'vitest';
import { bases } from '../../source/build/bases.ts';
import { readDockerfile } from '../../source/build/dockerfile.ts';
import { excerpt, lineOf } from '../../source/build/dockerfile-step.ts';

const texts = (text: string) => readDockerfile(text).instructions.map((one) => one.text);
const problems = (text: string) =>
	readDockerfile(text).problems.map(({ line, sentence }) => `${line}: ${sentence}`);

describe('instructions', () => {
	it('joins continuation lines over comments and blank lines', () => {
		const { instructions } = readDockerfile(
			'FROM a\n# one\nrun a && \\\n  # two\n\n\tb \\  \n  && c\nCMD x\n',
		);
		expect(instructions).toEqual([
			{ keyword: 'FROM', text: 'FROM a', line: 1, endLine: 1 },
			{ keyword: 'RUN', text: 'run a && \tb   && c', line: 3, endLine: 7 },
			{ keyword: 'CMD', text: 'CMD x', line: 8, endLine: 8 },
		]);
	});

	it('reads directives only at the top, and each once', () => {
		const read = readDockerfile(
			'\ufeff# syntax=docker/dockerfile:1\r\n#escape = `\r\nFROM a\r\nRUN dir c:\\\r\nRUN a `\r\n  b\r\n',
		);
		expect(read.syntax).toBe('docker/dockerfile:1');
		expect(read.escape).toBe('`');
		expect(read.instructions.map((one) => one.text)).toEqual(['FROM a', 'RUN dir c:\\', 'RUN a   b']);
		expect(readDockerfile('# hello\n# escape=`\nFROM a').escape).toBe('\\');
		expect(problems('# escape=x\nFROM a')).toEqual(['1: The escape character can be \\ or `, not x.']);
		expect(problems('# escape=`\n# escape=`\nFROM a')).toEqual([
			'2: The directive escape may be given only once.',
		]);
	});

	it('passes over what heredocs hold', () => {
		const text = [
			'FROM a',
			'RUN <<EOF cat > /x && <<-"TWO" sh',
			'RUM not an instruction',
			'  EOF',
			'EOF',
			'\tFROM nowhere',
			'\tTWO',
			"COPY <<'한글' /file",
			'COPY one',
			'한글',
			'ONBUILD RUN <<X',
			'Y \\',
			'X',
			'RUN echo "<<NOT" <<<here',
			'RUN cat 3<<D',
			'D',
		].join('\n');
		const read = readDockerfile(text);
		expect(read.problems).toEqual([]);
		expect(read.instructions.map(({ keyword, line, endLine }) => [keyword, line, endLine])).toEqual([
			['FROM', 1, 1],
			['RUN', 2, 7],
			['COPY', 8, 10],
			['ONBUILD', 11, 13],
			['RUN', 14, 14],
			['RUN', 15, 16],
		]);
		expect(problems('FROM a\nRUN <<EOF\nls\n')).toEqual([
			'2: The text that begins with <<EOF has no line EOF at its end.',
		]);
	});

	it('ends with the file, even amid a continuation', () => {
		expect(texts('FROM a\nRUN x \\')).toEqual(['FROM a', 'RUN x']);
		expect(texts('FROM a\nRUN x \\\n\n# y\n')).toEqual(['FROM a', 'RUN x']);
		expect(texts('FROM a\n\\\nRUN y')).toEqual(['FROM a', 'RUN y']);
	});

	it('tells stages and arguments', () => {
		const read = readDockerfile(
			'ARG V=1 W\nARG Q="a b"\nFROM --platform=$BUILDPLATFORM a:$V as Build\nARG X\nFROM build\nFROM scratch AS last',
		);
		expect(read.stages).toEqual([
			{ number: 0, name: 'build', base: 'a:$V', line: 3, platform: '$BUILDPLATFORM' },
			{ number: 1, base: 'build', line: 5 },
			{ number: 2, name: 'last', base: 'scratch', line: 6 },
		]);
		expect(read.args).toEqual([
			{ name: 'V', default: '1', line: 1, isGlobal: true },
			{ name: 'W', line: 1, isGlobal: true },
			{ name: 'Q', default: 'a b', line: 2, isGlobal: true },
			{ name: 'X', line: 4, isGlobal: false },
		]);
	});
});

describe('problems', () => {
	// Each was refused by a real engine's builders, or accepted by them.
	it.each([
		['', '1: The Dockerfile has no instruction.'],
		['# only\n', '1: The Dockerfile has no instruction.'],
		['FROM a\nRUM x', '2: RUM is not an instruction: did you mean RUN?'],
		['FROM a\nenrtypoint x', '2: ENRTYPOINT is not an instruction: did you mean ENTRYPOINT?'],
		['FROM a\nabracadabra x', '2: ABRACADABRA is not an instruction.'],
		['FORM a\nRUN x', '1: FORM is not an instruction: did you mean FROM?'],
		['ARG A', '1: There is no FROM: a Dockerfile begins with the image it builds on.'],
		['ARG A\nRUN x\nFROM a', '2: RUN stands before the first FROM: only ARG may.'],
		['FROM', '1: FROM needs something after it.'],
		['FROM a b', '1: FROM is followed by an image, or by an image, AS and a name.'],
		['FROM a IS b', '1: FROM is followed by an image, or by an image, AS and a name.'],
		['FROM a AS 1b', '1: 1b cannot be the name of a stage'],
		['FROM a\nFROM 0', '2: FROM 0 means an image: give the stage a name with AS, and use that.'],
		['FROM a\nFROM 7', '2: FROM 7 means an image, and there is no stage 7 either.'],
		['FROM a\nCOPY --from=3 a b', '2: COPY --from=3 needs a stage before this one: there is none.'],
		['FROM a\nFROM b\nCOPY --from=2 a b', '3: COPY --from=2 needs a stage before this one: the last is 0.'],
		['FROM a\nCOPY --from=0 a b', '2: COPY --from=0 would copy from its own stage.'],
		['FROM a\nCOPY', '2: COPY needs what is copied, and where to.'],
		['FROM a\nCOPY --chown=1 a', '2: COPY needs the place it copies to.'],
		['FROM a\nADD ["a"]', '2: ADD needs the place it copies to.'],
		['FROM a\nENV x', '2: ENV x needs a value: ENV x=value.'],
		['FROM a\nWORKDIR', '2: WORKDIR needs something after it.'],
		['FROM a\nSHELL sh', '2: SHELL needs its words as'],
		['FROM a\nHEALTHCHECK --interval=5s curl x', '2: HEALTHCHECK is followed by CMD or NONE.'],
		['FROM a\nONBUILD FROM b', '2: FROM cannot stand after ONBUILD.'],
		['FROM a\nONBUILD RUM b', '2: RUM is not an instruction: did you mean RUN?'],
	])('are told of %j', (text, problem) => {
		expect(problems(text)).toEqual([expect.stringContaining(problem)]);
	});

	it.each([
		'FROM a\nCMD\nENTRYPOINT\nRUN\n',
		'FROM a\nENV a b\nENV a=1 b=2\nLABEL a="b c"\nUSER a b\nWORKDIR a b\n',
		'FROM a\nCOPY ["a b", "c"]\nADD --chown=a:b x y z/\nSHELL ["sh", "-c"]\nHEALTHCHECK NONE\n',
		'FROM --platform=linux/arm64 a AS b\nCOPY --from=0x/y a b\nFROM b\nCOPY --from=0 --link a b\n',
		'FROM a AS x\nFROM b AS x\nCOPY --from=later a b\nFROM c AS later\n',
		'# syntax=my/frontend\nANYTHING goes\n',
		'FROM a\nONBUILD RUN x\nONBUILD COPY a b\n',
		'FROM a\nRUN ["x", "y"]\nRUN [ -f x ] && y\n',
	])('are not told of %j', (text) => {
		expect(problems(text)).toEqual([]);
	});

	it('are found fast in what is no Dockerfile', () => {
		const start = performance.now();
		readDockerfile('"\\'.repeat(50_000));
		readDockerfile(`FROM a\nRUN ${'<<A '.repeat(2000)}\n${'A\n'.repeat(2000)}`);
		readDockerfile(`FROM a\nRUN ${'\'" '.repeat(20_000)}`);
		bases(readDockerfile(`ARG A=${'${A:-'.repeat(5000)}\nFROM $A`));
		expect(performance.now() - start).toBeLessThan(2000);
	});
});

describe('lines of steps', () => {
	const text = [
		'ARG TAG=1', // 1
		'FROM a:$TAG AS one', // 2
		'ENV X=1', // 3
		'WORKDIR /w', // 4
		'RUN make && \\', // 5
		'    make install', // 6
		'RUN echo $X ${Y:-z}', // 7
		'FROM b', // 8
		'COPY --from=one /x /y', // 9
		'EXPOSE 80', // 10
		'RUN make', // 11
		'ENV Z=1', // 12
		'RUN make', // 13
		'RUN <<EOF', // 14
		'hello', // 15
		'EOF', // 16
	].join('\n');
	const dockerfile = readDockerfile(text);

	it.each([
		// BuildKit
		['FROM docker.io/library/a:1@sha256:00', 'one', 1, 4, 2],
		['WORKDIR /w', 'one', 2, 4, 4],
		['RUN make &&     make install', 'one', 3, 4, 5],
		['RUN echo 1 z', 'one', 4, 4, 7],
		['FROM docker.io/library/b', 'stage-1', 1, 5, 8],
		['COPY --from=one /x /y', 'stage-1', 2, 5, 9],
		['RUN make', 'stage-1', 3, 5, 11],
		['RUN make', '1', 4, 5, 13],
		['RUN <<EOF (hello)', 'stage-1', 5, 5, 14],
		['RUN make &&     make ins...', 'one', 3, 4, 5],
		// classic
		['ARG TAG=1', undefined, 1, 13, 1],
		['FROM a:$TAG AS one', undefined, 2, 13, 2],
		['RUN make &&     make install', undefined, 5, 13, 5],
		['EXPOSE 80', undefined, 9, 13, 10],
		['RUN make', undefined, 10, 13, 11],
		['RUN make', undefined, 12, 13, 13],
		// odd ones
		['RUN make', 'unknown', undefined, undefined, 11],
		['RUN something else entirely', 'one', 3, 4, 5],
		['HEALTHCHECK NONE', undefined, 3, 13, undefined],
		['RUN nowhere', undefined, 99, 99, undefined],
	])('%s in %s, %s of %s', (step, stage, number, of, line) => {
		expect(lineOf(dockerfile, step, stage, number, of)).toBe(line);
	});

	it('are shown with those around them', () => {
		expect(excerpt('a\r\nb\nc\nd', 2, 1)).toEqual([
			{ number: 1, text: 'a', isMarked: false },
			{ number: 2, text: 'b', isMarked: true },
			{ number: 3, text: 'c', isMarked: false },
		]);
		expect(excerpt('a', 1).map(({ number }) => number)).toEqual([1]);
	});
});

describe('bases', () => {
	const of = (text: string, args = {}) => [...bases(readDockerfile(text), args).keys()];

	it('are what FROM, COPY and mounts name, without stages', () => {
		expect(
			of(
				'FROM golang:1 AS Build\nFROM build AS two\nFROM scratch\nCOPY --from=build a b\nCOPY --from=0 a b\nCOPY --from=busybox:1 a b\nRUN --mount=type=bind,from=alpine,target=/a --mount=type=cache,from=two,target=/b x\nFROM nginx AS nginx\nFROM golang:1\n',
			),
		).toEqual(['golang:1', 'busybox:1', 'alpine', 'nginx']);
	});

	it('have their arguments filled in', () => {
		const text =
			'ARG V=1\nARG N=img:$V\nARG E\nFROM $N\nFROM ${E:-other}:${V:+set}\nARG V=2\nFROM "x:${V}"\nFROM y\\$z${E}\nFROM ${NO:-${V}}x';
		expect(of(text)).toEqual(['img:1', 'other:set', 'x:1', 'y$z', '1x']);
		expect(of(text, { V: '3', E: 'e', UNDECLARED: '9' })).toEqual(['img:3', 'e:set', 'x:3', 'y$ze', '3x']);
	});

	it('are left out where they depend on the platform', () => {
		expect(of('FROM a-$TARGETARCH\nFROM b:${TARGETARCH:-amd64}')).toEqual(['b:amd64']);
		expect(of('FROM a-$TARGETARCH', { TARGETARCH: 'arm64' })).toEqual(['a-arm64']);
	});
});
