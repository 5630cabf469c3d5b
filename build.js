// Makes dist/cli.js from source/cli.tsx: installs what is missing, bundles, fills the code cache.
//
//   node build.js [--if-needed]              the program
//   node build.js --entry FILE [--out FILE]  a developer's tool, by default node_modules/.portside/NAME.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

async function main() {
	const { values: options } = parseArgs({
		options: {
			entry: { type: 'string' },
			out: { type: 'string' },
			'if-needed': { type: 'boolean', default: false },
		},
	});
	install();
	if (options.entry) await bundleTool(resolve(options.entry), options.out);
	else if (!options['if-needed'] || !isFresh()) await bundleProgram();
}

// ---- What is already there

const read = (file) => readFileSync(file, 'utf8');
const modified = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The newest change at or below a path. */
function newest(path) {
	if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return modified(path);
	return Math.max(modified(path), ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isFresh() {
	const inputs = ['source', 'package.json', 'package-lock.json', 'build.js'].map((name) => join(root, name));
	return modified(join(dist, 'cli.js')) > Math.max(...inputs.map(newest));
}

/** Installs the dependencies, unless package-lock.json is the one that was installed last. */
function install() {
	const lockfile = join(root, 'package-lock.json');
	const modules = join(root, 'node_modules');
	const mark = join(modules, '.portside-lock');
	const hash = createHash('sha256').update(read(lockfile)).digest('hex');
	if (existsSync(mark) && read(mark) === hash) return;
	// npm writes this file last, whoever called it
	if (modified(join(modules, '.package-lock.json')) < modified(lockfile)) {
		console.log('Installing the dependencies (npm ci) …');
		const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
		const { status } = spawnSync('npm', args, {
			cwd: root,
			stdio: 'inherit',
			shell: process.platform === 'win32',
		});
		if (status !== 0) throw new Error('npm ci did not succeed. Its message is above.');
	}
	writeFileSync(mark, hash);
}

// ---- Bundling

async function bundleTool(entry, out) {
	const esbuild = await import('esbuild');
	const name = basename(entry).replace(/\.[cm]?[jt]sx?$/, '');
	await esbuild.build({
		entryPoints: [entry],
		outfile: out ? resolve(out) : join(root, 'node_modules/.portside', `${name}.mjs`),
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'esm',
		target: 'node20',
		jsx: 'automatic',
		logLevel: 'error',
	});
}

async function bundleProgram() {
	const started = Date.now();
	const esbuild = await import('esbuild');
	const result = await esbuild.build({
		entryPoints: [join(root, 'source/cli.tsx')],
		outfile: join(dist, 'app.js'),
		write: false,
		bundle: true,
		platform: 'node',
		// only a script, not a module, can be run from a code cache
		format: 'cjs',
		target: 'node20',
		jsx: 'automatic',
		minifySyntax: true,
		minifyWhitespace: true,
		// node prints the line that threw
		lineLimit: 400,
		legalComments: 'none',
		define: { 'process.env.NODE_ENV': '"production"', 'import.meta': 'importMeta' },
		// esbuild takes \p{…} for too new, and made of it an object anew at each use
		supported: { 'dynamic-import': false, 'regexp-unicode-property-escapes': true },
		banner: { js: prologue },
		plugins: [dependencies],
		logLevel: 'error',
	});
	write(result.outputFiles[0].text);
	const isCached = await fillCodeCache();
	const size = (result.outputFiles[0].contents.length / 1e6).toFixed(1);
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	console.log(
		`dist/cli.js ${size} MB in ${seconds} s${isCached ? '' : ' (its first run will fill the code cache)'}`,
	);
}

const prologue = `
const importMeta = { url: require('node:url').pathToFileURL(__filename).href };
// Ink 8 calls this, Node 20 has not got it
Promise.withResolvers ??= function () {
	let resolve, reject;
	const promise = new this((done, fail) => { resolve = done; reject = fail; });
	return { promise, resolve, reject };
};
`;

/** Writes dist/. The code is named by its content: no launcher ever meets the code, or the cache, of another build. */
function write(code) {
	if (/[^\0-\x7f]/.test(code)) throw new Error('the bundle must be ASCII, its launcher reads it as such.');
	const longest = Math.max(...code.split('\n').map((line) => line.length));
	if (longest > 4000) throw new Error(`a line of ${longest} characters would be printed by a crash.`);
	const name = `app-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.js`;
	mkdirSync(dist, { recursive: true });
	for (const old of readdirSync(dist)) if (old.startsWith('app')) rmSync(join(dist, old), { force: true });
	writeFileSync(join(dist, name), code);
	// the launcher is a script; meow takes the version from the nearest package.json
	const { version, description } = JSON.parse(read(join(root, 'package.json')));
	writeFileSync(
		join(dist, 'package.json'),
		JSON.stringify({ name: 'portside', version, description, type: 'commonjs' }),
	);
	const cli = join(dist, 'cli.js');
	writeFileSync(`${cli}.new`, launcher(name), { mode: 0o755 });
	renameSync(`${cli}.new`, cli);
}

// ---- Starting fast

// Compiling 1 MB of JavaScript takes a third of the whole start. V8 can keep the result, with every function that has
// run so far, and refuses it by itself under another V8. (module.enableCompileCache() gains half as much, and Node 20
// has not got it.)
const launcher = (name) => `#!/usr/bin/env node
'use strict';
// Runs the program from V8's code cache, and makes that cache a second after the first start under this Node.
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

// A program at rest is woken by V8 to compact 13 MB again and again: half of its idle cost, for a megabyte.
setFlagsFromString('--no-memory-reducer');
// Room for short-lived things is doubled with every flood of them and never given back: 40 MB for one big context.
// But the start is such a flood, and 20 ms slower in the room there is at first.
const keepSmall = () => setFlagsFromString('--semi-space-growth-factor=1');

const app = join(__dirname, '${name}');
const suffix = \`.\${process.version}-\${process.arch}.cache\`;
const cache = '${name}' + suffix;

// dist/ may belong to another user
function* folders() {
	yield __dirname;
	if (!process.env.XDG_CACHE_HOME && !process.env.HOME) return;
	const home = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
	yield join(process.env.XDG_CACHE_HOME || join(homedir(), home), 'portside');
}

function load() {
	for (const folder of folders()) {
		try {
			return readFileSync(join(folder, cache));
		} catch {}
	}
}

function save() {
	for (const folder of folders()) {
		try {
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			const unfinished = join(folder, \`\${cache}.\${process.pid}\`);
			writeFileSync(unfinished, script.createCachedData());
			renameSync(unfinished, join(folder, cache));
			for (const old of readdirSync(folder)) if (old.endsWith(suffix) && old !== cache) rmSync(join(folder, old));
			return;
		} catch {} // without a cache every start compiles, that is all
	}
}

const cachedData = load();
const code = \`(function (exports, require, module, __filename, __dirname) {\${readFileSync(app, 'latin1')}\\n})\`;
const script = new Script(code, { filename: app, cachedData });
// V8 refuses a cache that was made under other flags: they are set before it is read, or after it was written.
const isCached = cachedData && !script.cachedDataRejected;
const settle = () => {
	if (!isCached) save();
	keepSmall();
};
setTimeout(settle, isCached ? 150 : 1000).unref();
script.runInThisContext()(exports, require, module, app, __dirname);
`;

/** Runs the program once in a terminal, until the launcher has saved what V8 has compiled. */
async function fillCodeCache() {
	const isCached = () => readdirSync(dist).some((name) => name.endsWith('.cache'));
	let pty;
	try {
		pty = require('@lydell/node-pty');
	} catch {
		return false; // it has no binary for this platform
	}
	const home = mkdtempSync(join(tmpdir(), 'portside-build-'));
	const env = {
		PATH: process.env.PATH,
		HOME: home,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		LANG: 'C.UTF-8',
	};
	const options = { cols: 120, rows: 36, name: env.TERM, cwd: home, env };
	const program = pty.spawn(process.execPath, [join(dist, 'cli.js'), '--demo'], options);
	let isRunning = true;
	const exit = new Promise((done) => program.onExit(done)).then(() => {
		isRunning = false;
	});
	const end = Date.now() + 8000;
	while (isRunning && !isCached() && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
	if (isRunning) program.kill('SIGTERM');
	await exit;
	rmSync(home, { recursive: true, force: true });
	return isCached();
}

// ---- What is changed in the dependencies

/** A file's text after replacements, each of which must fit exactly once. */
function patched(file, edits) {
	let contents = read(file);
	for (const [from, to] of edits) {
		const count = contents.split(from).length - 1;
		if (count !== 1) {
			const text = `${file} is not as build.js expects it: it has ${count} times ${JSON.stringify(from.slice(0, 80))}`;
			return { errors: [{ text }] };
		}
		contents = contents.replace(from, () => to);
	}
	return { contents, loader: 'js' };
}

const stubs = {
	// gRPC and protobuf, 55 ms, for a session which would send one password to every registry that asks
	session:
		'module.exports = (docker, auth, done) => done(new Error("BuildKit sessions of dockerode are not bundled"));',
	// a connection for each request, without a look at the host key; ssh:// goes through the ssh command
	ssh2: 'exports.Client = function () { throw new Error("ssh2 is not bundled"); };',
	// ink-table hashes each row for a React key
	'object-hash': 'exports.sha1 = JSON.stringify;',
};

const dependencies = {
	name: 'dependencies',
	setup(build) {
		build.onResolve({ filter: /^(ssh2|object-hash)$/ }, ({ path }) => ({ path, namespace: 'stub' }));
		build.onResolve({ filter: /^\.\/session$/ }, ({ resolveDir }) =>
			/[\\/]dockerode[\\/]lib$/.test(resolveDir) ? { path: 'session', namespace: 'stub' } : undefined,
		);
		build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({ contents: stubs[path] }));

		// 12 ms to load, which most starts do without: Node loads each of them when something of it is first used
		const late = /^(node:)?(child_process|crypto|fs\/promises|https|tls|zlib)$/;
		build.onResolve({ filter: late }, ({ path, namespace }) =>
			namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
		);
		build.onLoad({ filter: late, namespace: 'late' }, ({ path }) => ({
			contents: `for (const name of ${JSON.stringify(Object.keys(require(path)))})
				Object.defineProperty(exports, name, { enumerable: true, get: () => require('${path}')[name] });`,
		}));

		// Yoga as a promise cannot be in a script, and its fetch() of a data: URL loads undici, 30 ms
		build.onLoad({ filter: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/ }, ({ path }) => {
			const base64 = yogaBytes(join(dirname(path), '../binaries/yoga-wasm-base64-esm.js'));
			const lines = JSON.stringify(base64.match(/.{1,300}/g));
			return patched(path, [
				[
					'const Yoga = wrapAssembly(await loadYoga());',
					`const bytes = Buffer.from(${lines}.join(''), 'base64');
					const library = {
						instantiateWasm(imports, done) {
							const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
							done(instance);
							return instance.exports;
						},
					};
					loadYoga(library);
					const Yoga = wrapAssembly(library);`,
				],
			]);
		});
		build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) =>
			patched(path, [
				[yogaBytes(path), ''],
				['import.meta.url', '"file:///yoga"'],
			]),
		);
		build.onLoad({ filter: /ink[\\/]build[\\/]reconciler\.js$/ }, ({ path }) =>
			patched(path, [
				["await import('./devtools.js')", 'undefined'],
				['await loadPackageJson()', '{}'],
			]),
		);

		// A copy of a token is of a shape of its own in V8: half a kilobyte for each cell that is known
		build.onLoad({ filter: /ansi-tokenize[\\/]build[\\/]styledChars\.js$/ }, ({ path }) =>
			patched(path, [
				[
					`...token,
                styles: [...codes],`,
					"type: 'char', value: token.value, fullWidth: token.fullWidth, styles: codes,",
				],
			]),
		);

		// Ink forgets after every frame what it found out about each line and each character
		build.onLoad({ filter: /ink[\\/]build[\\/]output\.js$/ }, ({ path }) =>
			patched(path, [
				[
					'class OutputCaches {',
					`const most = 4096;
				class Known extends Map { set(key, value) { if (this.size >= most) this.clear(); return super.set(key, value); } }
				const blank = { type: 'char', value: ' ', fullWidth: false, styles: [] };
				let past = { rows: [], lines: [] };
				const splitLines = new Known();
				class OutputCaches {`,
				],
				['widths = new Map();', 'widths = new Known();'],
				['blockWidths = new Map();', 'blockWidths = new Known();'],
				['styledChars = new Map();', 'styledChars = new Known();'],
				[
					'export default class Output {',
					'const caches = new OutputCaches();\nexport default class Output {',
				],
				['caches = new OutputCaches();\n    width;', 'caches = caches;\n    width;'],
				[
					`const characterLines = [[]];
        for (const character of this.caches.getStyledChars(text)) {`,
					`let lines = splitLines.get(text);
        if (lines === undefined) {
        const characterLines = [[]];
        for (const character of this.caches.getStyledChars(text)) {`,
				],
				[
					'let lines = characterLines.map(line => styledCharsToString(line));',
					'lines = characterLines.map(line => styledCharsToString(line)); splitLines.set(text, lines); }',
				],
				[
					`row.push({
                    type: 'char',
                    value: ' ',
                    fullWidth: false,
                    styles: [],
                });`,
					'row.push(blank);',
				],
				[
					`const generatedOutput = output
            .map(line => {`,
					`const lines = output
            .map((line, y) => {
                const before = past.rows[y];
                if (before !== undefined && before.length === line.length && line.every((cell, x) => cell === before[x])) return past.lines[y];`,
				],
				[
					`.join('\\n');
        return {
            output: generatedOutput,`,
					`;
        past = { rows: output, lines };
        const generatedOutput = lines.join('\\n');
        return {
            output: generatedOutput,`,
				],
			]),
		);
		build.onLoad({ filter: /ink[\\/]build[\\/]sanitize-ansi\.js$/ }, ({ path }) =>
			patched(path, [
				[
					'const sanitizeAnsi = (text) => {',
					`const known = new Map();
				const sanitizeAnsi = (text) => {
					let safe = known.get(text);
					if (safe === undefined) {
						safe = sanitized(text);
						if (known.size >= 4096) known.clear();
						known.set(text, safe);
					}
					return safe;
				};
				const sanitized = (text) => {`,
				],
			]),
		);

		// Ink brings five copies, each of which compiles its regular expressions when it is loaded; see fast-width.ts
		const stringWidth = require.resolve('string-width');
		build.onResolve({ filter: /^string-width$/ }, () => ({ path: 'string-width', namespace: 'fast' }));
		build.onLoad({ filter: /^string-width$/, namespace: 'fast' }, () => ({
			contents: `import { fastWidth } from './source/ui/fast-width.ts';
				export default fastWidth(() => require(${JSON.stringify(stringWidth)}).default);`,
			resolveDir: root,
		}));
	},
};

function yogaBytes(file) {
	const base64 = read(file).match(/base64,([A-Za-z0-9+/=]+)/)?.[1];
	if (!base64) throw new Error(`${file} is not as build.js expects it: no WebAssembly in it`);
	return base64;
}

main().catch((error) => {
	// esbuild has printed its own
	console.error(error.errors ? 'The build failed.' : `The build failed: ${error.message}`);
	process.exitCode = 1;
});
