// A Dockerfile's text cut into instructions as docker does it: directives, comments, continuation lines, heredocs.

export type Instruction = {
	/** In capitals: `RUN`. */
	readonly keyword: string;
	/** As builders print it: from the keyword on, continuation lines joined, variables unexpanded. */
	readonly text: string;
	/** From 1; `endLine` is its last one, with the end of its heredocs. */
	readonly line: number;
	readonly endLine: number;
};

export type Problem = { readonly line: number; readonly sentence: string };

export type Lines = {
	readonly instructions: readonly Instruction[];
	readonly escape: '\\' | '`';
	/** `docker/dockerfile:1`: the frontend that reads the rest. */
	readonly syntax?: string;
	readonly problems: readonly Problem[];
};

const directive = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const comment = /^\s*#/;

export const cutIntoInstructions = (text: string): Lines => {
	const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
	const problems: Problem[] = [];
	const instructions: Instruction[] = [];
	const { directives, count } = readDirectives(lines, problems);
	const escaping = directives.get('escape') === '`' ? '`' : '\\';
	// An escape character that is itself escaped continues nothing.
	const continues = escaping === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
	const syntax = directives.get('syntax');

	let at = count;
	while (at < lines.length) {
		const start = at;
		let joined = (lines[at++] ?? '').trimStart();
		if (joined === '' || comment.test(joined)) continue;
		let isOpen = continues.test(joined);
		joined = joined.replace(continues, '$1');
		while (isOpen && at < lines.length) {
			const next = lines[at++] ?? '';
			if (comment.test(next) || next.trim() === '') continue;
			isOpen = continues.test(next);
			joined += next.replace(continues, '$1');
		}
		const written = joined.trim();
		if (written === '') continue;
		const keyword = (/^\S+/.exec(written)?.[0] ?? '').toUpperCase();
		for (const { name, isIndented } of heredocs(written)) {
			const end = lines.findIndex(
				(line, index) => index >= at && (isIndented ? line.replace(/^\t+/, '') : line) === name,
			);
			if (end === -1) {
				problems.push({
					line: start + 1,
					sentence: `The text that begins with <<${name} has no line ${name} at its end.`,
				});
			}
			at = end === -1 ? lines.length : end + 1;
		}
		instructions.push({ keyword, text: written, line: start + 1, endLine: lastWritten(lines, start, at) });
	}
	return { instructions, escape: escaping, ...(syntax !== undefined && { syntax }), problems };
};

/** Only lines before everything else, even before a comment, are directives. */
const readDirectives = (lines: readonly string[], problems: Problem[]) => {
	const directives = new Map<string, string>();
	let count = 0;
	for (const line of lines) {
		const [, written = '', value = ''] = directive.exec(line.trimStart()) ?? [];
		const name = written.toLowerCase();
		if (!['syntax', 'escape', 'check'].includes(name)) break;
		count++;
		if (directives.has(name)) {
			problems.push({ line: count, sentence: `The directive ${name} may be given only once.` });
		} else if (name === 'escape' && value !== '\\' && value !== '`') {
			problems.push({ line: count, sentence: `The escape character can be \\ or \`, not ${value}.` });
		}
		directives.set(name, value);
	}
	return { directives, count };
};

/** A file that ends amid an instruction ends with its last line that says something. */
const lastWritten = (lines: readonly string[], start: number, end: number): number => {
	let last = end;
	while (last > start + 1 && (lines[last - 1] ?? '').trim() === '') last--;
	return last;
};

const shellWords = /(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s"'\\])+/g;

const heredocs = (text: string): { name: string; isIndented: boolean }[] => {
	if (!/^(onbuild\s+)?(run|copy|add)\s/i.test(text)) return [];
	return [...text.matchAll(shellWords)].flatMap(([word]) => {
		const [, dash, quoted = ''] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
		const name = quoted.replace(/\\(.)|["']/g, '$1');
		return name === '' ? [] : [{ name, isIndented: dash === '-' }];
	});
};
