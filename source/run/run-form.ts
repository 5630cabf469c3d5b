// The form of `docker run`, an editor in two ways: whichever was changed last, the line or the fields, the other follows.
import { answersOf, type Field, type Question } from '../model/question.ts';
import type { RunWish } from '../model/run.ts';
import { problemOf, warningsOf } from './check.ts';
import type { CheckContext } from './context.ts';
import { parseRunLine } from './parse-run.ts';
import { fieldsOf, wishOf } from './run-fields.ts';
import { runLine } from './run-line.ts';

/** `past`: what was run before, the newest first. */
export const runQuestion = (wish: RunWish, context: CheckContext, past: readonly RunWish[]): Question => {
	const line = runLine(wish);
	const history = [...new Set(past.map(runLine))];
	return {
		title: 'Run a new container',
		body: warningsOf(wish, context),
		fields: fieldsOf(wish, context).map((field) => withHistory(field, field.id === 'line' ? history : [])),
		yes: 'run',
		isDestructive: false,
		about: line,
		...problemIn(wish, context),
	};
};

/**
 * `about` is the last line that the fields agreed with. What a person types into is never rewritten: neither the line
 * while it is the line that changes, nor any field while it is one of them. The same question, if nothing is new.
 */
export const revised = (question: Question, context: CheckContext): Question => {
	const answers = answersOf(question);
	const agreed = question.about ?? '';
	const line = withoutAgreed(String(answers.line ?? ''), agreed);
	const fromFields = wishOf(answers);
	const areFieldsChanged = 'problem' in fromFields || !isLineOf(fromFields.wish, agreed);
	if (line !== agreed) {
		const fromLine = parseRunLine(line);
		if ('wish' in fromLine) return agreedOn(question, fromLine.wish, line, context);
		// A line that cannot be read is left for the fields as soon as one of those is changed.
		if ('problem' in fromFields || !areFieldsChanged) return withProblem(question, fromLine.problem);
	}
	if ('problem' in fromFields) return withProblem(question, fromFields.problem);
	const { wish } = fromFields;
	if (!areFieldsChanged) return checked(question, wish, context);
	const about = runLine(wish);
	const fields = question.fields.map((field) => (field.id === 'line' ? withText(field, about) : field));
	return checked({ ...question, fields, about }, wish, context);
};

const runWords = /^\s*(?:\$\s+)?(?:sudo\s+)?(?:docker|podman)\s+(?:container\s+)?run\s/;

/** A whole line that was pasted behind the one that was there takes its place. */
const withoutAgreed = (line: string, agreed: string): string => {
	const rest = line.startsWith(agreed) ? line.slice(agreed.length) : '';
	return runWords.test(rest) ? rest.trim() : line;
};

/** The line was changed: all fields but the line itself are written anew. */
const agreedOn = (question: Question, wish: RunWish, line: string, context: CheckContext): Question => {
	const given = new Map(question.fields.map((field) => [field.id, field]));
	const fields = fieldsOf(wish, context).map((field) => {
		const before = given.get(field.id);
		const written = field.id === 'line' ? withText(field, line) : field;
		return withHistory(written, before?.kind === 'text' ? (before.history ?? []) : []);
	});
	return checked({ ...question, fields, about: line }, wish, context);
};

const withText = (field: Field, value: string): Field =>
	field.kind === 'text' ? { ...field, value } : field;

const withHistory = (field: Field, history: readonly string[]): Field =>
	field.kind === 'text' && history.length > 0 ? { ...field, history } : field;

const isLineOf = (wish: RunWish, line: string): boolean => {
	const canonical = runLine(wish);
	if (canonical === line) return true;
	const read = parseRunLine(line);
	return 'wish' in read && runLine(read.wish) === canonical;
};

const problemIn = (wish: RunWish, context: CheckContext): { problem?: string } => {
	const problem = problemOf(wish, context);
	return problem === undefined ? {} : { problem };
};

const withProblem = (question: Question, problem: string | undefined): Question => {
	if (question.problem === problem) return question;
	const { problem: _, ...rest } = question;
	return problem === undefined ? rest : { ...rest, problem };
};

/** Where a container is made anew, the body tells what becomes different. */
const checked = (question: Question, wish: RunWish, context: CheckContext): Question => {
	const body = question.before === undefined ? warningsOf(wish, context) : question.body;
	return withProblem(withBody(question, body), problemOf(wish, context));
};

/** The same question where it says the same. */
export const withBody = (question: Question, body: readonly string[]): Question => {
	const isSame = body.length === question.body.length && body.every((text, at) => text === question.body[at]);
	return isSame ? question : { ...question, body };
};
