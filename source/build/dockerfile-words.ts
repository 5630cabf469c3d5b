// The words of an instruction: its flags, and what follows them.

/** The flags of an instruction (`--from=x` as `from`) and the words after them. */
export const takeApart = (text: string): { flags: { name: string; value: string }[]; rest: string[] } => {
	const all = words(text).slice(1);
	const first = all.findIndex((word) => !word.startsWith('--'));
	const end = first === -1 ? all.length : first;
	const flags = all.slice(0, end).map((word) => {
		const [name = '', ...value] = word.slice(2).split('=');
		return { name, value: value.join('=') };
	});
	return { flags, rest: all.slice(end) };
};

/** Words as a Dockerfile has them: quotes hold spaces, and fall away. */
export const words = (text: string): string[] =>
	[...text.matchAll(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s"'\\]|["'])+/g)].map(([word]) =>
		word.replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'/g, (_, double, single) => double ?? single),
	);
