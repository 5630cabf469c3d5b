// What a person does to build an image, and sees of it: the form, the pane with the steps, and what is on the engine.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, vi } from 'vitest';
import type { Builder } from '../../source/model/build.ts';
import { launchPortside } from '../helpers/portside.ts';
import type { Session } from '../helpers/terminal.ts';
import type { TestEngine } from '../helpers/with-engine.ts';
import { act, actionLineIn, unique } from './driving.ts';
import { fieldIn, focusField } from './fields.ts';
import { inside } from './inside.ts';

export const builders: readonly Builder[] = ['classic', 'buildkit'];

export type ShownStep = { sign: string; line: string; name: string; time: string };

/** A step of the pane: sign, line of the Dockerfile, name, when it ran, and for how long. */
const stepRow = /^ ([·✓✕–◦⠀-⣿]) ([ \d]{3}) (\S.*?)(?: +▬+)?(?: +(?:\S+B )?(cached|\d+\.\ds))?$/u;

export const stepsIn = (lines: readonly string[]): ShownStep[] =>
	inside(lines).flatMap((text) => {
		const [, sign = '', line = '', name = '', time = ''] = stepRow.exec(text) ?? [];
		return sign ? [{ sign, line: line.trim(), name, time }] : [];
	});

/** The first step with this in its name. */
export const stepIn = (lines: readonly string[], part: string): ShownStep | undefined =>
	stepsIn(lines).find(({ name }) => name.includes(part));

/** What the pane says beneath its steps and in them, as one text. */
export const paneText = (lines: readonly string[]): string => inside(lines).join(' ').replace(/\s+/g, ' ');

export const isRunning = (part: string) => (lines: string[]) =>
	/[⠀-⣿]/u.test(stepIn(lines, part)?.sign ?? '');

export const finished = /\[\+\] Building \d+\.\ds \((\d+)\/\1\) FINISHED/;
export const failed = /\[\+\] Building \d+\.\ds \(\d+\/\d+\) ERROR/;
export const cancelled = /\[\+\] Building \d+\.\ds \(\d+\/\d+\) CANCELED/;

const isOver = (lines: string[]) => [finished, failed, cancelled].some((sign) => sign.test(lines.join('\n')));

/** Resolves when it has ended as it should; says how else it did. */
export async function waitForEnd(session: Session, end: RegExp = finished, timeout = 20_000) {
	const lines = await session.waitFor(isOver, { timeout });
	if (!end.test(lines.join('\n'))) throw new Error(`It ended otherwise:\n${lines.join('\n')}`);
	return await session.waitFor((shown) => / [✓✕] /.test(actionLineIn(shown)));
}

/** A build that is done: its words for the result, once they are there. */
export async function waitForImage(session: Session): Promise<string> {
	await waitForEnd(session);
	return paneText(
		await session.waitFor((lines) => /image [0-9a-f]{12} .*\d of \d+ steps cached/.test(paneText(lines))),
	);
}

/** Files of a context by their names, and programs of one test that build there. */
export function buildsOn({ docker, host }: Pick<TestEngine, 'docker' | 'host'>) {
	let folders: string[] = [];
	let images: string[] = [];
	let sessions: Session[] = [];
	afterEach(async () => {
		for (const session of sessions) await session.close();
		for (const folder of folders) rmSync(folder, { recursive: true, force: true });
		// those that a test did not make are no failure
		for (const image of images) await docker('rmi', '--force', image).catch(() => {});
		folders = [];
		images = [];
		sessions = [];
	});
	return {
		/** A name for an image that the test builds, to be removed after it. */
		tag(name: string): string {
			const own = unique(name);
			images.push(own);
			return own;
		},
		project(files: Readonly<Record<string, string>>): string {
			const folder = mkdtempSync(join(tmpdir(), 'portside-project-'));
			folders.push(folder);
			for (const [name, text] of Object.entries(files)) writeIn(folder, name, text);
			return folder;
		},
		/** In a folder, with the lists on screen. */
		async open(
			folder: string,
			options: Parameters<typeof launchPortside>[1] = {},
			args = ['--host', host],
		): Promise<Session> {
			const session = launchPortside(args, { cwd: folder, ...options });
			sessions.push(session);
			await session.waitFor(/^ .*q quit *$/m);
			return session;
		},
		/** As `portside build …`. */
		build(
			folder: string,
			words: readonly string[],
			options: Parameters<typeof launchPortside>[1] = {},
		): Session {
			const session = launchPortside(['--host', host, 'build', ...words], { cwd: folder, ...options });
			sessions.push(session);
			return session;
		},
		/** The whole id that a name stands for. */
		imageId: async (name: string) => (await docker('image', 'inspect', '--format', '{{.Id}}', name)).trim(),
		has: async (name: string) => (await docker('image', 'ls', '--quiet', name)) !== '',
	};
}

export function writeIn(folder: string, name: string, text: string): void {
	mkdirSync(dirname(join(folder, name)), { recursive: true });
	writeFileSync(join(folder, name), text);
}

// ---- The form

export type Answers = {
	/** Typed into the field that begins so. */
	readonly text?: Readonly<Record<string, string>>;
	/** What stands in the form once that was taken in. */
	readonly until?: string;
	/** Turned until it is the one. */
	readonly choice?: Readonly<Record<string, string>>;
	readonly toggle?: readonly string[];
};

/** Opens the form and fills it in; the docker line that it shows then. */
export async function fillForm(
	session: Session,
	{ text = {}, until, choice = {}, toggle = [] }: Answers,
): Promise<void> {
	await act(session, 'app.build');
	await session.waitFor('Enter build · Esc cancel');
	for (const [label, value] of Object.entries(text)) {
		await focusField(session, label);
		await session.press('ctrl+u');
		await session.waitFor((lines) => fieldIn(lines).endsWith(': ▏') || fieldIn(lines).endsWith(':▏'));
		session.type(value);
		await session.waitFor((lines) => fieldIn(lines).endsWith(`: ${value}▏`));
	}
	// A choice that is made while the form changes could be made twice.
	if (until !== undefined) await session.waitFor(until);
	for (const [label, value] of Object.entries(choice)) {
		await focusField(session, label);
		for (let tries = 0; tries < 9; tries++) {
			const at = fieldIn(await session.screen());
			if (at.endsWith(`‹ ${value} ›`) || at.includes(`(•) ${value}`)) break;
			await act(session, 'question.turn');
			await session.waitFor((lines) => fieldIn(lines) !== at);
		}
	}
	for (const label of toggle) {
		await focusField(session, label);
		// the form remembers what was built last
		if (fieldIn(await session.screen()).startsWith('[x]')) continue;
		await act(session, 'question.turn');
		await session.waitFor((lines) => fieldIn(lines).startsWith('[x]'));
	}
}

/** Builds by the form, with a builder of choice. */
export async function buildByForm(
	session: Session,
	tag: string,
	builder: Builder,
	answers: Answers = {},
): Promise<void> {
	const choice = { ...answers.choice, builder: builder === 'classic' ? 'classic' : 'BuildKit' };
	await fillForm(session, { ...answers, text: { ...answers.text, tag }, choice });
	await session.waitFor(`docker build -t ${tag}`);
	await act(session, 'question.yes');
	await session.waitFor(
		(lines) =>
			!lines.join('\n').includes('Enter build · Esc cancel') && lines[1]?.includes(` ${tag} `) === true,
	);
}

/** From the build to the lists. */
export async function leaveForLists(session: Session): Promise<void> {
	for (let tries = 0; tries < 3; tries++) {
		if (/ [/] filter /.test(`${(await session.screen()).at(-1)} `)) return;
		await act(session, 'build.back');
		await session.settled({ quiet: 60 });
	}
	await session.waitFor((lines) => / [/] filter /.test(`${lines.at(-1)} `));
}

// ---- What runs on the machine: an engine of ours is one of its processes

/** A number that no other `sleep` has. */
export const uniqueSleep = (): string => String(100_000 + Math.floor(Math.random() * 899_999));

/** Command lines of processes that have this word. */
export function processesWith(word: string): string[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((pid) => {
			try {
				const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
				return words.some((one) => one.split(/[ ;&]+/).includes(word)) ? [words.join(' ').trim()] : [];
			} catch {
				return []; // it has ended
			}
		});
}

export const waitForProcess = (word: string, isThere: boolean, timeout: number): Promise<void> =>
	vi.waitFor(
		() => {
			const found = processesWith(word);
			if (found.length > 0 !== isThere)
				throw new Error(isThere ? `no process has ${word}` : `there is ${found.join(', ')}`);
		},
		{ timeout, interval: 20 },
	);

/** Saves the log of the build in front; what is in it. */
export async function savedLog(session: Session): Promise<string> {
	await act(session, 'build.save');
	const lines = await session.waitFor(/✓ Saved as \S+\.log/);
	return readFileSync(/Saved as (\S+)/.exec(lines.join('\n'))?.[1] ?? '', 'utf8');
}
