// Of the table of verbs: a new container from an image, and an old one made anew.
import type { Question } from '../model/question.ts';
import { shellWord } from '../model/words.ts';
import type { Move, MoveContext, Verb } from './action.ts';
import { imageInView } from './image-in-view.ts';

/** Milliseconds after which nobody expects the form any more. */
const stillThere = 3000;

const tell = ({ send }: MoveContext, question: Question, next: Question): void => {
	if (next !== question) send({ type: 'revised', question: next });
};

export const runDoor: Move = {
	id: 'app.run',
	scope: 'app',
	keys: ['n'],
	title: 'Run a new container',
	hint: 'run',
	help: 'A form and the docker run line at once: fill in the one or paste the other, and see both.',
	isChanging: true,
	line: (answers) => String(answers.line ?? 'docker run …'),
	revise: (context, question) => tell(context, question, context.runs.revised(question)),
	check: (answers, _, { runs }) => runs.problemOf(answers),
	run: ({ runs, ask, host, state }, now, answers) => {
		if (!('line' in answers)) return ask(runDoor, runs.form(imageInView(now) ?? ''));
		const beganAt = host.now();
		void runs.start(answers).then((problem) => {
			const isWaitedFor = host.now() - beganAt < stillThere && !state().overlay;
			if (problem !== undefined && isWaitedFor) ask(runDoor, runs.form(String(answers.image ?? ''), problem));
		});
	},
};

export const recreateVerb: Verb<'container'> = {
	id: 'container.recreate',
	scope: 'container',
	isChanging: true,
	on: 'each',
	keys: ['N'],
	title: 'Recreate with changes',
	help: 'Makes it anew with other ports, environment, limits …; name and volumes stay, and if it fails the old one is back.',
	doing: 'recreating',
	done: 'recreated',
	ask: async ([container], { engine, runs }) => container && runs.recreateForm(engine, container),
	revise: (context, question) => {
		const { overlay } = context.state();
		const [id = ''] = overlay?.type === 'question' ? overlay.itemIds : [];
		tell(context, question, context.runs.compared(question, id));
	},
	check: (answers, containers, _, { runs }) =>
		containers.length > 1
			? 'One at a time: unmark the others (Space) and recreate each.'
			: runs.recreateProblem(answers, containers[0]?.id ?? ''),
	cli: ([container], answers) =>
		`docker rm -f ${shellWord(container?.name ?? '')} && ${answers.line ?? 'docker run …'}`,
	run: async (container, answers, { engine, runs }) => void (await runs.recreate(engine, container, answers)),
};
