// A look at servers that answer in ways that are not well, over HTTP, TLS and HTTP/2: none of them is shown as fine.
import { createServer as createHttp } from 'node:http';
import { createServer as createHttp2, createSecureServer as createHttp2Secure } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ca, serverCertificate as cert, serverKey as key } from '../engine/certificates.ts';
import { factsOf, look, portOf } from './servers.ts';

/** Once there is a whole request, as a browser sends it. */
const onRequest = (answer: (socket: Socket) => void) =>
	createServer((socket) => {
		let heard = '';
		socket.on('data', (chunk) => {
			heard += chunk.toString('latin1');
			if (heard.endsWith('\r\n\r\n')) answer(socket);
		});
	});

describe('on a port where TLS is usual', () => {
	const isTls = true;

	it('a server that waits for a whole request in the clear gets one in time', async () => {
		const port = await portOf(onRequest((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));
		const { brief, tone, facts, isTls: is } = await factsOf(port, { isTls, containerPort: 8443 });
		expect(brief).toMatch(/^200 /);
		expect([tone, is]).toEqual(['good', false]);
		expect(facts.TCP).toMatch(/^accepted/);
	});

	it('one that says nothing at all has accepted all the same', async () => {
		const port = await portOf(createServer(() => {}));
		const { brief, tone, facts, advice } = await factsOf(port, { isTls, containerPort: 443 });
		expect([brief, tone]).toEqual(['no answer', 'bad']);
		expect(facts).toMatchObject({
			TCP: expect.stringMatching(/^accepted/),
			HTTP: 'no answer within 3 seconds',
		});
		expect(advice).toContain('It accepts, but says nothing');
	});
});

describe('over HTTP', () => {
	it('early hints are not the answer', async () => {
		const port = await portOf(
			createHttp((_, response) =>
				response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () =>
					setTimeout(() => response.writeHead(500).end('no'), 50),
				),
			),
		);
		const { brief, tone, facts } = await factsOf(port);
		expect([brief?.slice(0, 4), tone]).toEqual(['500 ', 'bad']);
		expect(facts.HTTP).toMatch(/^500 Internal Server Error after/);
	});

	it.each([
		['closes', (socket: Socket) => socket.end()],
		['resets', (socket: Socket) => socket.resetAndDestroy()],
	])('one that %s on every request is not well', async (_, answer) => {
		const { brief, tone, facts, advice } = await factsOf(await portOf(onRequest(answer)));
		expect([brief, tone, facts.HTTP]).toEqual(['hangs up', 'busy', 'closed without an answer']);
		expect(advice).toContain('The logs of web may say why.');
	});

	it.each([
		[
			'late headers',
			'HTTP/1.1 200 OK\r\nServer: slow\r\n',
			false,
			'its headers did not end within 3 seconds',
		],
		['half of the headers', 'HTTP/1.1 200 OK\r\nServer: slow\r\n', true, 'it hung up within its headers'],
		['endless headers', `HTTP/1.1 200 OK\r\n${'X-Y: z\r\n'.repeat(9000)}`, false, 'its headers do not end'],
		['hints only', 'HTTP/1.1 103 Early Hints\r\n\r\n', true, 'it hung up within its headers'],
		[
			'a late page',
			'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>',
			false,
			'its page did not end within 3 seconds',
		],
	])('an answer that does not end is told as that: %s', async (_, text, isClosed, words) => {
		const port = await portOf(onRequest((socket) => (isClosed ? socket.end(text) : socket.write(text))));
		const { brief, tone, facts } = await factsOf(port);
		expect(brief).toMatch(/^\d{3} unfinished$/);
		expect(tone).toBe('busy');
		expect(facts.HTTP).toContain(words);
	});
});

describe('over TLS', () => {
	const secure = (more: object = {}) =>
		createHttps({ cert, key, ...more }, (_, response) => response.end('<title>safe</title>'));

	it('whom nobody trusts is not shown as fine', async () => {
		expect(await look(await portOf(secure()), { isTls: true })).toMatchObject({
			brief: '200 untrusted',
			tone: 'busy',
		});
	});

	it('a certificate that is not valid yet is not shown as fine', async () => {
		const now = () => Date.parse('2020-01-01T00:00:00Z');
		const { brief, tone, facts } = await factsOf(await portOf(secure()), { isTls: true, now });
		expect([brief, tone]).toEqual(['tls not yet valid', 'bad']);
		expect(facts['valid from']).toBe('2026-11-20');
	});

	it('one that wants a certificate of the client says so', async () => {
		const port = await portOf(secure({ ca, requestCert: true, rejectUnauthorized: true }));
		const { brief, tone, facts, advice } = await factsOf(port, { isTls: true });
		expect([brief, tone]).toEqual(['wants a cert', 'busy']);
		expect(facts.HTTPS).toBe('refused: it wants a certificate of the client');
		expect(advice).toContain('--cert');
	});

	it.each([true, false])(
		'one that refuses the handshake says so, where TLS is expected: %s',
		async (isTls) => {
			const port = await portOf(
				secure({ ca, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }),
			);
			const { brief, tone, facts, advice } = await factsOf(port, { isTls });
			expect([brief, tone]).toEqual(['tls refused', 'bad']);
			expect(facts.TLS).toBe('refused: sslv3 alert handshake failure');
			expect(advice).toContain('certificate of the client');
		},
	);

	it('one that is too old says so', async () => {
		const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
		expect(await look(await portOf(secure(old)), { isTls: true })).toMatchObject({
			brief: 'tls refused',
			advice: 'It speaks only versions of TLS that are too old to be safe.',
		});
	});
});

describe('over HTTP/2 only', () => {
	it('is recognised by the settings it greets with', async () => {
		const { brief, tone, facts } = await factsOf(await portOf(createHttp2()));
		expect([brief, tone, facts.HTTP]).toEqual(['HTTP/2 only', 'good', 'speaks HTTP/2 only']);
		expect(facts).not.toHaveProperty('greets with');
	});

	it('is recognised where they come with the first request', async () => {
		const settings = Buffer.from('00000604000000000000030000006400000408000000000000010000', 'hex');
		const port = await portOf(onRequest((socket) => socket.write(settings)));
		expect(await look(port)).toMatchObject({ brief: 'HTTP/2 only', advice: expect.stringContaining('gRPC') });
	});

	it('is recognised over TLS, where it hangs up on everybody else', async () => {
		const server = createHttp2Secure({ cert, key });
		server.on('unknownProtocol', (socket) => socket.destroy());
		const { brief, facts } = await factsOf(await portOf(server), { isTls: true });
		expect(brief).toBe('HTTP/2 only');
		expect(facts.certificate).toBe('server');
	});
});
