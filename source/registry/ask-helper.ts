// One call of a credential helper: what it answered, or a sentence that says why it did not.

/** How a program ended: what it printed, or the errno for which it could not be started, or `ETIMEDOUT`. */
export type HelperResult =
	| { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
	| { readonly code: string };

export type HelperWord = 'get' | 'list' | 'store' | 'erase';

export type RunHelper = (program: string, word: HelperWord, input: string) => Promise<HelperResult>;

/** Without a text it knows no such login. */
export type HelperAnswer = { readonly text?: string; readonly problem?: string };

const tasks: Readonly<Record<HelperWord, string>> = {
	get: 'tell',
	list: 'tell',
	store: 'keep',
	erase: 'forget',
};

/** `host` is for sentences: the input may hold a password. */
export const askHelper = async (
	name: string,
	word: HelperWord,
	input: string,
	host: string,
	run: RunHelper,
): Promise<HelperAnswer> => {
	// It becomes the name of a program.
	if (!/^[\w.-]+$/.test(name))
		return { problem: 'The config.json of docker names a credential helper that cannot be one.' };
	const program = `docker-credential-${name}`;
	const result = await run(program, word, input);
	if ('exitCode' in result) {
		if (result.exitCode === 0) return { text: result.stdout };
		const words = `${result.stdout}${result.stderr}`;
		if (/credentials not found|no credentials server URL|not found in native keychain/i.test(words))
			return {};
		return {
			problem: `${program} could not ${tasks[word]} the login for ${host} (exit code ${result.exitCode}).`,
		};
	}
	if (result.code === 'ENOENT')
		return { problem: `${program} is not installed, but the config.json of docker names it.` };
	if (result.code === 'ETIMEDOUT')
		return { problem: `${program} did not answer within ${patienceOf(word) / 1000} seconds.` };
	return { problem: `${program} could not be started (${result.code}).` };
};

/** Milliseconds. A keychain may ask somebody before it changes. */
export const patienceOf = (word: HelperWord): number => (word === 'get' || word === 'list' ? 5000 : 60_000);
