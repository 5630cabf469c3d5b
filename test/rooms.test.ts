// The rooms of the house: model ← engine ← terminal, registry, transfer, image, ports, run, build ← actions ← ui ← cli. A room imports
// only from rooms to its left.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What stands between the engine and what can be done. */
const ways = ['terminal', 'registry', 'transfer', 'image', 'ports', 'run', 'build'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
	model: ['model'],
	engine: ['model', 'engine'],
	terminal: ['model', 'engine', 'terminal'],
	registry: ['model', 'engine', 'registry'],
	transfer: ['model', 'engine', 'registry', 'transfer'],
	image: ['model', 'engine', 'registry', 'image'],
	ports: ['model', 'engine', 'ports'],
	run: ['model', 'engine', 'registry', 'run'],
	build: ['model', 'engine', 'registry', 'build'],
	actions: ['model', 'engine', ...ways, 'actions'],
	ui: ['model', 'engine', ...ways, 'actions', 'ui'],
	demo: ['demo'],
	// What stands beside cli.tsx at the top serves it, and nobody in a room.
	top: ['model', 'engine', ...ways, 'actions', 'ui', 'demo', 'top'],
};

const files = readdirSync('source', { recursive: true, encoding: 'utf8' }).filter((name) =>
	/\.tsx?$/.test(name),
);
const textOf = (file: string) => readFileSync(join('source', file), 'utf8');
const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : 'top');
const importsOf = (file: string) =>
	[...textOf(file).matchAll(/(?:^import |\bfrom |\bimport\()'([^']+)'/gm)].map(([, name = '']) => name);

/** Node's own, not the processes that the demo has. */
const usesProcess = (file: string) =>
	/node:process|\bprocess\.(env|std(in|out|err)|exit|exitCode|cwd|platform|on|once|off|nextTick|hrtime|memoryUsage|versions?|arch)\b/.test(
		textOf(file),
	);

describe.each(files)('%s', (file) => {
	it('imports only what its room may', () => {
		const room = roomOf(file);
		for (const name of importsOf(file)) {
			if (name.startsWith('.'))
				expect(mayImport[room], `${file} imports ${name}`).toContain(
					roomOf(normalize(join(dirname(file), name))),
				);
			else if (room === 'demo') expect(name).toMatch(/^node:/);
		}
		if (room !== 'engine') expect(importsOf(file)).not.toContain('dockerode');
		if (file !== 'cli.tsx') expect(usesProcess(file)).toBe(false);
		if (file !== 'ui/app.tsx') expect(/\buseInput\b/.test(textOf(file))).toBe(false);
	});
});

it('there are rooms to look at', () => {
	expect(new Set(files.map(roomOf))).toEqual(new Set(Object.keys(mayImport)));
	expect(importsOf('cli.tsx')).toContain('./demo/start.ts');
	expect(importsOf('cli.tsx')).toContain('./model/update.ts');
});
