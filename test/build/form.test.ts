// What is asked before a build, and the wish that the answers come to.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readBuildLine } from '../../source/build/build-command.ts';
import { buildLine } from '../../source/build/build-line.ts';
import { buildForm, isNote } from '../../source/build/form.ts';
import { answersOf, problemOf, subjectOf, wishOf } from '../../source/build/form-wish.ts';
import type { BuildWish } from '../../source/model/build.ts';
import {
	type Answers,
	type Field,
	type Question,
	answersOf as valuesOf,
} from '../../source/model/question.ts';
import { makeTree, type Tree } from './as-docker.ts';

const folders: string[] = [];
const made = (tree: Tree): string => {
	const folder = makeTree(tree);
	folders.push(folder);
	return folder;
};
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const asked = (cwd: string, answers: Answers = {}, hasBuildKit = true): Promise<Question> =>
	buildForm(answers, { cwd, hasBuildKit });
const field = ({ fields }: Question, id: string): Field | undefined => fields.find((one) => one.id === id);
const options = (question: Question, id: string): string[] => {
	const found = field(question, id);
	return found?.kind === 'choice' ? found.options.map(({ value }) => value) : [];
};

const stages = `ARG REGISTRY=docker.io
FROM \${REGISTRY}/node AS Build
ARG VERSION=1.0
ARG TOKEN
FROM alpine
ARG VERSION=2.0
COPY --from=build /a /a
`;

describe('the form', () => {
	it('of a folder asks what its Dockerfile leaves open, with what holds if nothing is said', async () => {
		const cwd = made({ Dockerfile: stages });
		const question = await asked(cwd);
		expect(question).toMatchObject({ title: 'Build an image', body: [], yes: 'build', isDestructive: false });
		expect(question.fields.map(({ id, label }) => [id, label])).toEqual([
			['folder', 'folder'],
			['dockerfile', 'Dockerfile'],
			['tag', 'tag'],
			['arg REGISTRY', '--build-arg REGISTRY (docker.io if empty)'],
			['arg VERSION', expect.stringMatching(/^--build-arg VERSION \([12]\.0 if empty\)$/)],
			['arg TOKEN', '--build-arg TOKEN'],
			['target', 'target'],
			['platform', 'platform (empty: the engine’s own)'],
			['builder', 'builder'],
			['uncached', 'without the cache (--no-cache)'],
			['pull', 'pull newer base images (--pull)'],
		]);
		expect(options(question, 'target')).toEqual(['', 'build', '1']);
		expect(options(question, 'builder')).toEqual(['', 'classic']);
		expect(wishOf(valuesOf(question), { cwd })).toEqual({
			context: cwd,
			dockerfile: join(cwd, 'Dockerfile'),
			tags: [expect.stringMatching(/^portside-context-/)],
			args: {},
			isUncached: false,
			pullsBases: false,
			secrets: {},
		});
	});

	it('asks neither for a stage where there is one, nor for a builder where there is one', async () => {
		const question = await asked(made({ Dockerfile: 'FROM scratch' }), {}, false);
		expect(question.fields.map(({ id }) => id)).toEqual([
			'folder',
			'dockerfile',
			'tag',
			'platform',
			'uncached',
			'pull',
		]);
	});

	it('offers every Dockerfile, the usual one first', async () => {
		const cwd = made({ 'web.Dockerfile': 'FROM a', Dockerfile: 'FROM b', '웹/Dockerfile': 'FROM c' });
		const question = await asked(cwd);
		expect(options(question, 'dockerfile')).toEqual(['Dockerfile', 'web.Dockerfile', '웹/Dockerfile']);
		const other = await asked(cwd, { folder: '.', dockerfile: '웹/Dockerfile' });
		expect(field(other, 'dockerfile')?.value).toBe('웹/Dockerfile');
		expect(wishOf(valuesOf(other), { cwd }).dockerfile).toBe(join(cwd, '웹/Dockerfile'));
	});

	it('keeps a Dockerfile that lies elsewhere, if it is there', async () => {
		const cwd = made({ 'app/Dockerfile': 'FROM a', 'docker/web': 'FROM b\nARG WEB', 'other/x': '' });
		const wish = { ...wishOf({ folder: 'app' }, { cwd }), dockerfile: join(cwd, 'docker/web') };
		const question = await asked(cwd, answersOf(wish, { cwd }));
		expect(options(question, 'dockerfile')).toEqual(['Dockerfile', '../docker/web']);
		expect(field(question, 'arg WEB')).toBeDefined();
		expect(wishOf(valuesOf(question), { cwd })).toEqual(wish);
		const gone = await asked(cwd, { folder: 'app', dockerfile: '../docker/gone' });
		expect(field(gone, 'dockerfile')?.value).toBe('Dockerfile');
	});

	it('of a folder in the home folder is that of the folder', async () => {
		const home = made({ 'app/Dockerfile': 'FROM a\nARG HERE' });
		const question = await buildForm({ folder: '~/app' }, { cwd: '/', home, hasBuildKit: true });
		expect([question.body, field(question, 'arg HERE')?.value]).toEqual([[], '']);
		expect(field(question, 'tag')?.value).toBe('app');
	});

	it('asks for the files of secrets that the Dockerfile wants, and keeps those that were given', async () => {
		const cwd = made({
			Dockerfile: `FROM a
RUN --mount=type=secret,id=npm,required=true --mount=type=cache,target=/c npm ci
RUN --mount=type=secret,target=/run/keys/deploy,mode=0400 --mount=type=secret,id=npm true
`,
		});
		const question = await asked(cwd, { folder: '.', 'secret npm': '.npmrc', 'secret given': '/run/given' });
		const secrets = question.fields.filter(({ id }) => id.startsWith('secret '));
		expect(secrets).toEqual([
			{ kind: 'text', id: 'secret npm', label: '--secret npm (a file)', value: '.npmrc' },
			{ kind: 'text', id: 'secret deploy', label: '--secret deploy (a file)', value: '' },
			{ kind: 'text', id: 'secret given', label: '--secret given (a file)', value: '/run/given' },
		]);
		const wish = wishOf(valuesOf(question), { cwd });
		expect(wish.secrets).toEqual({ npm: join(cwd, '.npmrc'), given: '/run/given' });
		expect(wishOf(valuesOf(await asked(cwd, answersOf(wish, { cwd }))), { cwd })).toEqual(wish);
	});

	it('says that keys of an ssh agent are not handed on, and builds all the same', async () => {
		const cwd = made({ Dockerfile: 'FROM a\nRUN --mount=type=ssh git clone x\n' });
		const { body } = await asked(cwd);
		expect(body).toEqual([
			expect.stringMatching(
				/^Note: Line 2 asks for keys of an ssh agent .* docker build --ssh default does\.$/,
			),
		]);
		expect(body.every(isNote)).toBe(true);
		const { body: wrong } = await asked(made({ Dockerfile: 'FROM a\nRUNN x\nRUN --mount=type=ssh y\n' }));
		expect(wrong.map(isNote)).toEqual([false, true]);
	});

	it('takes the one there is, whatever it is called', async () => {
		const cwd = made({ 'a/web.Dockerfile': 'FROM x' });
		expect(wishOf(valuesOf(await asked(cwd)), { cwd }).dockerfile).toBe(join(cwd, 'a/web.Dockerfile'));
	});

	it('says what is wrong with the Dockerfile before anything is sent', async () => {
		const { body } = await asked(made({ Dockerfile: 'FROM a\nRUNN x\nCOPPY y\n' }));
		expect(body).toEqual([expect.stringMatching(/^Line 2: /), expect.stringMatching(/^Line 3: /)]);
	});

	it('names the folders to go on with where there is no Dockerfile', async () => {
		const cwd = made({ '.git/x': '', 'README.md': '' });
		for (let index = 0; index < 14; index++) mkdirSync(join(cwd, `part-${String(index).padStart(2, '0')}`));
		const { body, fields } = await asked(cwd);
		expect(body[0]).toBe(`There is no Dockerfile in ${cwd} or beneath it.`);
		expect(body[1]).toMatch(/^Folders in it: part-00 {2}part-01 .* part-11 …$/);
		expect(body[1]).not.toContain('.git');
		expect(fields.map(({ id }) => id)).toContain('dockerfile');
	});

	it('says that a folder is not there, and rejects nothing', async () => {
		const cwd = made({ 'a.txt': '' });
		for (const folder of ['nowhere', 'a.txt', '/proc/1/root/x', '\0', 'x'.repeat(5000)]) {
			const { body, yes } = await asked(cwd, { folder });
			expect([body.length > 0, yes], folder.slice(0, 20)).toEqual([true, 'build']);
		}
	});

	it('keeps what was filled in, as far as it is still asked for', async () => {
		const cwd = made({ Dockerfile: stages, 'other/Dockerfile': 'FROM a\nARG TOKEN\n' });
		const given = {
			folder: 'other',
			dockerfile: 'Dockerfile',
			tag: 'mine:1',
			'arg TOKEN': 'secret',
			'arg VERSION': '3',
			target: 'build',
			platform: 'linux/arm64',
			builder: 'classic',
			uncached: true,
			pull: true,
		};
		const question = await asked(cwd, given);
		expect(valuesOf(question)).toEqual({
			folder: 'other',
			dockerfile: 'Dockerfile',
			tag: 'mine:1',
			'arg TOKEN': 'secret',
			platform: 'linux/arm64',
			builder: 'classic',
			uncached: true,
			pull: true,
		});
		expect(question.about).toBe(subjectOf(given));
	});

	it.each([
		['My App', 'my-app'],
		['웹서버', ''],
		['-.x_', 'x'],
		['a.-b..c', 'a-b-c'],
		['a__b', 'a-b'],
		['v1.2_x-y', 'v1.2_x-y'],
	])('suggests a tag that is one: %s → %s', async (name, tag) => {
		const cwd = made({ [`${name}/Dockerfile`]: 'FROM a' });
		const question = await asked(cwd, { folder: name });
		expect(field(question, 'tag')?.value).toBe(tag);
		expect(problemOf(valuesOf(question))).toBeUndefined();
	});
});

describe('a tag', () => {
	it.each([
		'',
		'app',
		'app:1',
		'app:v1.0_rc-2',
		'app:V1-',
		'app:_x',
		'team/app',
		'a/b/c-d.e__f:1',
		'localhost:5000/app',
		'registry.example.com:5000/a/b:latest',
		'Registry.Example.com/a',
		'one two:2, three',
		`a:${'x'.repeat(128)}`,
	])('%s can be one', (tag) => {
		expect(problemOf({ tag })).toBeUndefined();
	});

	it.each([
		'App',
		'my-App',
		'team/App',
		'app:',
		'app:a:b',
		'app:-x',
		'app/',
		'/app',
		'a//b',
		'a..b',
		'app-',
		'웹',
		'app:웹',
		"it's",
		'a@b',
		'--no-cache',
		`a:${'x'.repeat(129)}`,
	])('%s is none', (tag) => {
		expect(problemOf({ tag })).toBe(
			`${tag} is no tag: a name has small letters, digits and . _ - / in it, and may end in :VERSION.`,
		);
	});

	it('that is wrong is named among others', () => {
		expect(problemOf({ tag: 'good, Bad also' })).toContain('Bad is no tag');
	});

	it('however odd is looked at in no time', () => {
		const before = performance.now();
		expect(problemOf({ tag: `${'a-'.repeat(50_000)}!` })).toBeDefined();
		expect(problemOf({ tag: `${'a.a/'.repeat(50_000)}!` })).toBeDefined();
		expect(performance.now() - before).toBeLessThan(2000);
	});
});

describe('answers and wishes', () => {
	const me = { cwd: '/home/me', home: '/home/you' };
	const full: BuildWish = {
		context: '/home/me/웹 앱',
		dockerfile: '/home/me/웹 앱/docker/web.Dockerfile',
		tags: ['a:1', 'b'],
		args: { VERSION: '2 3', EMPTY_NOT: '=' },
		target: 'build',
		platform: 'linux/arm64',
		builder: 'classic',
		isUncached: true,
		pullsBases: true,
		secrets: { npm: '/home/me/.npmrc', 'a b': '/run/key,1' },
	};
	const least: BuildWish = {
		context: '/home/me',
		dockerfile: '/home/me/Dockerfile',
		tags: [],
		args: {},
		isUncached: false,
		pullsBases: false,
		secrets: {},
	};

	it.each([
		['everything', full],
		['nothing', least],
		['a folder elsewhere', { ...least, context: '/srv/x', dockerfile: '/srv/x/Dockerfile' }],
	])('%s is the same wish again', (_, wish) => {
		expect(wishOf(answersOf(wish, me), me)).toEqual(wish);
	});

	it('the line of a form is read as the same wish', () => {
		const read = readBuildLine(buildLine(full, '/home/me'), { cwd: '/home/me', env: {}, home: '/home/me' });
		expect(read).toEqual({ wish: full });
	});

	it('spaces around what was typed mean nothing, but for those of an argument', () => {
		expect(wishOf({ folder: ' app ', tag: ' a, b ', platform: ' ', 'arg X': ' x ' }, me)).toEqual({
			...least,
			context: '/home/me/app',
			dockerfile: '/home/me/app/Dockerfile',
			tags: ['a', 'b'],
			args: { X: ' x ' },
		});
	});

	it('~ is the home folder, in every field that has a path', () => {
		const answers = { folder: '~/app', 'secret npm': ' ~/.npmrc ', 'secret other': '' };
		expect(wishOf(answers, me)).toEqual({
			...least,
			context: '/home/you/app',
			dockerfile: '/home/you/app/Dockerfile',
			secrets: { npm: '/home/you/.npmrc' },
		});
		expect(wishOf({ folder: '~' }, me).context).toBe('/home/you');
		expect(wishOf({ folder: '~app' }, me).context).toBe('/home/me/~app');
	});

	it('only the folder and the Dockerfile change what is asked', () => {
		const subject = subjectOf({ folder: 'a', dockerfile: 'b' });
		expect(subjectOf({ folder: ' a ', dockerfile: 'b', tag: 'x', uncached: true })).toBe(subject);
		expect(subjectOf({ folder: 'a', dockerfile: 'c' })).not.toBe(subject);
		expect(subjectOf({ folder: 'ab', dockerfile: '' })).not.toBe(subjectOf({ folder: 'a', dockerfile: 'b' }));
	});
});
