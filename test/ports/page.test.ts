// The title of a page: in the letters it was written in, and not of a script.
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { isEnough } from '../../source/ports/http-answer.ts';
import { factsOf, portOf } from './servers.ts';

const korean = Buffer.from([0xbe, 0xc8, 0xb3, 0xe7]);
const page = (...parts: readonly (string | Buffer)[]) =>
	Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
const titled = async (type: string, body: Buffer) => {
	const port = await portOf(
		createServer((_, response) => response.setHeader('content-type', type).end(body)),
	);
	return (await factsOf(port)).facts.title;
};

describe('the title of a page', () => {
	it.each([
		['as its headers say', 'text/html; charset=euc-kr', page('<title>', korean, '</title>')],
		['as its headers say, in quotes', 'text/html; Charset="EUC-KR"', page('<title>', korean, '</title>')],
		['as it says itself', 'text/html', page('<meta charset="euc-kr"><title>', korean, '</title>')],
		[
			'as it says itself in the old way',
			'text/html',
			page('<meta http-equiv=Content-Type content="text/html; charset=euc-kr"><title>', korean, '</title>'),
		],
		['in UTF-8, where nothing is said', 'text/html', page('<title>안녕</title>')],
		['in UTF-8, where what is said is nothing', 'text/html; charset=klingon', page('<title>안녕</title>')],
	])('is read %s', async (_, type, body) => {
		expect(await titled(type, body)).toBe('안녕');
	});

	it.each([
		['<script>document.write("<title>no</title>")</script><title>yes</title>'],
		['<!-- <title>no</title> --><title>yes</title>'],
		['<style>/* <title>no</title> <body> */</style><title lang=en>yes</title>'],
		['<svg><title>no</title></svg><title>yes</title>'],
		['<titles>no</titles><title>yes</title>'],
	])('is not what only looks like it: %s', async (text) => {
		expect(await titled('text/html', page(text))).toBe('yes');
	});

	it('is waited for, also behind a script that has one', () => {
		const begun = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<script>"<title>no</title><body>"';
		expect(isEnough(Buffer.from(begun))).toBe(false);
		expect(isEnough(Buffer.from(`${begun}</script>`))).toBe(false);
		expect(isEnough(Buffer.from(`${begun}</script><title>yes</title>`))).toBe(true);
	});

	it('that is only in a script is none', async () => {
		expect(await titled('text/html', page('<script>"<title>no</title>"'))).toBeUndefined();
	});
});
