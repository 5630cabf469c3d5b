// What an image does when it is run without a word, from its inspect answer.
import { type Json, record, texts } from './json.ts';

export type ImageDefaults = {
	/** `80/tcp` each. */
	readonly exposed: readonly string[];
	/** Entrypoint and command together: the program and its arguments. */
	readonly command: readonly string[];
};

export function imageDefaults(raw: Json): ImageDefaults {
	const config = record(raw.Config);
	return {
		exposed: Object.keys(record(config.ExposedPorts)).sort(),
		command: [...texts(config.Entrypoint), ...texts(config.Cmd)],
	};
}
