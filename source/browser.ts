// The person's own browser, where this machine has one in front of them.
import { spawn } from 'node:child_process';

export type Surroundings = {
	readonly platform: string;
	readonly env: Readonly<Record<string, string | undefined>>;
};

/** The program that opens an address, and its arguments. Undefined: there is no screen, or it is not where the person is. */
export const browserCommand = (
	url: string,
	{ platform, env }: Surroundings,
): readonly [string, ...string[]] | undefined => {
	if (env.SSH_CONNECTION || env.SSH_TTY) return undefined;
	if (platform === 'darwin') return ['open', url];
	if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
	return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', url] : undefined;
};

/** True: it was started. No shell looks at the address. */
export const openBrowser = (url: string, around: Surroundings): Promise<boolean> =>
	new Promise((resolve) => {
		const [program, ...words] = browserCommand(url, around) ?? [];
		if (program === undefined) return resolve(false);
		const child = spawn(program, words, { stdio: 'ignore', detached: true });
		child.once('error', () => resolve(false));
		child.once('spawn', () => {
			child.unref();
			resolve(true);
		});
	});
