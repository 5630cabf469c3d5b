// Of the table of verbs: the ways to a build, from anywhere, and the form that begins one.
import { buildLine } from '../build/build-line.ts';
import { isNote } from '../build/form.ts';
import { answersOf as answersFor, problemOf, subjectOf, suggestedTag, wishOf } from '../build/form-wish.ts';
import { frontBuild } from '../model/builds.ts';
import { type Answers, answersOf, type Field, type Question } from '../model/question.ts';
import type { Move, MoveContext } from './action.ts';

/** As it is filled in now, where that is still possible. A tag may be suggested, unless it was changed meanwhile. */
const kept = (field: Field, before: Answers, now: Answers): Field => {
	const value = now[field.id];
	if (value === undefined || (field.id === 'tag' && value === before.tag)) return field;
	const isPossible = field.kind !== 'choice' || field.options.some((option) => option.value === value);
	return isPossible ? ({ ...field, value } as Field) : field;
};

let revisions = 0;

/** Asks anew where the folder or the Dockerfile changed, and keeps what was filled in meanwhile. */
const revise = ({ builds, send, state }: MoveContext, question: Question): void => {
	const before = answersOf(question);
	const subject = subjectOf(before);
	if (subject === question.about) return;
	const revision = ++revisions;
	const [folder = ''] = (question.about ?? '').split('\n');
	const { tag, ...others } = before;
	// A tag that nobody has chosen follows the folder.
	const isChosen = tag !== suggestedTag(folder, state());
	void builds.form(isChosen ? before : others).then((next) => {
		const { overlay } = state();
		if (overlay?.type !== 'question' || overlay.actionId !== 'app.build') return;
		const now = answersOf(overlay.question);
		// Changed again: that answer is on its way, or here already.
		if (subjectOf(now) !== subject || revision !== revisions) return;
		const fields = next.fields.map((field) => kept(field, before, now));
		send({ type: 'revised', question: { ...next, fields } });
	});
};

export const buildDoors: readonly Move[] = [
	{
		id: 'app.build',
		scope: 'app',
		keys: ['b'],
		title: 'Build an image',
		hint: 'build',
		help: 'Asks for a folder and what its Dockerfile leaves open, and shows every step as it runs.',
		isChanging: true,
		line: (answers, state) => buildLine(wishOf(answers, state), state.cwd),
		check: (answers, { body }) =>
			body.some((line) => !isNote(String(line)))
				? 'Put that right first, or choose another folder or Dockerfile.'
				: problemOf(answers),
		revise,
		run: ({ builds, ask }, state, answers) => {
			if ('folder' in answers) return void builds.start(wishOf(answers, state));
			const past = frontBuild(state.builds);
			const form = builds.form(past ? answersFor(past.wish, state) : {});
			ask({ id: 'app.build', title: 'Build an image' }, form);
		},
	},
	{
		id: 'app.builds',
		scope: 'app',
		keys: ['6'],
		title: 'Builds',
		help: 'Back to the build in front; they go on whatever is on screen.',
		run: ({ send, host }, { builds: { front } }) => {
			if (front !== undefined) return send({ type: 'build-fronted', id: front });
			const text = 'Nothing was built yet: b builds a Dockerfile.';
			send({ type: 'noticed', text, tone: 'plain', at: host.now() });
		},
	},
];
