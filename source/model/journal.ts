// The journal of docker lines as a script that does the same again.
import type { State } from './state.ts';
import { clean } from './text.ts';
import { shellWord } from './words.ts';

/** Only what succeeded; the rest stands there as comments, so that nothing is lost. */
export const shellScript = ({ journal, connection }: State): string => {
	const host =
		connection.status === 'connected' || connection.status === 'lost' ? connection.endpoint.host : undefined;
	return [
		'#!/bin/sh',
		'# What was done in Portside, as docker lines.',
		'set -e',
		...(host === undefined ? [] : [`export DOCKER_HOST=${shellWord(host)}`]),
		...journal.map(({ line, outcome, message }) =>
			outcome === 'done' ? line : `# ${clean(line)}   (${clean(message.replace(/\s+/g, ' '))})`,
		),
		'',
	].join('\n');
};
