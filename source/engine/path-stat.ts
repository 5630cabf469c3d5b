// What a header of the engine says about one file of a container.
import type { PathStat } from '../model/items.ts';
import { engineError } from './error.ts';
import { type Json, number, record, text } from './json.ts';

export function pathStat(header: string | string[] | undefined): PathStat {
	const stat = decoded(String(header ?? ''));
	const linkTarget = text(stat.linkTarget);
	return {
		size: number(stat.size),
		// The highest bit of Go's file modes.
		isFolder: number(stat.mode) >>> 31 === 1,
		...(linkTarget !== '' && { linkTarget }),
	};
}

function decoded(header: string): Json {
	try {
		return record(JSON.parse(Buffer.from(header, 'base64').toString()));
	} catch {
		throw engineError({ code: 'EANSWER', engineMessage: header.slice(0, 200) });
	}
}
