// The person's own browser, where this machine has one in front of them.
import { spawn } from 'node:child_process';
import { splitCommand } from './model/command-line.ts';

export type Surroundings = {
	readonly platform: string;
	readonly env: Readonly<Record<string, string | undefined>>;
};

type Line = readonly [program: string, ...words: string[]];

/** Milliseconds after which one that has not failed is taken to work. */
const patience = 500;

/** `$BROWSER` may name several, with arguments, and with `%s` where the address is to be. */
const chosen = (url: string, { platform, env }: Surroundings): Line[] =>
	(env.BROWSER ?? '').split(platform === 'win32' ? ';' : ':').flatMap((command): Line[] => {
		const split = splitCommand(command);
		if (!('words' in split)) return [];
		const [program, ...words] = split.words;
		if (!program) return [];
		if (!words.some((word) => word.includes('%s'))) return [[program, ...words, url]];
		return [[program, ...words.map((word) => word.replaceAll('%s', () => url))]];
	});

const usual = (url: string, { platform, env }: Surroundings): Line[] => {
	if (platform === 'darwin') return [['open', url]];
	if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url]];
	return env.DISPLAY || env.WAYLAND_DISPLAY ? [['xdg-open', url]] : [];
};

/** The programs that open an address, and their arguments. None: there is no screen, or it is not where the person is. */
export const browserCommands = (url: string, around: Surroundings): readonly Line[] =>
	around.env.SSH_CONNECTION || around.env.SSH_TTY ? [] : [...chosen(url, around), ...usual(url, around)];

/** No shell looks at the address. */
const opens = ([program, ...words]: Line): Promise<boolean> =>
	new Promise((resolve) => {
		const child = spawn(program, words, { stdio: 'ignore', detached: true });
		child.once('error', () => resolve(false));
		child.once('exit', (code) => resolve(code === 0));
		child.once('spawn', () => {
			child.unref();
			setTimeout(resolve, patience, true).unref();
		});
	});

/** True: one was started. */
export const openBrowser = async (url: string, around: Surroundings): Promise<boolean> => {
	for (const line of browserCommands(url, around)) if (await opens(line)) return true;
	return false;
};
