import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ignoreRules } from '../../source/build/ignore.ts';
import { watchContext } from '../../source/build/watch.ts';
import { makeTree } from './as-docker.ts';

it('tells changes of what would be sent, also in new folders, and none after its end', async () => {
	const context = makeTree({ 'src/a.ts': '', 'node_modules/x/y': '', 'src/deep/b.ts': '' });
	const controller = new AbortController();
	let told: string[][] = [];
	const problems: string[] = [];
	const options = { rules: ignoreRules('node_modules\n**/*.log'), signal: controller.signal };
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

it('says when it cannot watch', async () => {
	const problems: string[] = [];
	const options = {
		rules: ignoreRules(''),
		signal: new AbortController().signal,
		onChange: () => {},
		onProblem: (problem: string) => problems.push(problem),
	};
	await watchContext('/nowhere/at/all', options);
	expect(problems).toEqual(['The context cannot be watched: the folder is gone.']);
});
