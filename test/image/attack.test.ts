// Guesses in the forms of images give way to what is typed, and what is pasted arrives as it was meant.
import { expect, it } from 'vitest';
import { pasted, typed } from '../../source/actions/typing.ts';
import type { Event } from '../../source/model/event.ts';
import type { Field } from '../../source/model/question.ts';
import { initialState, type State } from '../../source/model/state.ts';
import { update } from '../../source/model/update.ts';

const usual = {
	columns: 80,
	rows: 24,
	now: 0,
	isReadOnly: false,
	showsStopped: true,
	leaveKey: 'ctrl+]',
	cwd: '/home/me',
};

const asked = (field: Field) => {
	let state: State = update(initialState(usual), {
		type: 'asked',
		actionId: 'app.pull',
		itemIds: [],
		question: { title: '', body: [], fields: [field], yes: 'pull', isDestructive: false },
	});
	const given = {
		state: () => state,
		send: (event: Event) => {
			state = update(state, event);
		},
	};
	return {
		type: (...keys: string[]) => {
			for (const key of keys) typed(key, given);
		},
		paste: (text: string) => pasted(text, given),
		value: () => (state.overlay?.type === 'question' ? state.overlay.question.fields[0]?.value : undefined),
	};
};

const offered: Field = { kind: 'text', id: 'names', label: 'NAME', value: 'httpd:2.4', isOffered: true };

it('what is typed or pasted takes the place of what was offered, once', () => {
	const typing = asked(offered);
	typing.type('u', 'b');
	expect(typing.value()).toBe('ub');
	const pasting = asked(offered);
	pasting.paste('ubuntu');
	pasting.paste(':14.04');
	expect(pasting.value()).toBe('ubuntu:14.04');
});

it('what was offered stays when it is gone through or shortened', () => {
	const moving = asked(offered);
	moving.type('home', 'a', '/');
	expect(moving.value()).toBe('a/httpd:2.4');
	const shortening = asked(offered);
	shortening.type('backspace', '5');
	expect(shortening.value()).toBe('httpd:2.5');
});

it('a password is pasted without the end of its line, and with its spaces', () => {
	const asking = asked({ kind: 'text', id: 'password', label: 'password', value: '', isSecret: true });
	asking.paste('two  spaces\r\n');
	expect(asking.value()).toBe('two  spaces');
});
