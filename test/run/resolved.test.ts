// A wish made ready for the engine: files are read as docker reads them, and paths made absolute.
import { describe, expect, it } from 'vitest';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { readEnvFile } from '../../source/run/env-file.ts';
import { resolved } from '../../source/run/resolved.ts';

describe('a file of variables', () => {
	it('is read without quotes, comments and the white space before a name', () => {
		const text = '\ufeff# first\nA=b\r\n  B = no\n';
		expect(readEnvFile(text)).toEqual({ problem: 'Line 3 has a space in the name: B.' });
		expect(readEnvFile('\ufeffA="b c" # d\n\n \t# x\n\tB= e \nNAME\nC=a=b\nD=')).toEqual({
			entries: ['A="b c" # d', 'B= e ', 'NAME', 'C=a=b', 'D='],
		});
	});

	it('says in which line it is wrong', () => {
		expect(readEnvFile('A=b\n=c')).toEqual({ problem: 'Line 2 has no name before its equals sign.' });
		expect(readEnvFile('export A=b')).toEqual({ problem: 'Line 1 has a space in the name: export A.' });
		expect(readEnvFile('')).toEqual({ entries: [] });
	});
});

describe('a wish', () => {
	const files: Readonly<Record<string, string>> = {
		'/project/.env': 'A=file\nHERE\nGONE\n',
		'/home/me/more': 'B=more',
		'/project/labels': 'x=file\n',
	};
	const around = {
		cwd: '/project',
		home: '/home/me',
		env: { HERE: 'mine', OTHER: '1' },
		readFile: async (path: string) => {
			const text = files[path];
			if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
			return text;
		},
	};
	const ready = (wish: Partial<RunWish>) => resolved({ ...emptyRun, image: 'httpd', ...wish }, around);

	it('has the variables of its files first, and those of this machine looked up', async () => {
		const wish = { envFiles: ['.env', '~/more'], env: ['A=first', 'A=hand', 'OTHER', 'UNKNOWN', 'EMPTY='] };
		expect(await ready(wish)).toEqual({
			wish: {
				...emptyRun,
				image: 'httpd',
				env: ['A=file', 'HERE=mine', 'B=more', 'A=hand', 'OTHER=1', 'UNKNOWN', 'EMPTY='],
			},
		});
	});

	it('has its label files read', async () => {
		expect(
			await ready({ labels: ['x=hand'], others: ['--label-file=labels', '--shm-size=64m'] }),
		).toMatchObject({
			wish: { labels: ['x=file', 'x=hand'], others: ['--shm-size=64m'] },
		});
	});

	it('has paths made absolute, and nothing else', async () => {
		const volumes = [
			'./site:/srv:ro',
			'../x:/x',
			'.:/all',
			'~/a:/a',
			'~:/home',
			'data:/data',
			'/abs/./p:/p',
			'/only',
		];
		const mounts = [
			'type=bind,source=site,target=/a,readonly',
			'type=volume,src=data,dst=/d',
			'type=bind,"src=~/a,b",dst=/c',
		];
		expect(await ready({ volumes, mounts })).toMatchObject({
			wish: {
				volumes: [
					...['/project/site:/srv:ro', '/x:/x', '/project:/all', '/home/me/a:/a', '/home/me:/home'],
					...['data:/data', '/abs/./p:/p', '/only'],
				],
				mounts: [
					'type=bind,source=/project/site,target=/a,readonly',
					'type=volume,src=data,dst=/d',
					'type=bind,"src=/home/me/a,b",dst=/c',
				],
			},
		});
	});

	it('is not, where a file cannot be read', async () => {
		expect(await ready({ envFiles: ['gone'] })).toEqual({
			problem: 'gone cannot be used: there is no such file.',
		});
		const bad = { ...around, readFile: async () => 'A B=c' };
		expect(await resolved({ ...emptyRun, envFiles: ['.env'] }, bad)).toEqual({
			problem: '.env cannot be used. Line 1 has a space in the name: A B.',
		});
	});
});
