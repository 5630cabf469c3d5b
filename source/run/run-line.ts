// A wish as the `docker run` line that means the same, in the order tutorials write it.
import { otherOf } from '../engine/create/other-flags.ts';
import type { RunWish } from '../model/run.ts';
import { shellWord } from '../model/words.ts';
import { portText } from './port-text.ts';
import { lettersOf } from './run-modes.ts';

const flag = (name: string, value: string | undefined): string[] =>
	value === undefined ? [] : [`${name} ${shellWord(value)}`];

const each = (name: string, values: readonly string[], word = shellWord): string[] =>
	values.map((value) => `${name} ${word(value)}`);

const when = (is: boolean, name: string): string[] => (is ? [name] : []);

/** Read back by `parseRunLine` it is the same wish. */
export const runLine = (wish: RunWish): string =>
	['docker', 'run', ...flagTexts(wish), ...imageWords(wish)].join(' ');

/** Each flag with its value: `-p 8080:80`. */
export const flagTexts = (wish: RunWish): string[] => {
	const letters = lettersOf(wish);
	return [
		...when(letters !== '', `-${letters}`),
		...when(wish.isRemoved, '--rm'),
		...flag('--name', wish.name),
		...when(wish.publishesAll, '-P'),
		...each('-p', wish.ports.map(portText)),
		...each('-e', wish.env),
		...each('--env-file', wish.envFiles, pathWord),
		...each('-v', wish.volumes, pathWord),
		...each('--mount', wish.mounts),
		...each('--tmpfs', wish.tmpfs),
		...each('--network', wish.networks),
		...flag('--restart', wish.restart),
		...flag('-u', wish.user),
		...flag('-w', wish.workdir),
		...flag('--entrypoint', wish.entrypoint),
		...flag('-m', wish.memory),
		...flag('--cpus', wish.cpus),
		...flag('--pids-limit', wish.pidsLimit),
		...each('-l', wish.labels),
		...flag('--hostname', wish.hostname),
		...when(wish.isPrivileged, '--privileged'),
		...when(wish.isReadOnly, '--read-only'),
		...when(wish.hasInit, '--init'),
		...each('--cap-add', wish.capAdd),
		...each('--cap-drop', wish.capDrop),
		...each('--add-host', wish.hosts),
		...flag('--platform', wish.platform),
		...flag('--pull', wish.pull),
		...wish.others.map(otherText),
	];
};

/** `--shm-size=64m` in the two words it is mostly written in. */
const otherText = (other: string): string => {
	const { name, value } = otherOf(other);
	return value === undefined ? `--${name}` : `--${name} ${shellWord(value)}`;
};

/** While there is no image, there is no place for a command either. */
const imageWords = ({ image, command }: RunWish): string[] =>
	image === '' ? [] : [...when(image.startsWith('-'), '--'), ...[image, ...command].map(shellWord)];

/** A shell replaces `~` only where it is not quoted. */
export const pathWord = (path: string): string =>
	/^~\/./s.test(path) ? `~/${shellWord(path.slice(2))}` : path === '~' ? path : shellWord(path);
