import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchContext } from '../../source/build/watch.ts';
import { makeTree } from './as-docker.ts';

it('tells changes of what would be sent, also in new folders, and none after its end', async () => {
	const context = makeTree({
		'.dockerignore': 'node_modules\n**/*.log',
		'src/a.ts': '',
		'node_modules/x/y': '',
		'src/deep/b.ts': '',
	});
	const controller = new AbortController();
	let told: string[][] = [];
	const problems: string[] = [];
	const options = { dockerfile: join(context, 'Dockerfile'), signal: controller.signal };
	await watchContext(context, {
		...options,
		onChange: (paths) => told.push(paths),
		onProblem: (problem) => problems.push(problem),
	});
	const changes = async (): Promise<string[]> => {
		await expect.poll(() => told.length, { timeout: 5000 }).toBeGreaterThan(0);
		const paths = told.flat();
		told = [];
		return [...new Set(paths)].sort();
	};

	for (let count = 0; count < 20; count++) appendFileSync(join(context, 'src/a.ts'), 'x');
	writeFileSync(join(context, 'src/deep/b.ts'), 'x');
	expect(told.length).toBe(0);
	expect(await changes()).toEqual(['src/a.ts', 'src/deep/b.ts']);

	mkdirSync(join(context, 'new/er'), { recursive: true });
	expect(await changes()).toContain('new');
	writeFileSync(join(context, 'new/er/c.ts'), 'x');
	expect(await changes()).toEqual(['new/er/c.ts']);
	renameSync(join(context, 'new'), join(context, 'moved'));
	expect(await changes()).toEqual(expect.arrayContaining(['moved', 'new']));
	writeFileSync(join(context, 'moved/er/c.ts'), 'y');
	expect(await changes()).toEqual(['moved/er/c.ts']);
	rmSync(join(context, 'moved'), { recursive: true });
	expect(await changes()).toContain('moved');

	writeFileSync(join(context, 'node_modules/x/y'), 'x');
	writeFileSync(join(context, 'src/x.log'), 'x');
	await new Promise((done) => setTimeout(done, 600));
	expect(told).toEqual([]);

	writeFileSync(join(context, 'src/a.ts'), 'last');
	controller.abort();
	await new Promise((done) => setTimeout(done, 600));
	expect(told).toEqual([]);
	expect(problems).toEqual([]);
	rmSync(context, { recursive: true });
});

/** What is told of a context from now on. */
const watching = async (context: string, dockerfile: string) => {
	const controller = new AbortController();
	const problems: string[] = [];
	let told: string[] = [];
	onTestFinished(() => {
		controller.abort();
		rmSync(context, { recursive: true, force: true });
	});
	await watchContext(context, {
		dockerfile,
		signal: controller.signal,
		onChange: (paths) => told.push(...paths),
		onProblem: (problem) => problems.push(problem),
	});
	const changes = async (): Promise<string[]> => {
		await expect.poll(() => told.length, { timeout: 5000 }).toBeGreaterThan(0);
		const paths = told;
		told = [];
		return [...new Set(paths)].sort();
	};
	const nothing = async (): Promise<void> => {
		await new Promise((done) => setTimeout(done, 600));
		expect(told).toEqual([]);
	};
	return { changes, nothing, problems };
};

it.each(['.dockerignore', 'docker/web.dockerignore'])('what is ignored is what %s says now', async (name) => {
	const context = makeTree({
		[name]: 'cache\n',
		'cache/deep/x': '',
		'src/a.ts': '',
		'docker/web': 'FROM a\n',
	});
	const { changes, nothing, problems } = await watching(context, join(context, 'docker/web'));
	writeFileSync(join(context, 'cache/deep/x'), '1');
	await nothing();
	writeFileSync(join(context, name), 'src\n');
	expect(await changes()).toEqual([name]);
	writeFileSync(join(context, 'cache/deep/x'), '2');
	expect(await changes()).toEqual(['cache/deep/x']);
	writeFileSync(join(context, 'src/a.ts'), '2');
	await nothing();
	// as an editor saves it
	writeFileSync(join(context, 'new'), 'cache/deep\n');
	await changes();
	renameSync(join(context, 'new'), join(context, name));
	expect(await changes()).toContain(name);
	writeFileSync(join(context, 'cache/deep/x'), '3');
	await nothing();
	rmSync(join(context, name));
	expect(await changes()).toEqual([name]);
	writeFileSync(join(context, 'cache/deep/x'), '4');
	expect(await changes()).toEqual(['cache/deep/x']);
	expect(problems).toEqual([]);
});

it('a Dockerfile outside of the context is watched, and what it ignores, but nothing beside it', async () => {
	const place = makeTree({ 'app/a': '', 'app/b': '', 'docker/web': 'FROM a\n', 'docker/other': '' });
	const file = join(place, 'docker/web');
	const { changes, nothing, problems } = await watching(join(place, 'app'), file);
	onTestFinished(() => rmSync(place, { recursive: true }));
	writeFileSync(join(place, 'docker/other'), 'x');
	await nothing();
	writeFileSync(file, 'FROM b\n');
	expect(await changes()).toEqual([file]);
	writeFileSync(join(place, 'new'), 'FROM c\n');
	renameSync(join(place, 'new'), file);
	expect(await changes()).toEqual([file]);
	writeFileSync(`${file}.dockerignore`, 'b\n');
	expect(await changes()).toEqual([`${file}.dockerignore`]);
	writeFileSync(join(place, 'app/b'), 'x');
	await nothing();
	writeFileSync(join(place, 'app/a'), 'x');
	expect(await changes()).toEqual(['a']);
	expect(problems).toEqual([]);
});

it('a Dockerfile that is a link is watched where it leads', async () => {
	const place = makeTree({ 'app/a': '', 'shared/Dockerfile': 'FROM a\n' });
	const real = join(place, 'shared/Dockerfile');
	symlinkSync(real, join(place, 'app/Dockerfile'));
	const { changes } = await watching(join(place, 'app'), join(place, 'app/Dockerfile'));
	onTestFinished(() => rmSync(place, { recursive: true }));
	appendFileSync(real, 'RUN x\n');
	expect(await changes()).toEqual([real]);
});

it('says when the folder is removed', async () => {
	const context = makeTree({ 'src/a.ts': '' });
	const { changes, problems } = await watching(context, join(context, 'Dockerfile'));
	rmSync(join(context, 'src'), { recursive: true });
	await changes();
	expect(problems).toEqual([]);
	rmSync(context, { recursive: true });
	await expect.poll(() => problems).toEqual(['The context cannot be watched: the folder is gone.']);
});

it('says when it cannot watch', async () => {
	const problems: string[] = [];
	const options = {
		dockerfile: '/nowhere/at/all/Dockerfile',
		signal: new AbortController().signal,
		onChange: () => {},
		onProblem: (problem: string) => problems.push(problem),
	};
	await watchContext('/nowhere/at/all', options);
	expect(problems).toEqual(['The context cannot be watched: the folder is gone.']);
});
