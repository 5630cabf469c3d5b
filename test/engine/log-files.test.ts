// How far a log's file reaches is counted from its lines, and what is missing are whole files of it.
import { describe, expect, it } from 'vitest';
import { countFiles, rotationOf } from '../../source/engine/log/files.ts';
import type { ContainerDetail, LogLine } from '../../source/model/items.ts';

const detail = (logDriver: string, options: Record<string, string>) =>
	({ logDriver, raw: { HostConfig: { LogConfig: { Config: options } } } }) as unknown as ContainerDetail;

describe('a log is rotated', () => {
	it.each([
		['json-file', { 'max-size': '10m' }, 10_000_000],
		['json-file', { 'max-size': '1.5k', 'max-file': '3' }, 1500],
		['json-file', { 'max-size': '300' }, 300],
		['local', {}, 20_000_000],
		['local', { 'max-size': '2MB' }, 2_000_000],
	])('by %s with %o at %i bytes', (driver, options, bytes) => {
		expect(rotationOf(detail(driver, options))?.fileBytes).toBe(bytes);
	});

	it.each([
		['json-file', { 'max-size': '10m', labels: 'team' }],
		['json-file', { 'max-size': 'much' }],
		['k8s-file', { 'max-size': '10m' }],
	])('by %s with %o at a size that nobody can count', (driver, options) => {
		expect(rotationOf(detail(driver, options))).toMatchObject({});
		expect(rotationOf(detail(driver, options))?.fileBytes).toBeUndefined();
	});

	it.each([
		['json-file', {}],
		['journald', {}],
	])('never by %s with %o', (driver, options) => {
		expect(rotationOf(detail(driver, options))).toBeUndefined();
	});
});

describe('a place in a log', () => {
	const line: LogLine = { source: 'stdout', text: '', stamp: '' };
	const counting = () => countFiles({ fileBytes: 100_000, bytesOf: () => 100 });
	type Files = ReturnType<typeof counting>;
	let at = 0;
	/** A file takes a second. */
	const print = (files: Files, lines: number) => {
		for (let count = 0; count < lines; count++) files.take(line, ++at);
	};
	const jump = (files: Files, gap: number) => {
		at += gap;
		files.take(line, ++at);
		return files.suspect(at, gap);
	};

	it('is the end of a file where it is whole files behind another one', () => {
		const files = counting();
		print(files, 400);
		expect(jump(files, 3000)).toBe(false);
		print(files, 999);
		expect(jump(files, 1000)).toBe(true);
		print(files, 2999);
		expect(jump(files, 5000)).toBe(true);
	});

	it('is inside of a file where a container only pauses', () => {
		const files = counting();
		print(files, 400);
		for (const lines of [730, 910, 1370, 480, 2200, 1770, 1430, 320]) {
			expect([lines, jump(files, 3000)]).toEqual([lines, false]);
			print(files, lines);
		}
	});

	it('is the end of one also between pauses', () => {
		const files = counting();
		print(files, 400);
		jump(files, 1000);
		print(files, 400);
		jump(files, 1000);
		print(files, 300);
		jump(files, 1000);
		print(files, 297);
		expect(jump(files, 1000)).toBe(true);
	});

	it('is no gap where a rotation only took its time', () => {
		const files = counting();
		print(files, 400);
		jump(files, 1000);
		print(files, 1999);
		expect(jump(files, 100)).toBe(false);
		print(files, 999);
		expect(jump(files, 1000)).toBe(true);
	});
});
