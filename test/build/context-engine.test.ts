import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { dockerfileText, makeTree, sentByDocker, sentByUs, type Tree, temporary } from './as-docker.ts';

const long = 'n'.repeat(120);
const tree: Tree = {
	'a.txt': 'a',
	'a+b.txt': 'plus',
	'b(1).txt': 'brackets',
	'c{1,2}.txt': 'braces',
	'B.TXT': 'capitals',
	'run.sh': { text: '#!/bin/sh', mode: 0o755 },
	'set.sh': { text: '#!/bin/sh', mode: 0o4755 },
	secret: { text: 'x', mode: 0o600 },
	empty: { folder: 0o755 },
	sticky: { folder: 0o1777 },
	'#hash.txt': 'hash',
	'!bang.txt': 'bang',
	'[x].txt': 'square',
	'space name.txt': 'space',
	constructor: 'a word that objects know',
	'한글/파일 이름.txt': '안녕',
	'한글/다른.md': '다른',
	'src/index.ts': 'index',
	'src/deep/er/one.ts': 'one',
	'src/deep/er/one.test.ts': 'test',
	'src/deep/keep.log': 'log',
	'src/deep/drop.log': 'log',
	'node_modules/x/package.json': '{}',
	'node_modules/x/keep.txt': 'keep',
	'docs/a.md': 'a',
	'docs/b/README.md': 'readme',
	'docs/b/c.md': 'c',
	'.env': 'A=1',
	'.git/HEAD': 'ref',
	[`long/${long}/${long}/${long}.txt`]: 'a long path',
	[`long/${'가'.repeat(60)}/${'나'.repeat(40)}.txt`]: 'a long path in Korean',
	'link-to-file': { link: 'a.txt' },
	'link-to-folder': { link: 'src' },
	dangling: { link: `nowhere/${long}` },
	'links/absolute': { link: '/etc/passwd' },
};

const cases: Readonly<Record<string, string>> = {
	'no rules': '',
	'a name anywhere': '**/*.log\n**/node_modules',
	'a folder': 'node_modules\nlong\n',
	'a folder with a slash': 'node_modules/\n/docs/\n./src/deep',
	'comments and space': '# a comment\n  a.txt  \n\n #hash.txt\nlong',
	'byte order mark': '\ufeffa.txt\r\nlong\r\n',
	'exception for a file': 'docs\n!docs/b/README.md\nlong',
	'exception for a folder': 'src\n!src/deep\nsrc/deep/er\nlong',
	'everything but': '*\n!src\n!*.sh',
	'exceptions in order': '*.txt\n!a.txt\na*\n!a+b.txt\nlong',
	'question mark and classes': '?.txt\n[A-C].TXT\nlong/[!n]*',
	'double star within': 'src/**/*.ts\n!src/**/one.ts\nlong',
	'letters of regular expressions': 'a+b.txt\nb(1).txt\nc{1,2}.txt\nlong',
	escaped: '\\#hash.txt\n\\[x\\].txt\n\\!bang.txt\nlong',
	'in capitals': 'A.TXT\nb.txt\nlong',
	korean: '한글/*.md\n**/파일*\nlong',
	spaces: 'space name.txt\nlong',
	'hidden ones': '.*\nlong',
	'the Dockerfile itself': 'Dockerfile\n.dockerignore\nlong',
	'the Dockerfile among all': '**\n!a.txt',
	links: 'link-to-folder/index.ts\ndangling\nlong',
	'words that objects know': 'constructor\nlong',
	'ways up and around': 'src/../docs\n../x\nlong//n*',
	'double star at the end': 'docs/**\nsrc/deep/**\n!src/deep/keep.log\nlong',
	'a dot': '.\nlong',
};

describeWithEngine('a context', (engine) => {
	const folders: string[] = [];
	const made = (more: Tree): string => {
		const folder = makeTree({ ...tree, ...more });
		folders.push(folder);
		return folder;
	};
	afterAll(() => {
		for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
	});

	it.concurrent.each(Object.entries(cases))('is sent as docker sends it: %s', async (_, rules) => {
		const context = made({ Dockerfile: dockerfileText(), ...(rules !== '' && { '.dockerignore': rules }) });
		const [docker, ours] = [await sentByDocker(engine, context), await sentByUs(engine, context)];
		expect(docker.length).toBeGreaterThan(0);
		expect(ours).toEqual(docker);
	});

	it.concurrent('is sent as docker sends it with a Dockerfile outside', async () => {
		const elsewhere = temporary('dockerfile');
		folders.push(elsewhere);
		const dockerfile = join(elsewhere, 'Dockerfile');
		writeFileSync(dockerfile, dockerfileText());
		for (const rules of [{}, { '.dockerignore': 'long\n*.sh' }]) {
			const context = made(rules);
			expect(await sentByUs(engine, context, dockerfile)).toEqual(
				await sentByDocker(engine, context, dockerfile),
			);
		}
	});

	// The classic builder changes the owner of what arrived, which takes that bit away.
	const withoutBit = (rows: string[]): string[] => rows.map((row) => row.replace(/^89ed/, '81ed')).sort();

	it.concurrent('arrives the same at BuildKit', async () => {
		const context = made({
			Dockerfile: dockerfileText(),
			'.dockerignore': 'long\n**/*.log\n!src/deep/keep.log',
		});
		const classic = withoutBit(await sentByUs(engine, context));
		writeFileSync(join(context, 'Dockerfile'), dockerfileText());
		expect(withoutBit(await sentByUs(engine, context, undefined, 2))).toEqual(classic);
	});
});
