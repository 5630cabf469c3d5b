// The details pane, where something about the selected container could not be found out.
import './surroundings.ts';
import { expect, it } from 'vitest';
import type { State } from '../../source/model/state.ts';
import { frameOf } from '../../source/ui/frame.ts';
import { after, container, detail, idOf, listed, logLines } from '../model/things.ts';

const id = idOf('web');
const sentence = 'The engine tried and failed.';
const failed = { type: 'follow-failed', what: 'inspect', id, sentence } as const;
const logged = [
	{ type: 'log-opened', id },
	{ type: 'logged', id, lines: logLines(['hello from web']) },
] as const;
const inspected = { type: 'inspected', detail: detail(id) } as const;
const shown = (state: State): string => frameOf(state).details?.lines.join('\n') ?? '';

it('the log tells why it cannot be read, and comes when it can', () => {
	const blank = after(listed([container('web')]), failed);
	expect(shown(blank)).toContain(sentence);
	const mended = after(blank, inspected, ...logged);
	expect(shown(mended)).toContain('hello from web');
	expect(shown(mended)).not.toContain(sentence);
});

it('a log that was shown comes back after a failure', () => {
	const broken = after(listed([container('web')]), inspected, ...logged, failed);
	expect(shown(broken)).toContain(sentence);
	expect(shown(after(broken, inspected))).toContain('hello from web');
});

it('the failure of one container is not told of another', () => {
	const state = after(listed([container('web'), container('api', { createdAt: 1 })]), failed, {
		type: 'moved',
		by: 1,
		unit: 'row',
	});
	expect(shown(state)).not.toContain(sentence);
});
