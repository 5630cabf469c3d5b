// A dialog that only wants to be read.
import type { Question } from '../model/question.ts';

export const said = (title: string, ...body: readonly string[]): Question => ({
	title,
	body,
	fields: [],
	yes: '',
	isDestructive: false,
});
