// A look at a port, against servers that behave in every way: what it says, what it sends, and that it ends.
import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkPort } from '../../source/ports/check.ts';
import { httpAnswer, wantsTls } from '../../source/ports/http-answer.ts';
import { serverCertificate as cert, serverKey as key } from '../engine/certificates.ts';
import { factsOf, look, portOf, wish } from './servers.ts';

describe('over HTTP', () => {
	it('tells status, title and time, and asks once, as who it is', async () => {
		const asked: string[] = [];
		const server = createHttp((request, response) => {
			asked.push(`${request.method} ${request.url} ${request.headers['user-agent']} ${request.headers.host}`);
			response.setHeader('content-type', 'text/html');
			response.end('<html><head><title>\n Fish &amp; chips &#x2014; \u001b[31m안녕 </title></head><body>');
		});
		const port = await portOf(server);
		const { brief, tone, facts, isTls } = await factsOf(port);
		expect(brief).toMatch(/^200 \d+(\.\d)? ms$/);
		expect([tone, isTls]).toEqual(['good', false]);
		expect(facts).toMatchObject({
			TCP: expect.stringMatching(/^accepted after/),
			HTTP: expect.stringMatching(/^200 OK after \d/),
			title: 'Fish & chips — \u001b[31m안녕',
		});
		expect(asked).toEqual([`GET / portside/1.2.3 (a check of this port by its operator) localhost:${port}`]);
	});

	it.each([
		[404, 'busy'],
		[500, 'bad'],
	])('%i is told', async (status, tone) => {
		const port = await portOf(
			createHttp((_, response) => response.writeHead(status).end('<title>no</title>')),
		);
		expect(await look(port)).toMatchObject({ brief: expect.stringMatching(`^${status} `), tone });
	});

	it('follows nobody', async () => {
		let requests = 0;
		const server = createHttp((_, response) => {
			requests++;
			response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
		});
		const { facts } = await factsOf(await portOf(server));
		expect(facts['points to']).toBe('http://127.0.0.1:1/elsewhere (not followed)');
		expect(requests).toBe(1);
	});

	it('does not wait for those who never hang up', async () => {
		const answer = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello';
		const port = await portOf(createServer((socket) => socket.on('data', () => socket.write(answer))));
		const beganAt = performance.now();
		expect((await look(port))?.brief).toMatch(/^200 /);
		expect(performance.now() - beganAt).toBeLessThan(2000);
	});

	it('reads no more than it needs of an endless page', async () => {
		let written = 0;
		const server = createHttp((_, response) => {
			response.setHeader('content-type', 'text/html');
			const more = () => {
				while (response.writable && response.write('x'.repeat(65_536))) written += 65_536;
			};
			response.on('drain', more).on('error', () => {});
			more();
		});
		expect((await look(await portOf(server)))?.brief).toMatch(/^200 /);
		expect(written).toBeLessThan(64 << 20);
	});
});

describe('over TLS', () => {
	const secure = () => createHttps({ cert, key }, (_, response) => response.end('<title>safe</title>'));

	it.each([
		['where it is known to be there', true],
		['where it was not expected', false],
	])('tells whose certificate it is, until when, and who trusts it, %s', async (_, isTls) => {
		const { brief, facts, isTls: is } = await factsOf(await portOf(secure()), { isTls });
		expect(brief).toMatch(/^200 /);
		expect(is).toBe(true);
		expect(facts).toMatchObject({
			certificate: 'server',
			for: 'localhost, 127.0.0.1',
			'issued by': 'portside-test-ca',
			expires: expect.stringMatching(/^2126-10-27, in \d+ days$/),
			trust: 'not trusted: its authority is not known here',
			TLS: expect.stringMatching(/^TLSv1\.3 after/),
			HTTPS: expect.stringMatching(/^200 OK/),
		});
	});

	it.each([
		['2126-10-15T12:00:00Z', 'tls 12 d left', 'busy'],
		['2126-10-28T12:00:00Z', 'tls expired', 'bad'],
	])('warns of the end: at %s %s', async (at, brief, tone) => {
		const port = await portOf(secure());
		expect(await look(port, { isTls: true, now: () => Date.parse(at) })).toMatchObject({
			brief,
			tone,
		});
	});

	it('asks in the clear where nobody speaks it', async () => {
		const port = await portOf(createHttp((_, response) => response.end('<title>plain</title>')));
		const { brief, isTls, facts } = await factsOf(port, { isTls: true });
		expect(brief).toMatch(/^200 /);
		expect([isTls, facts.title]).toEqual([false, 'plain']);
	});
});

describe('of what speaks no HTTP', () => {
	it('shows how it greets, and asks nothing', async () => {
		const heard: Buffer[] = [];
		const server = createServer((socket) => {
			socket.on('data', (chunk) => heard.push(chunk)).write('SSH-2.0-OpenSSH_9.7\r\n');
		});
		const { brief, facts } = await factsOf(await portOf(server));
		expect(brief).toMatch(/^open /);
		expect(facts['greets with']).toContain('SSH-2.0-OpenSSH_9.7');
		expect(heard).toEqual([]);
	});

	it('does not disturb a database', async () => {
		const heard: Buffer[] = [];
		const port = await portOf(createServer((socket) => socket.on('data', (chunk) => heard.push(chunk))));
		expect(await look(port, { containerPort: 5432 })).toMatchObject({
			brief: expect.stringMatching(/^open /),
		});
		expect(heard).toEqual([]);
	});

	it('shows what it says to a question it does not know', async () => {
		const port = await portOf(
			createServer((socket) => socket.on('data', () => socket.write('-ERR unknown command\r\n'))),
		);
		const { facts, advice } = await factsOf(port);
		expect(facts.says).toContain('-ERR unknown command');
		expect(advice).toBe('It answers, but not in HTTP.');
	});

	it('of a port that accepts and hangs up at once: nothing is inside, where an engine accepts for a container', async () => {
		const port = await portOf(createServer((socket) => socket.end()));
		expect(await look(port)).toMatchObject({
			brief: 'nothing inside',
			advice: 'Published, but nothing listens inside the container on 80: does it listen on 127.0.0.1 only?',
		});
		expect((await look(port, { inside: async () => [] }))?.advice).toContain('The logs of web may say why');
		expect((await look(port, { inside: async () => ['127.0.0.1'] }))?.advice).toBe(
			'Published, but inside, it listens on 127.0.0.1 only: 80 must be listened to on 0.0.0.0.',
		);
		expect(await look(port, { inside: async () => ['127.0.0.1', '0.0.0.0'] })).toMatchObject({
			brief: 'closes at once',
			advice: 'Something listens inside on 80, and hangs up. The logs of web may say why.',
		});
		expect((await look(port, { inside: () => new Promise(() => {}) }))?.brief).toBe('nothing inside');
		expect(await look(port, { isProxied: false })).toMatchObject({ brief: 'closes at once', tone: 'busy' });
	});

	it('says that nobody accepts', async () => {
		const server = createServer();
		const port = await portOf(server);
		await new Promise((resolve) => server.close(resolve));
		expect(await look(port)).toMatchObject({ brief: 'refused', tone: 'bad' });
	});

	it('gives up on who is silent, after three seconds', async () => {
		const port = await portOf(createServer(() => {}));
		const beganAt = performance.now();
		expect(await look(port)).toMatchObject({ brief: 'no answer', tone: 'bad' });
		expect(performance.now() - beganAt).toBeGreaterThan(2900);
	});

	it('ends at once when it is broken off, and tells nothing', async () => {
		const server = createServer(() => {});
		const port = await portOf(server);
		const abort = new AbortController();
		const checking = checkPort(wish(port), abort.signal);
		const [socket] = (await once(server, 'connection')) as [Socket];
		socket.resume();
		const closed = once(socket, 'close');
		abort.abort();
		expect(await checking).toBeUndefined();
		await closed;
	});

	it('does not pretend to know of UDP', async () => {
		const check = await look(9, { protocol: 'udp' });
		expect(check?.brief).toBe('udp: ?');
		expect(check?.advice).toContain('Nobody can tell');
	});
});

describe('an answer over HTTP', () => {
	it.each([
		['HTTP/1.1 204 No Content\r\n\r\n', { status: 204, reason: 'No Content' }],
		['HTTP/1.0 200\r\nServer: nginx\r\n', { status: 200, reason: '', server: 'nginx' }],
		['HTTP/2 200\n\n<TITLE lang=de>a&b &bogus; &#0;</title>', { status: 200, title: 'a&b &bogus; &#0;' }],
	])('%j', (text, answer) => {
		expect(httpAnswer(Buffer.from(text))).toMatchObject(answer);
	});

	it('is not what only looks like it', () => {
		for (const text of ['', 'HTTP/1.1', 'HTTPS 200', 'RTSP/1.0 200 OK', ' HTTP/1.1 200 OK'])
			expect(httpAnswer(Buffer.from(text))).toBeUndefined();
	});

	it('may ask for TLS', () => {
		const asks = (text: string) => wantsTls(Buffer.from(text, 'latin1'));
		expect(asks('\x15\x03\x01\x00\x02\x02\x0a')).toBe(true);
		expect(asks('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n')).toBe(
			true,
		);
		expect(
			asks('HTTP/1.1 400 Bad Request\r\n\r\n<center>The plain HTTP request was sent to HTTPS port'),
		).toBe(true);
		expect(asks('HTTP/1.1 400 Bad Request\r\n\r\nno')).toBe(false);
		expect(asks('HTTP/1.1 200 OK\r\n\r\nplain http to an https server')).toBe(false);
	});
});
