// What a commit is to change, from the texts of a form, and its docker line.
import { describe, expect, it } from 'vitest';
import { type ChangeField, changesOf, commitLine } from '../../source/image/dockerfile-changes.ts';

describe('the lines of a commit', () => {
	it.each<[ChangeField, string, string]>([
		['cmd', 'httpd -DFOREGROUND', 'CMD ["httpd","-DFOREGROUND"]'],
		['cmd', `sh -c 'echo "a b" && sleep 1'`, 'CMD ["sh","-c","echo \\"a b\\" && sleep 1"]'],
		['cmd', '["httpd", "-f"]', 'CMD ["httpd", "-f"]'],
		['cmd', '[]', 'CMD []'],
		['cmd', 'echo $HOME | cat', 'CMD echo $HOME | cat'],
		['entrypoint', ' /entry.sh\t--x ', 'ENTRYPOINT ["/entry.sh","--x"]'],
		['env', 'A=b PATH=/x:$PATH C="d e"', 'ENV A=b PATH=/x:$PATH C="d e"'],
		['label', 'org.name="A B"', 'LABEL org.name="A B"'],
		['expose', '80 443/tcp,8000-8010/UDP', 'EXPOSE 80 443/tcp 8000-8010/udp'],
		['workdir', '/srv/my app', 'WORKDIR /srv/my app'],
		['user', 'app:staff', 'USER app:staff'],
		['volume', '/data "/with space"', 'VOLUME ["/data","/with space"]'],
		['volume', '["/data"]', 'VOLUME ["/data"]'],
		['onbuild', 'RUN make', 'ONBUILD RUN make'],
	])('%s: %s', (field, text, line) => {
		expect(changesOf({ [field]: text })).toEqual({ changes: [line] });
	});

	it.each<[ChangeField, string, RegExp]>([
		['cmd', "sh -c 'open", /CMD: .*open at the end/],
		['cmd', '["httpd", 1]', /JSON: \["httpd", "-f"\]/],
		['cmd', '[ -f x ]', /JSON/],
		['cmd', 'a\nb', /one line/],
		['env', 'A=b c', /ENV: c has no value: write NAME=value/],
		['env', '=b', /has no value/],
		['env', 'A=b\\', /backslash/],
		['label', 'name', /no value/],
		['expose', '80 http', /EXPOSE: http is no port/],
		['expose', '0', /no port/],
		['expose', '65536', /no port/],
		['expose', '90-80', /no port/],
		['expose', '80/icmp', /no port/],
		['workdir', 'srv', /path from the top/],
		['user', 'a b', /USER: .*name or a number/],
		['volume', 'data', /path from the top/],
		['onbuild', 'FROM scratch', /FROM cannot/],
		['onbuild', 'make', /line of a Dockerfile/],
	])('%s: %j is refused', (field, text, problem) => {
		const found = changesOf({ cmd: 'fine', [field]: text });
		expect(found).toMatchObject({ field, problem: expect.stringMatching(problem) });
	});

	it('come in an order in which the entrypoint does not take the command away', () => {
		expect(
			changesOf({ cmd: 'a', entrypoint: 'b', env: 'A=1', user: ' ', onbuild: 'RUN x\n\nRUN y' }),
		).toEqual({
			changes: ['ENV A=1', 'ENTRYPOINT ["b"]', 'CMD ["a"]', 'ONBUILD RUN x', 'ONBUILD RUN y'],
		});
		expect(changesOf({})).toEqual({ changes: [] });
	});
});

describe('the docker line of a commit', () => {
	const plain = { pauses: true, changes: [] };
	it.each([
		['docker commit web python-custom', 'web', { ...plain, reference: 'python-custom' }],
		['docker commit web python-custom', 'web', { ...plain, reference: 'python-custom:latest' }],
		['docker commit web repo:tag', 'web', { ...plain, reference: 'repo:tag' }],
		['docker commit web host:5000/repo', 'web', { ...plain, reference: 'host:5000/repo' }],
		['docker commit web', 'web', plain],
		[
			`docker commit -a 'Ada <ada@x.org>' -m 'it'\\''s done' -p=false -c 'CMD ["sh"]' -c 'ENV A=1' web repo:1`,
			'web',
			{
				reference: 'repo:1',
				author: 'Ada <ada@x.org>',
				message: "it's done",
				pauses: false,
				changes: ['CMD ["sh"]', 'ENV A=1'],
			},
		],
	])('%s', (line, name, wish) => {
		expect(commitLine(name, wish)).toBe(line);
	});
});
