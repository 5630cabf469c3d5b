// The lines of a Dockerfile that a commit is to apply (`docker commit -c`), from the texts of a form, and its docker line.
import { splitCommand } from '../model/command-line.ts';
import type { CommitWish } from '../model/items.ts';
import { shellWord } from '../model/words.ts';

export type ChangeField =
	| 'env'
	| 'workdir'
	| 'user'
	| 'expose'
	| 'volume'
	| 'label'
	| 'entrypoint'
	| 'cmd'
	| 'onbuild';

export type ChangeTexts = { readonly [field in ChangeField]?: string };

export type Changes =
	| { readonly changes: readonly string[] }
	| { readonly problem: string; readonly field: ChangeField };

/** A line, or why there is none. */
type Line = { readonly line: string } | { readonly problem: string };

/** What is left blank stays as it is in the container. */
export const changesOf = (texts: ChangeTexts): Changes => {
	const changes: string[] = [];
	for (const { field, read } of fields) {
		for (const text of field === 'onbuild' ? (texts[field] ?? '').split('\n') : [texts[field] ?? '']) {
			if (text.trim() === '') continue;
			const result = checked(text.trim(), read);
			if ('problem' in result) return { problem: `${field.toUpperCase()}: ${result.problem}`, field };
			changes.push(result.line);
		}
	}
	return { changes };
};

const checked = (text: string, read: (text: string) => Line): Line => {
	// The engine takes the lines for a Dockerfile, in which both would begin another one.
	if (/[\r\n]/.test(text)) return { problem: 'This must be on one line.' };
	if (text.endsWith('\\')) return { problem: 'A backslash stands at the end.' };
	return read(text);
};

const command =
	(instruction: string) =>
	(text: string): Line => {
		if (text.startsWith('[')) return verbatim(instruction, text);
		const split = splitCommand(text);
		if ('problem' in split) return split;
		// What only a shell understands is left to the image's: as in a Dockerfile, it runs what is no list.
		if (split.signs !== '') return { line: `${instruction} ${text}` };
		return { line: `${instruction} ${listOf(split.words)}` };
	};

const verbatim = (instruction: string, text: string): Line => {
	try {
		const words: unknown = JSON.parse(text);
		if (Array.isArray(words) && words.every((word) => typeof word === 'string')) {
			return { line: `${instruction} ${text}` };
		}
	} catch {
		// Said below, more plainly than JSON.parse does.
	}
	return { problem: 'A list is written as JSON: ["httpd", "-f"].' };
};

/** As people write it in a Dockerfile. */
const listOf = (words: readonly string[]): string =>
	`[${words.map((word) => JSON.stringify(word)).join(',')}]`;

const pairs =
	(instruction: string, example: string) =>
	(text: string): Line => {
		const split = splitCommand(text);
		if ('problem' in split) return split;
		const wrong = split.words.find((word) => !/^[^=\s]+=/.test(word));
		if (wrong !== undefined) return { problem: `${wrong} has no value: write ${example}.` };
		// Quotes mean the same in a Dockerfile, and $NAME there is what the image has by that name.
		return { line: `${instruction} ${text}` };
	};

const ports = (text: string): Line => {
	const words = text.split(/[\s,]+/).filter((word) => word !== '');
	const wrong = words.find((word) => !isPort(word));
	if (wrong !== undefined) return { problem: `${wrong} is no port: write 80, 443/tcp or 8000-8010/udp.` };
	return { line: `EXPOSE ${words.join(' ').toLowerCase()}` };
};

const isPort = (word: string): boolean => {
	const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(?:tcp|udp|sctp))?$/i.exec(word) ?? [];
	const from = Number(first);
	const to = Number(last ?? first);
	return from >= 1 && from <= to && to <= 65_535;
};

const isAbsolute = (path: string): boolean => /^(?:\/|\$|[A-Za-z]:[\\/])/.test(path);

const folder = (text: string): Line =>
	isAbsolute(text.replace(/^["']/, ''))
		? { line: `WORKDIR ${text}` }
		: { problem: 'A working folder is a path from the top: /srv/app.' };

const volumes = (text: string): Line => {
	if (text.startsWith('[')) return verbatim('VOLUME', text);
	const split = splitCommand(text);
	if ('problem' in split) return split;
	const wrong = split.words.find((word) => !isAbsolute(word));
	if (wrong !== undefined) return { problem: `${wrong} is no path from the top: write /data.` };
	return { line: `VOLUME ${listOf(split.words)}` };
};

const user = (text: string): Line =>
	/^[^\s:]+(?::[^\s:]+)?$/.test(text)
		? { line: `USER ${text}` }
		: { problem: 'A user is a name or a number, with a group if need be: app:staff.' };

const trigger = (text: string): Line => {
	const instruction = /^([A-Za-z]+)\s+\S/.exec(text)?.[1]?.toUpperCase();
	if (instruction === undefined) return { problem: 'Write a line of a Dockerfile: RUN make.' };
	if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(instruction)) {
		return { problem: `${instruction} cannot be put off until the image is built upon.` };
	}
	return { line: `ONBUILD ${text}` };
};

/** An entrypoint takes away the command that was there before it, and so comes first. */
const fields: readonly { readonly field: ChangeField; readonly read: (text: string) => Line }[] = [
	{ field: 'env', read: pairs('ENV', 'NAME=value') },
	{ field: 'workdir', read: folder },
	{ field: 'user', read: user },
	{ field: 'expose', read: ports },
	{ field: 'volume', read: volumes },
	{ field: 'label', read: pairs('LABEL', 'name=value') },
	{ field: 'entrypoint', read: command('ENTRYPOINT') },
	{ field: 'cmd', read: command('CMD') },
	{ field: 'onbuild', read: trigger },
];

/** The shortest `docker commit …` that does the same; `latest` is what docker takes where no tag is named. */
export const commitLine = (name: string, wish: CommitWish): string => {
	const words = ['docker', 'commit'];
	if (wish.author !== undefined) words.push('-a', wish.author);
	if (wish.message !== undefined) words.push('-m', wish.message);
	if (!wish.pauses) words.push('-p=false');
	for (const change of wish.changes) words.push('-c', change);
	words.push(name);
	if (wish.reference !== undefined) words.push(wish.reference.replace(/:latest$/, ''));
	return words.map(shellWord).join(' ');
};
