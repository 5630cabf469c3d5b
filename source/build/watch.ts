// Changes to what a context would send, told when they have come to rest.
import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { ignoreFiles, readIgnoreRules } from './ignore.ts';
import { quietTime } from './quiet-time.ts';
import { watchFiles } from './watch-files.ts';

type Options = {
	/** May lie outside of the context. */
	readonly dockerfile: string;
	/** Paths relative to the context, with slashes; a folder stands for what is in it. Absolute outside of it. */
	readonly onChange: (paths: string[]) => void;
	/** A sentence, once: from then on changes may go unnoticed. `isOver`: all of them. */
	readonly onProblem: (sentence: string, isOver: boolean) => void;
	readonly signal: AbortSignal;
};

/** Each costs the kernel a kilobyte, of a supply that all programs of the person share. */
const mostFolders = 5000;

/** Resolves when it watches. */
export const watchContext = async (given: string, options: Options): Promise<void> => {
	const { onChange, onProblem, signal } = options;
	const context = await realpath(given).catch(() => given);
	const dockerfile = await namedBy(options.dockerfile);
	const inContext = (path: string): string => relative(context, path).replaceAll(sep, '/');
	const ruling = ignoreFiles(context, dockerfile);
	const deciding = new Set(ruling.map(inContext));
	let rules = await readIgnoreRules(context, dockerfile);
	if (signal.aborted) return;
	const changes = quietTime(onChange);
	const watchers = new Map<string, FSWatcher>();
	let hasProblem = false;
	const close = (folder: string): void => {
		watchers.get(folder)?.close();
		watchers.delete(folder);
	};
	const complain = (error: unknown): void => {
		const { code } = error as NodeJS.ErrnoException;
		if (!hasProblem && !signal.aborted) onProblem(sentence({ code }), code === 'ENOENT');
		hasProblem = true;
	};
	const open = (folder: string, recursive: boolean): void => {
		const watcher = watch(join(context, folder), { recursive }, (_, name) => {
			if (name !== null) notice(beneath(folder, sep === '/' ? name : name.replaceAll(sep, '/')), recursive);
		});
		watcher.on('error', (error: NodeJS.ErrnoException) => {
			close(folder);
			// So Windows tells that the folder was removed.
			if (error.code !== 'EPERM' || folder === '') complain(error);
		});
		watchers.set(folder, watcher);
	};
	const notice = (path: string, isRecursive: boolean): void => {
		if (!rules.isIgnored(path)) changes.add(path);
		if (deciding.has(path)) void ruleAnew(isRecursive).catch(complain);
		else if (!isRecursive) void follow(path).catch(complain);
	};
	/** Watches a folder that has come, and no more one that has gone. */
	const follow = async (path: string): Promise<void> => {
		const stats = await lstat(join(context, path)).catch(() => undefined);
		if (stats?.isDirectory()) await openAll(path);
		// So a folder tells that it was removed itself.
		if (stats === undefined) await lstat(context);
		if (!stats?.isDirectory() && watchers.has(path)) {
			for (const folder of [...watchers.keys()])
				if (folder === path || folder.startsWith(`${path}/`)) close(folder);
		}
	};
	const openAll = async (first: string): Promise<void> => {
		const waiting = [first];
		for (let folder = waiting.pop(); folder !== undefined && !signal.aborted; folder = waiting.pop()) {
			if (watchers.has(folder) || (folder !== '' && rules.isIgnored(folder) && rules.isPruned(folder)))
				continue;
			if (watchers.size >= mostFolders) return complain({ code: 'EMANY' });
			try {
				open(folder, false);
				const items = await readdir(join(context, folder), { withFileTypes: true });
				for (const item of items) if (item.isDirectory()) waiting.push(beneath(folder, item.name));
			} catch (error) {
				const { code } = error as NodeJS.ErrnoException;
				// It went again, or it is one that cannot be sent either.
				if (folder !== '' && (code === 'ENOENT' || code === 'EACCES')) continue;
				return complain(error);
			}
		}
	};
	/** Other files are ignored than before, and other folders need not be looked into. */
	const ruleAnew = async (isRecursive: boolean): Promise<void> => {
		rules = await readIgnoreRules(context, dockerfile);
		if (isRecursive || signal.aborted) return;
		for (const folder of [...watchers.keys()]) close(folder);
		await openAll('');
	};
	signal.addEventListener(
		'abort',
		() => {
			changes.end();
			for (const folder of [...watchers.keys()]) close(folder);
		},
		{ once: true },
	);
	const real = await realpath(dockerfile).catch(() => dockerfile);
	const outside = [...new Set([dockerfile, real, ...ruling])].filter((path) =>
		/^\.\.(\/|$)/.test(inContext(path)),
	);
	watchFiles(outside, {
		onChange: (path) => {
			changes.add(path);
			if (ruling.includes(path)) void ruleAnew(platform() !== 'linux').catch(complain);
		},
		onProblem: complain,
		signal,
	});
	// On Linux, Node watches every single file of a tree (10,000 files: 0.4 s, 35 MB), ignored ones too.
	if (platform() === 'linux') return openAll('');
	try {
		open('', true);
	} catch (error) {
		complain(error);
	}
};

/** Without links but for its own name: the ignore rules lie beside the name that was given. */
const namedBy = async (file: string): Promise<string> =>
	join(await realpath(dirname(file)).catch(() => dirname(file)), basename(file));

const beneath = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

const sentence = ({ code }: { readonly code: string | undefined }): string => {
	if (code === 'ENOSPC') {
		return 'The context cannot be watched: the system allows no more watches (fs.inotify.max_user_watches).';
	}
	if (code === 'EMFILE') {
		return 'The context cannot be watched: the system allows no more watchers (fs.inotify.max_user_instances).';
	}
	if (code === 'EMANY') return `Only ${mostFolders} folders of the context are watched: it has more.`;
	if (code === 'ENOENT') return 'The context cannot be watched: the folder is gone.';
	return `The context cannot be watched (${code}).`;
};
