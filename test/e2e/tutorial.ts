// What a learner of docker does in the program, command by command, and where the program shows the docker line of it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { launchPortside } from '../helpers/portside.ts';
import type { RegistryUser } from '../helpers/registry.ts';
import type { Session } from '../helpers/terminal.ts';
import type { TestEngine } from '../helpers/with-engine.ts';
import { act, actionLineIn, containersIn, filter, rowsIn, unique } from './driving.ts';
import { fieldIn, focusField } from './fields.ts';
import { inside, statusIn, tabsIn } from './inside.ts';

/** Programs, names and folders of one test; what is there afterwards is removed. For the body of a describe(). */
export function learnerOn({ docker, host }: Pick<TestEngine, 'docker' | 'host'>) {
	let ends: (() => unknown)[] = [];
	let containers: string[] = [];
	let images: string[] = [];
	afterEach(async () => {
		for (const end of ends.reverse()) await end();
		// those that a test has removed or never made are no failure
		if (containers.length) await docker('rm', '--force', '--volumes', ...containers).catch(() => {});
		if (images.length) await docker('rmi', '--force', ...images).catch(() => {});
		[ends, containers, images] = [[], [], []];
	});
	const folder = (name: string): string => {
		const path = mkdtempSync(join(tmpdir(), `portside-${name}-`));
		ends.push(() => rmSync(path, { recursive: true, force: true }));
		return path;
	};
	return {
		folder,
		/** A name for a container, or for one that has got another one since. */
		container: (name: string, own = unique(name)) => {
			containers.push(own);
			return own;
		},
		image: (name: string, own = unique(name)) => {
			images.push(own);
			return own;
		},
		after: (end: () => unknown) => void ends.push(end),
		/** The lists on screen, wide enough for whole docker lines. */
		async open(
			options: Parameters<typeof launchPortside>[1] = {},
			args = ['--host', host],
		): Promise<Session> {
			const session = launchPortside(args, { columns: 160, rows: 45, cwd: folder('desk'), ...options });
			ends.push(() => session.close());
			await session.waitFor(/^ portside {2}● [\s\S]*^ .*q quit *$/m);
			return session;
		},
		inspect: async (name: string, template: string) =>
			(await docker('inspect', '--format', `{{${template}}}`, name)).trim(),
		exists: (name: string) =>
			docker('inspect', '--format', '{{.Id}}', name).then(
				() => true,
				() => false,
			),
	};
}

/** That nobody listens on. */
export const freePort = () =>
	new Promise<number>((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});

// ---- Lists

/** From wherever it is, to the rows of a list without a filter. */
export async function toList(session: Session, list: 'containers' | 'images' | 'ports'): Promise<void> {
	await toLists(session);
	await act(session, `app.${list}`);
	// the keys that mean something there
	await session.settled({ quiet: 60 });
	if (isFiltered(list)(await session.screen())) await goBack(session);
	await session.waitGone(isFiltered(list));
}

async function toLists(session: Session): Promise<void> {
	const isThere = (lines: string[]) => / [/] filter /.test(`${lines.at(-1)} `);
	for (let tries = 0; tries < 4 && !isThere(await session.screen()); tries++) {
		// where a program has just ended, keys are held back as long as somebody types
		if (/exit \d+ · r /.test(statusIn(await session.screen()))) await session.settled({ quiet: 450 });
		await goBack(session);
	}
	// bad news that is long takes the line of the keys too, for a while
	await session.waitFor((lines) => isThere(lines) || / ✕ /.test(actionLineIn(lines)));
}

/** Behind Esc, the next key must not come at once: it would be Alt and that key. */
async function goBack(session: Session): Promise<void> {
	await act(session, 'app.back');
	await session.settled({ quiet: 100 });
}

const isFiltered = (list: 'containers' | 'images' | 'ports') => (lines: string[]) =>
	lines.some((line) => new RegExp(` ${list} \\d+/\\d+ /`, 'i').test(line));

/** Puts the cursor on the container with this name. */
export async function choose(session: Session, name: string): Promise<void> {
	await toList(session, 'containers');
	await filter(session, name);
	await session.waitFor((lines) =>
		containersIn(lines).some((row) => row.isSelected && name.startsWith(row.name.replace(/…$/, ''))),
	);
}

/** Puts the cursor on the image with this name and tag, or with this in its row. */
export async function chooseImage(session: Session, repository: string, tag = 'latest'): Promise<void> {
	await toList(session, 'images');
	await filter(session, `${repository} ${tag}`);
	await session.waitFor(/ Images 1\//);
	await session.waitFor((lines) => rowsIn(lines, 'Images').some(({ isSelected }) => isSelected));
}

// ---- Dialogs

/** Types into the field that begins so; what cannot be read on screen (a password) is only typed. */
export async function fillIn(
	session: Session,
	label: string,
	value: string,
	isSecret = false,
): Promise<void> {
	await focusField(session, label);
	await session.press('ctrl+u');
	await session.waitFor((lines) => /:? *▏$/.test(fieldIn(lines)) && !/:.*\S▏$/.test(fieldIn(lines)));
	session.type(value);
	await session.waitFor((lines) => fieldIn(lines).endsWith(isSecret ? '•▏' : `${value.slice(-30)}▏`));
}

/** Switches a toggle, or turns a choice until it is this. */
export async function turnTo(session: Session, label: string, value: string | boolean): Promise<void> {
	await focusField(session, label);
	const isSo = (at: string) =>
		typeof value === 'boolean'
			? at.startsWith(value ? '[x]' : '[ ]')
			: at.includes(`‹ ${value}`) || at.includes(`(•) ${value}`);
	for (let tries = 0; tries < 9; tries++) {
		const at = fieldIn(await session.screen());
		if (isSo(at)) return;
		await act(session, 'question.turn');
		await session.waitFor((lines) => fieldIn(lines) !== at);
	}
	throw new Error(`${label} cannot be ${value}:\n${await session.text()}`);
}

/** The dialog says the docker line that it comes to. */
export const asksLine = (line: string) => (lines: string[]) => {
	// Of a card over the panes only what stands between its own borders.
	const at = lines.findIndex((text) => /│ \$ \S/.test(text));
	const left = lines[at]?.indexOf('│ $ ') ?? 0;
	const card = lines.slice(Math.max(0, at)).map((text) => text.slice(left + 1).split('│', 1)[0] ?? '');
	return squeezed(card.join('')).startsWith(squeezed(`$ ${line}`));
};

const squeezed = (text: string) => text.replace(/\s+/g, '');

/** Confirms the dialog, once it shows this docker line. */
export async function confirm(session: Session, line: string): Promise<void> {
	await session.waitFor(asksLine(line));
	await act(session, 'question.yes');
	await session.waitGone(/Enter \w+ · Esc cancel/);
}

/** Opens the form of `docker run` and writes the whole line into it. */
export async function runLine(session: Session, line: string): Promise<void> {
	await openRunForm(session);
	await fillIn(session, 'docker line', line);
	await confirm(session, line);
}

export async function openRunForm(session: Session): Promise<void> {
	await act(session, 'app.run');
	await session.waitFor(/Run a new container[\s\S]*Enter run · Esc cancel/);
}

// ---- The journal

export type Entry = { readonly line: string; readonly sign: string; readonly message: string };

/** All docker lines so far, the newest last, and how they went. */
export async function journal(session: Session): Promise<Entry[]> {
	await toLists(session);
	await act(session, 'app.journal');
	const lines = await session.waitFor('s saves it as a shell script');
	await act(session, 'journal.close');
	await session.waitGone('s saves it as a shell script');
	return lines.flatMap((text, at) => {
		const [, sign = '', line = ''] = /│ \d\d:\d\d:\d\d (\S) \$ (.*?) *│/u.exec(text) ?? [];
		const below = (lines[at + 1] ?? '').slice(text.search(/│ \d\d:\d\d:\d\d /));
		return line ? [{ line, sign, message: /^│ {12}(.*?) *│/u.exec(below)?.[1] ?? '' }] : [];
	});
}

/** The same as a script, where no line is cut; the whole file. */
export async function savedScript(session: Session): Promise<string> {
	await toLists(session);
	await act(session, 'app.journal');
	await session.waitFor('s saves it as a shell script');
	await act(session, 'journal.save');
	const saved = (await session.waitFor(/✓ Saved as \S+\.sh/)).join('\n');
	await act(session, 'journal.close');
	await session.waitGone('s saves it as a shell script');
	return readFileSync(/Saved as (\S+\.sh)/.exec(saved)?.[1] ?? '', 'utf8');
}

/** The last of them; waits until it is this one, and over. */
export async function journalEnd(session: Session, line: string, sign = '✓'): Promise<Entry> {
	for (let tries = 0; tries < 40; tries++) {
		const entry = (await journal(session)).findLast((one) => one.line === line);
		if (entry?.sign === sign) return entry;
		await session.settled({ quiet: 200 });
	}
	throw new Error(`The journal has no ${sign} ${line}:\n${JSON.stringify(await journal(session), null, 1)}`);
}

// ---- Transfers

/** A pane of a transfer: whose, its rows, and what came of it. */
export const transferIn = (lines: readonly string[]) => {
	const rows = inside(lines);
	return {
		tabs: tabsIn(lines),
		head: rows[0] ?? '',
		layers: rows.flatMap((row) => {
			const [, sign = '', id = '', state = ''] = /^ (\S) ([0-9a-f]{12}) (.*?)(?: {2,}.*)?$/u.exec(row) ?? [];
			return id ? [{ sign, id, state }] : [];
		}),
		text: rows.join(' ').replace(/\s+/g, ' '),
	};
};

/** A sight: the transfer in front is over, and says so. */
export const transferred = (head: string, said: string | RegExp) => (lines: string[]) => {
	const { head: shown, text } = transferIn(lines);
	return shown.trim().startsWith(head) && (typeof said === 'string' ? text.includes(said) : said.test(text));
};

export async function pullByKey(session: Session, name: string): Promise<void> {
	await act(session, 'app.pull');
	await session.waitFor('Pull images');
	await fillIn(session, 'NAME', name);
	await confirm(session, `docker pull ${name}`);
}

export async function pushByKey(session: Session, name: string): Promise<void> {
	await act(session, 'app.push');
	await session.waitFor('Push an image');
	await fillIn(session, 'NAME', name);
	await confirm(session, `docker push ${name}`);
}

/** The password is typed, and shown as dots. */
export async function logIn(session: Session, host: string, { user, password }: RegistryUser): Promise<void> {
	await act(session, 'app.login');
	await session.waitFor('Log in to a registry');
	await fillIn(session, 'registry', host);
	await fillIn(session, 'user', user);
	await fillIn(session, 'password', password, true);
	await confirm(session, `docker login ${host}`);
}

// ---- Registries

/** What a registry says, by its HTTP API. */
export async function askRegistry(host: string, path: string, login?: RegistryUser) {
	const basic = login && Buffer.from(`${login.user}:${login.password}`).toString('base64');
	const answer = await fetch(`http://${host}/v2/${path}`, {
		headers: {
			accept:
				'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json',
			...(basic && { authorization: `Basic ${basic}` }),
		},
	});
	return {
		status: answer.status,
		digest: answer.headers.get('docker-content-digest') ?? '',
		body: (await answer.json()) as Record<string, unknown>,
	};
}
