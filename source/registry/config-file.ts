// Changes of the docker configuration file, written so that it is whole at any moment, as docker writes it.
import { randomUUID } from 'node:crypto';
import { chown, mkdir, open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RegistryError } from './error.ts';

export type Json = { readonly [key: string]: unknown };

/** `change` answers with the same object where nothing is to be written. */
export const changeConfig = async (file: string, change: (config: Json) => Json): Promise<void> => {
	const path = await target(file);
	const before = await readConfig(path);
	const after = change(before);
	if (after === before) return;
	try {
		await replace(path, written(after));
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new RegistryError(`${file} cannot be written (${code}).`, 'ECONFIG');
	}
};

export const readConfig = async (file: string): Promise<Json> => {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return {};
		throw new RegistryError(`${file} cannot be read (${code}).`, 'ECONFIG');
	}
	if (text.trim() === '') return {};
	let config: unknown;
	try {
		config = JSON.parse(text);
	} catch {
		throw new RegistryError(
			`${file} is not JSON: put it right first, Portside leaves it as it is.`,
			'ECONFIG',
		);
	}
	if (isObject(config) && isObject(config.auths ?? {})) return config;
	throw new RegistryError(`${file} is not as docker writes it: Portside leaves it as it is.`, 'ECONFIG');
};

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a symlink leads, also to nothing yet. */
const target = async (file: string): Promise<string> => {
	try {
		return await realpath(file);
	} catch {
		const link = await readlink(file).catch(() => undefined);
		return link === undefined ? file : resolve(dirname(file), link);
	}
};

/** docker's JSON has no <, > and &. */
const written = (config: Json): string =>
	JSON.stringify(config, null, '\t').replace(
		/[<>&\u2028\u2029]/g,
		(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

const replace = async (path: string, text: string): Promise<void> => {
	await mkdir(dirname(path), { recursive: true, mode: 0o700 });
	const temporary = `${path}.${randomUUID()}`;
	try {
		const handle = await open(temporary, 'wx', 0o600);
		try {
			await handle.writeFile(text);
			await handle.sync();
		} finally {
			await handle.close();
		}
		const before = await stat(path).catch(() => undefined);
		// Under sudo it stays whose it is.
		if (before) await chown(temporary, before.uid, before.gid).catch(() => {});
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
};
