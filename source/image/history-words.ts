// What docker history says of a layer, as the line of a Dockerfile that it was.

/** More than a screen shows. */
const longest = 20_000;

/** Build arguments stand before the shell, and nothing says where the last of them ends. */
const args = '(?:\\|\\d+ (?:[^ ]*? )*?)?';

// A shell without a path is one of a container that was committed.
const unixShell = '/(?:[\\w.-]+/)*(?:ba|da|a|z|k)?sh(?: -[\\w-]+| pipefail)*? -[a-z]*c ';
const windowsShell =
	'(?:(?:\\S*\\\\)?cmd(?:\\.exe)?(?: /\\w)* /[cC]|(?:\\S*[\\\\/])?(?:powershell|pwsh)(?:\\.exe)?(?: -\\w+)*? -[cC](?:ommand)?) ';
const shell = `(?:${unixShell}|${windowsShell})`;

// What runs in PowerShell has settings before it.
const notRun = new RegExp(`^${args}(?:${unixShell}|${windowsShell}.{0,400}?)#\\(nop\\) *`);
const byShell = new RegExp(`^${args}${shell}`);
const byBuildKit = new RegExp(`^RUN ((?:--\\w+(?:=\\S*)? )*)(?:${args}${shell})?`);

/** On one line. What is no instruction, as the command of a container that was committed, stays as it is. */
export const instructionOf = (createdBy: string): string => {
	const isLong = createdBy.length > longest;
	const line = createdBy.slice(0, longest).replace(/\s+/g, ' ').trim();
	const text = isLong ? `${line}…` : line.replace(/ # buildkit$/, '');
	if (notRun.test(text)) return tidied(text.replace(notRun, ''));
	if (/^RUN /.test(text)) return text.replace(byBuildKit, 'RUN $1');
	if (byShell.test(text)) return `RUN ${text.replace(byShell, '')}`;
	return tidied(text);
};

/** Ports are told as a table of Go's. */
const tidied = (text: string): string => {
	const ports = /^EXPOSE (?:map)?\[(.*)\]$/.exec(text)?.[1];
	return ports === undefined ? text : `EXPOSE ${ports.replaceAll(':{}', '')}`;
};
