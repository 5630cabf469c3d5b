// A question as lines: what will happen, what only the person can decide, and the docker line it comes to.
import type { Field } from '../../model/question.ts';
import type { State } from '../../model/state.ts';
import { fit, width, wrap, wrapWords } from '../../model/text.ts';
import { questionLine } from '../footer.ts';
import { paint } from '../paint.ts';
import type { Card } from './card.ts';

/** All that can be chosen, where it is little. */
const radioText = ({ options, value }: Extract<Field, { kind: 'choice' }>): string | undefined =>
	options.length > 1 && options.length <= 4
		? options.map((option) => `(${option.value === value ? '•' : ' '}) ${option.label}`).join('  ')
		: undefined;

const fieldLine = (field: Field, isFocused: boolean, columns: number): string => {
	const pointer = isFocused ? '> ' : '  ';
	if (field.kind === 'toggle') {
		const text = fit(`${pointer}[${field.value ? 'x' : ' '}] ${field.label}`, columns);
		return isFocused ? paint.accent(text) : text;
	}
	const radios = field.kind === 'choice' ? radioText(field) : undefined;
	if (radios !== undefined && width(`${pointer}${field.label}: ${radios}`) <= columns) {
		const text = fit(`${pointer}${field.label}: ${radios}`, columns);
		return isFocused ? paint.accent(text) : text;
	}
	const value =
		field.kind === 'choice'
			? `‹ ${field.options.find(({ value }) => value === field.value)?.label ?? field.value} ›`
			: `${field.value}${isFocused ? '▏' : ''}`;
	const text = fit(`${pointer}${field.label}: ${value}`, columns);
	return isFocused ? paint.accent(text) : text;
};

/** Between words where it is a sentence, and as far to the right as it begins. */
const indented = (text: string, columns: number): string[] => {
	const [indent = ''] = /^ */.exec(text) ?? [];
	return wrapWords(text.slice(indent.length), columns - indent.length).map((row) => indent + row);
};

export const questionCard = (state: State, columns: number, most: number): Card | undefined => {
	const { overlay } = state;
	if (overlay?.type !== 'question') return undefined;
	const { question, field, top } = overlay;
	const line = questionLine(state);
	const end = [
		...(question.problem === undefined
			? []
			: wrapWords(question.problem, columns).map((row) => paint.bad(fit(row, columns)))),
		...(line === ''
			? []
			: [
					'',
					...wrap(`$ ${line}`, columns)
						.slice(0, 3)
						.map((row) => paint.dim(fit(row, columns))),
				]),
	];
	// The one with the cursor is always among them, and a line of what it is about.
	const count = Math.max(
		1,
		Math.min(question.fields.length, most - end.length - (question.body.length ? 2 : 0)),
	);
	const from = Math.max(0, Math.min(question.fields.length - count, field - Math.floor(count / 2)));
	const fields = question.fields
		.slice(from, from + count)
		.map((each, index) => fieldLine(each, from + index === field, columns));
	const below = [...fields, ...end];
	const which = count < question.fields.length ? ` ${field + 1}/${question.fields.length} ↓ ·` : '';
	const body = question.body.flatMap((text) => indented(text, columns));
	const room = Math.max(1, most - below.length - 1);
	const isLong = body.length > room;
	const start = Math.min(top, Math.max(0, body.length - room));
	const shown = body.slice(start, start + room).map((text) => fit(text, columns));
	const more = isLong ? ` ${start + shown.length}/${body.length} PgDn ·` : '';
	const turn =
		question.fields[field]?.kind === 'choice'
			? ' ← → change ·'
			: question.fields[field]?.kind === 'toggle'
				? ' Space change ·'
				: '';
	return {
		title: question.title,
		lines: [...shown, ...(shown.length && question.fields.length ? [''] : []), ...below],
		bottom:
			question.yes === '' ? ' Enter closes ' : `${more}${which}${turn} Enter ${question.yes} · Esc cancel `,
		isDestructive: question.isDestructive,
		end: Math.max(0, body.length - room),
	};
};
