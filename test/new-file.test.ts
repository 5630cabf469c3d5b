// A new file is whole, or it is not there.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeNew } from '../source/new-file.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'portside-new-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A log that cannot be written to its end, as on a full disk. */
function* cut(): Generator<string> {
	yield 'one\n';
	throw new Error('no space left on device');
}

it('is written in pieces, with the mode that is asked for', async () => {
	const path = join(folder, 'web.log');
	await writeNew(path, ['one\n', 'two\n'], 0o600);
	expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
	expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('is gone when it could not be finished', async () => {
	await expect(writeNew(join(folder, 'web.log'), cut(), 0o600)).rejects.toThrow('no space left');
	expect(readdirSync(folder)).toEqual([]);
});

it('never takes the place of another one', async () => {
	const path = join(folder, 'web.log');
	await writeNew(path, 'mine', 0o600);
	await expect(writeNew(path, 'yours', 0o600)).rejects.toThrow('EEXIST');
	expect(readFileSync(path, 'utf8')).toBe('mine');
});
