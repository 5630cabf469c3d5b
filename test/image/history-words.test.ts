// The lines of Dockerfiles, from what docker history says of layers.
import { describe, expect, it } from 'vitest';
import { instructionOf } from '../../source/image/history-words.ts';

describe('the instruction of a layer', () => {
	it.each([
		['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
		['/bin/sh -c #(nop) ADD file:3af3091 in / ', 'ADD file:3af3091 in /'],
		['/bin/sh -c #(nop) COPY dir:99ab in /x ', 'COPY dir:99ab in /x'],
		['/bin/sh -c #(nop)  EXPOSE 80', 'EXPOSE 80'],
		[
			'/bin/sh -c apt-get update \t&& apt-get install -y \\\n\t\tcurl',
			'RUN apt-get update && apt-get install -y \\ curl',
		],
		['|2 A=1 B=2 /bin/sh -c make', 'RUN make'],
		['|1 NAME=hello big world /bin/sh -c echo "$NAME"', 'RUN echo "$NAME"'],
		['|0 /bin/sh -c make', 'RUN make'],
		['|1 A=1 /bin/sh -c #(nop)  ENV A=1', 'ENV A=1'],
		['RUN /bin/sh -c apk add curl # buildkit', 'RUN apk add curl'],
		['RUN |1 VERSION=3 /bin/sh -c make # buildkit', 'RUN make'],
		[
			'RUN --mount=type=cache,target=/root /bin/sh -c make # buildkit',
			'RUN --mount=type=cache,target=/root make',
		],
		['RUN /bin/bash -euo pipefail -c make | tee log # buildkit', 'RUN make | tee log'],
		['RUN apk add curl # buildkit', 'RUN apk add curl'],
		['/bin/bash -o pipefail -c make', 'RUN make'],
		['/bin/ash -eo pipefail -c make', 'RUN make'],
		['/bin/sh -c make\t/bin/sh -c twice', 'RUN make /bin/sh -c twice'],
		['COPY . /app # buildkit', 'COPY . /app'],
		['ENV PATH=/usr/bin', 'ENV PATH=/usr/bin'],
		['CMD ["httpd-foreground"]', 'CMD ["httpd-foreground"]'],
		['EXPOSE map[80/tcp:{} 443/tcp:{}]', 'EXPOSE 80/tcp 443/tcp'],
		['EXPOSE [80/tcp]', 'EXPOSE 80/tcp'],
		['WORKDIR /app', 'WORKDIR /app'],
		['cmd /S /C dir C:\\', 'RUN dir C:\\'],
		['cmd /S /C #(nop) CMD ["cmd"]', 'CMD ["cmd"]'],
		['powershell -Command Install-Package x', 'RUN Install-Package x'],
		[
			"powershell -Command $ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'; #(nop)  ENV A=1",
			'ENV A=1',
		],
		['Apply image 10.0.17763.1', 'Apply image 10.0.17763.1'],
		['sh -c while true; do date; done', 'sh -c while true; do date; done'],
		['bash', 'bash'],
		['', ''],
	])('%j', (said, instruction) => {
		expect(instructionOf(said)).toBe(instruction);
	});

	it('is told at once of the longest and the strangest text', () => {
		const began = performance.now();
		for (const text of [
			`|9 ${'A=1 '.repeat(200_000)}`,
			`/${'a/'.repeat(200_000)}`,
			`/bin/sh${' -x'.repeat(200_000)}`,
			`powershell${' -x'.repeat(200_000)}`,
			`RUN ${'--a=b '.repeat(200_000)}`,
			`|9 ${'/bin/sh -c'.repeat(100_000)}`,
			`|9 ${'/bin/sh '.repeat(100_000)}`,
		]) {
			expect(instructionOf(text).length).toBeLessThanOrEqual(20_005);
		}
		expect(performance.now() - began).toBeLessThan(3000);
	});
});
