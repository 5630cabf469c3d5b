// Files of environment variables and labels, as docker reads them: no quotes, nothing is cut off a value.

export type ReadEnvFile = { readonly entries: readonly string[] } | { readonly problem: string };

/** `NAME=value` each, or `NAME` alone: to be looked up. */
export const readEnvFile = (content: string): ReadEnvFile => {
	const entries: string[] = [];
	for (const [index, raw] of content
		.replace(/^\ufeff/, '')
		.split(/\r?\n/)
		.entries()) {
		const line = raw.trimStart();
		if (line === '' || line.startsWith('#')) continue;
		const equals = line.indexOf('=');
		const name = equals === -1 ? line : line.slice(0, equals);
		if (name === '') return { problem: `Line ${index + 1} has no name before its equals sign.` };
		if (/[ \t]/.test(name)) return { problem: `Line ${index + 1} has a space in the name: ${name.trim()}.` };
		entries.push(line);
	}
	return { entries };
};
