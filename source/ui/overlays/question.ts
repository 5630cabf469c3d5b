// A question as lines: what will happen, what only the person can decide, and the docker line it comes to.
import type { Field } from '../../model/question.ts';
import type { State } from '../../model/state.ts';
import { clean, fit, shorten, width, wrap, wrapWords } from '../../model/text.ts';
import { questionLine } from '../footer.ts';
import { paint } from '../paint.ts';
import type { Card } from './card.ts';

/** All that can be chosen, where it is little. */
const radioText = ({ options, value }: Extract<Field, { kind: 'choice' }>): string | undefined =>
	options.length > 1 && options.length <= 4
		? options.map((option) => `(${option.value === value ? '•' : ' '}) ${option.label}`).join('  ')
		: undefined;

/** One of many, and which. */
const choiceText = ({ options, value }: Extract<Field, { kind: 'choice' }>, columns: number): string => {
	const at = options.findIndex((option) => option.value === value);
	const end = options.length > 2 && at >= 0 ? ` › ${at + 1} of ${options.length}` : ' ›';
	return `‹ ${shorten(options[at]?.label ?? value, Math.max(1, columns - end.length - 2), 'middle')}${end}`;
};

/** The part of a text that is in view, with the caret in it. */
const textInView = (text: string, caret: number, columns: number): string => {
	const before = clean(text.slice(0, caret));
	const after = clean(text.slice(caret));
	// What follows the caret keeps a third of the room, where there is as much of it.
	const left = Math.max(columns - 1 - width(after), Math.ceil((columns * 2) / 3));
	return `${shorten(before, left, 'start')}▏${after}`;
};

/** As many dots whatever it is: not even its length is told. */
const secret = (value: string): string => (value === '' ? '' : '••••••••');

/** The values of many fields stand in a column of their own. */
const labelWidth = (fields: readonly Field[], columns: number): number => {
	const labelled = fields.filter(({ kind }) => kind !== 'toggle');
	if (labelled.length < 4) return 0;
	return Math.min(Math.max(...labelled.map(({ label }) => width(label))) + 2, Math.floor(columns * 0.45));
};

const fieldLine = (field: Field, caret: number | undefined, columns: number, labels: number): string => {
	const isFocused = caret !== undefined;
	const pointer = isFocused ? '> ' : '  ';
	if (field.kind === 'toggle') {
		const text = fit(`${pointer}[${field.value ? 'x' : ' '}] ${field.label}`, columns);
		return isFocused ? paint.accent(text) : text;
	}
	const radios = field.kind === 'choice' ? radioText(field) : undefined;
	const name = `${field.label}: `;
	const label = pointer + (width(name) < labels ? fit(name, labels) : name);
	if (radios !== undefined && width(`${label}${radios}`) <= columns) {
		const text = fit(`${label}${radios}`, columns);
		return isFocused ? paint.accent(text) : text;
	}
	// Like text that is marked: what is typed takes its place.
	if (field.kind === 'text' && isFocused && field.isOffered && field.value !== '') {
		const offer = shorten(clean(field.value), Math.max(1, columns - width(label) - 1), 'start');
		const rest = fit('▏', Math.max(0, columns - width(label) - width(offer)));
		return `${paint.accent(label)}${paint.cursor(offer)}${paint.accent(rest)}`;
	}
	const value =
		field.kind === 'choice'
			? choiceText(field, columns - width(label))
			: field.isSecret
				? `${secret(field.value)}${isFocused ? '▏' : ''}`
				: isFocused
					? textInView(field.value, caret, columns - width(label))
					: field.value;
	const text = fit(`${label}${value}`, columns);
	return isFocused ? paint.accent(text) : text;
};

/** Between words where it is a sentence, and as far to the right as it begins. */
const indented = (text: string, columns: number): string[] => {
	const [indent = ''] = /^ */.exec(text) ?? [];
	return wrapWords(text.slice(indent.length), columns - indent.length).map((row) => indent + row);
};

/** What changes the field the cursor is on, besides typing. */
const fieldKeys = (field: Field | undefined): string => {
	if (field?.kind === 'choice') return ' ← → change ·';
	if (field?.kind === 'toggle') return ' Space change ·';
	return field?.history?.length ? ' Ctrl+P fill in ·' : '';
};

export const questionCard = (state: State, columns: number, most: number): Card | undefined => {
	const { overlay } = state;
	if (overlay?.type !== 'question') return undefined;
	const { question, field, top } = overlay;
	const line = questionLine(state);
	const labels = labelWidth(question.fields, columns);
	const end = [
		...(question.hint === undefined || most < 16
			? []
			: ['', ...wrapWords(question.hint, columns).map((row) => paint.dim(fit(row, columns)))]),
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
	const body = question.body.flatMap((text) => indented(text, columns));
	// The one with the cursor is always among them, and some of what it is about.
	const kept = body.length ? Math.min(body.length, Math.max(1, Math.floor(most / 3))) + 1 : 0;
	const count = Math.max(1, Math.min(question.fields.length, most - end.length - kept));
	const from = Math.max(0, Math.min(question.fields.length - count, field - Math.floor(count / 2)));
	const fields = question.fields
		.slice(from, from + count)
		.map((each, index) =>
			fieldLine(
				each,
				from + index === field ? (overlay.caret ?? String(each.value).length) : undefined,
				columns,
				labels,
			),
		);
	const below = [...fields, ...end];
	const which = count < question.fields.length ? ` ${field + 1}/${question.fields.length} ↓ ·` : '';
	const room = Math.max(1, most - below.length - 1);
	const isLong = body.length > room;
	const start = Math.min(top, Math.max(0, body.length - room));
	const shown = body.slice(start, start + room).map((text) => fit(text, columns));
	const more = isLong ? ` ${start + shown.length}/${body.length} PgDn ·` : '';
	return {
		title: question.title,
		lines: [...shown, ...(shown.length && question.fields.length ? [''] : []), ...below],
		bottom:
			question.yes === ''
				? ' Enter closes '
				: `${more}${which}${fieldKeys(question.fields[field])} Enter ${question.yes} · Esc cancel `,
		isDestructive: question.isDestructive,
		end: Math.max(0, body.length - room),
	};
};
