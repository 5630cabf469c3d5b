// Reasons of builders that only their words tell apart, in better ones.

const byText: readonly { readonly pattern: RegExp; readonly sentence: (found: string) => string }[] = [
	{
		pattern:
			/target (?:stage )?"?([^\s"]+)"? (?:could not be|was not) found|failed to reach build target (\S+)/,
		sentence: (stage) => `The Dockerfile has no stage ${stage}.`,
	},
	{
		pattern: /cannot be empty|file with no instructions/,
		sentence: () => 'The Dockerfile is empty.',
	},
	{
		pattern: /Cannot locate (?:specified )?Dockerfile|failed to read dockerfile/,
		sentence: () => 'The engine found no Dockerfile in what was sent.',
	},
	{
		pattern: /^dockerfile parse error (?:on )?(.+)/is,
		sentence: (reason) => `The Dockerfile cannot be read: ${reason}`,
	},
	{
		pattern: /^Build error: (Unknown instruction: "\w+")/,
		sentence: (reason) => `The Dockerfile cannot be read: ${reason}`,
	},
	{
		pattern: /--mount option requires BuildKit/,
		sentence: () => 'RUN --mount is known to BuildKit alone: build with it.',
	},
	{
		pattern: /\bssh\b.*(forward|not (?:found|supported|enabled)|unset|unimplemented)|no ssh handler/is,
		sentence: () =>
			'This build wants keys of an ssh agent (RUN --mount=type=ssh), which Portside does not hand on.',
	},
	{
		pattern: /^(?:.*: )?secret (?:required but no secret with id )?"?([^\s":]+)"?:?(?: not)? found/,
		sentence: (id) => `This build wants the secret ${id}, which it was not given.`,
	},
	{
		pattern: /no active sessions?/,
		sentence: () =>
			'This build wants a login, a secret or an ssh agent, and this engine could not ask Portside for it (no active sessions).',
	},
	{
		pattern: /no space left on device/,
		sentence: () => 'The disk of the engine is full.',
	},
];

/** Undefined where the engine's words have no better ones. */
export function explained(words: string): string | undefined {
	for (const { pattern, sentence } of byText) {
		const found = pattern.exec(words);
		if (found) return sentence(found.slice(1).find((group) => group !== undefined) ?? '');
	}
	return undefined;
}
