// From a key to its consequences: find the row, refuse with the reason, ask, run, and say how it went.
import type { Engine } from '../engine/contract.ts';
import { told } from '../engine/error.ts';
import { type Answers, answersOf } from '../model/question.ts';
import { rowById } from '../model/rows.ts';
import type { State } from '../model/state.ts';
import { type Action, type AnyVerb, type Context, type Item, isVerb, type MoveContext } from './action.ts';
import { keyLabel } from './key-label.ts';
import { offered } from './palette.ts';
import { actionById, actionFor, nameOf, refusal, refusalOfAll, scopes, targets } from './table.ts';
import { pasted, typed } from './typing.ts';

/** So many engine calls of one action at once. */
const atOnce = 8;

/** Everything `perform` needs; the engine comes and goes. */
export type Given = Omit<Context, 'engine'> & { readonly engine: () => Engine | undefined };

/** What a verb that needs no item is run on. */
const nothing = { id: '' } as Item;

type Outcome = { readonly item: Item; readonly told?: string | undefined; readonly failure?: string };

const runEach = async (
	verb: AnyVerb,
	items: readonly Item[],
	answers: Answers,
	context: Context,
): Promise<Outcome[]> => {
	const outcomes: Outcome[] = [];
	const waiting = verb.on === 'all' ? items.slice(0, 1) : [...items];
	const work = async () => {
		for (let item = waiting.shift(); item; item = waiting.shift()) {
			try {
				outcomes.push({ item, told: await verb.run(item, answers, context, items) });
			} catch (error) {
				outcomes.push({ item, failure: told(error) });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
	return outcomes;
};

const summary = (verb: AnyVerb, outcomes: readonly Outcome[], took: number): string => {
	const good = outcomes.filter(({ failure }) => failure === undefined);
	const bad = outcomes.filter(({ failure }) => failure !== undefined);
	const told = good.flatMap(({ told }) => told ?? []).join(', ');
	const names = verb.on !== 'each' ? '' : ` ${good.map(({ item }) => nameOf(item)).join(', ')}`;
	const did = good.length ? `${verb.done}${names}${told ? ` ${told}` : ''}`.trim() : '';
	const failed = bad.map(({ item, failure }) =>
		outcomes.length > 1 ? `${nameOf(item)}: ${failure}` : failure,
	);
	const time = verb.isChanging ? ` · ${(took / 1000).toFixed(1)} s` : '';
	return [did && `${did}${time}`, ...failed].filter(Boolean).join(' — ');
};

let sequence = 0;

/** Writes a docker line that goes on for a while into the journal; what it returns writes how it ended. */
export const recorded = ({ send, host }: Pick<Given, 'send' | 'host'>, line: string, doing: string) => {
	sequence++;
	const began = { sequence, ids: [], at: host.now() };
	send({ type: 'began', ...began, line, doing });
	return (outcome: 'done' | 'failed', message: string): void =>
		send({ type: 'finished', ...began, outcome, message, at: host.now() });
};

/** Runs a verb on items, marks them busy meanwhile, and tells the outcome. Never rejects. */
const run = async (verb: AnyVerb, items: readonly Item[], answers: Answers, given: Given) => {
	const { send, host } = given;
	const engine = given.engine();
	if (!engine)
		return send({
			type: 'noticed',
			text: 'The engine does not answer; nothing was done.',
			tone: 'bad',
			at: host.now(),
		});
	sequence++;
	const began = { sequence, ids: verb.isChanging ? items.map(({ id }) => id) : [], at: host.now() };
	send({ type: 'began', ...began, line: verb.cli(items, answers), doing: verb.doing });
	// A verb that needs no item still runs once.
	const outcomes = await runEach(verb, verb.on === 'none' ? [nothing] : items, answers, { ...given, engine });
	const isGood = outcomes.every(({ failure }) => failure === undefined);
	const message = summary(verb, outcomes, host.now() - began.at);
	send({ type: 'finished', ...began, outcome: isGood ? 'done' : 'failed', message, at: host.now() });
	if (isGood) send({ type: 'marked', ids: items.map(({ id }) => id), isMarked: false });
};

let preparations = 0;

/**
 * What something is to be asked about is found out first. Undefined: the person changed their mind meanwhile, or it
 * failed, which was told.
 */
const prepared = async <Found>(
	{ id, title }: Pick<Action, 'id' | 'title'>,
	finding: Promise<Found>,
	{ send, state, host }: Given,
): Promise<{ readonly found: Found } | undefined> => {
	const token = ++preparations;
	const isOurs = () => {
		const { overlay } = state();
		return overlay?.type === 'preparing' && overlay.token === token;
	};
	send({ type: 'preparing', actionId: id, title, token, at: host.now() });
	try {
		const found = await finding;
		if (!isOurs()) return undefined;
		send({ type: 'closed' });
		return { found };
	} catch (error) {
		if (isOurs()) {
			send({ type: 'closed' });
			send({ type: 'noticed', text: told(error), tone: 'bad', at: host.now() });
		}
		return undefined;
	}
};

/** `leftOut`: why some of what was marked is not among the items. */
const ask = async (
	verb: AnyVerb,
	items: readonly Item[],
	leftOut: readonly string[],
	given: Given,
): Promise<void> => {
	const engine = given.engine();
	if (!verb.ask || !engine) return run(verb, items, {}, given);
	const answer = verb.ask(items, { ...given, engine });
	const ready = answer instanceof Promise ? await prepared(verb, answer, given) : { found: answer };
	if (!ready) return;
	const { found: question } = ready;
	if (question && 'instead' in question) {
		const other = actionById(question.instead);
		return other && isVerb(other) ? ask(other, items, leftOut, given) : undefined;
	}
	if (!question || 'answers' in question) return run(verb, items, question?.answers ?? {}, given);
	const body = [
		...question.body,
		...(leftOut.length ? ['', 'Left out:', ...leftOut.map((reason) => `  ${reason}`)] : []),
	];
	const itemIds = items.map(({ id }) => id);
	given.send({ type: 'asked', actionId: verb.id, itemIds, question: { ...question, body } });
};

const begin = (verb: AnyVerb, given: Given) => {
	const { send, state, host } = given;
	const reason = refusalOfAll(verb, state());
	if (reason !== undefined) return send({ type: 'noticed', text: reason, tone: 'bad', at: host.now() });
	const all = verb.on === 'none' ? [] : targets(state());
	const leftOut = all.flatMap((item) => refusal(verb, item, state()) ?? []);
	const items = all.filter((item) => refusal(verb, item, state()) === undefined);
	return ask(verb, items, leftOut, given);
};

/** The person said yes: the items are looked up again by id, because the world went on meanwhile. */
const confirm = (given: Given): void => {
	const { send, state } = given;
	const { overlay, pane } = state();
	const verb = overlay?.type === 'question' ? actionById(overlay.actionId) : undefined;
	if (overlay?.type !== 'question' || !verb) return;
	if (overlay.question.yes === '') return send({ type: 'closed' });
	const answers = answersOf(overlay.question);
	if (!isVerb(verb)) {
		const problem = verb.check?.(answers, overlay.question, moveContext(given));
		if (problem !== undefined) return send({ type: 'refused', problem });
		send({ type: 'closed' });
		return verb.run(moveContext(given), state(), answers, overlay.question.about);
	}
	const items = overlay.itemIds.flatMap((id) => rowById(state(), pane, id) ?? []);
	if (items.length === 0 && verb.on !== 'none') {
		return send({ type: 'refused', problem: 'It is gone already; there is nothing left to do. Esc closes.' });
	}
	const problem =
		verb.check?.(answers, items, state(), moveContext(given)) ??
		items.map((item) => refusal(verb, item, state())).find((reason) => reason !== undefined);
	if (problem !== undefined) return send({ type: 'refused', problem });
	send({ type: 'closed' });
	void run(verb, items, answers, given);
};

const moveContext = (given: Given): MoveContext => ({
	...given,
	confirm: () => confirm(given),
	perform: (other) => perform(other, given),
	performById: (id) => {
		const other = actionById(id);
		if (other) perform(other, given);
	},
	offered: () => offered(given.state()),
	ask: (action, question) =>
		void prepared(action, question, given).then((ready) => {
			if (ready) given.send({ type: 'asked', actionId: action.id, itemIds: [], question: ready.found });
		}),
});

export const perform = (action: Action, given: Given): void => {
	if (isVerb(action)) return void begin(action, given);
	const { send, state } = given;
	const question = action.ask?.(state());
	if (question) send({ type: 'asked', actionId: action.id, itemIds: [], question });
	else action.run(moveContext(given), state(), {});
};

/** Does what a key means now; a key that means nothing is typed where something is typed. */
export const press = (key: string, given: Given): void => {
	const state: State = given.state();
	const action = actionFor(key, state);
	if (action) perform(action, given);
	else unknown(key, state, given);
	revise(state, given);
	forget(state, given);
};

/** What was only remarked is read by the time the next key does something. */
const forget = (before: State, { state, send }: Given): void => {
	const after = state();
	if (before.notice?.tone === 'plain' && after.notice === before.notice && after !== before)
		send({ type: 'notice-read' });
};

/** What is pasted is typed where something is typed. */
export const paste = (text: string, given: Given): void => {
	const before = given.state();
	pasted(text, given);
	revise(before, given);
};

/** A question may ask for something else once something of it is filled in. */
const revise = (before: State, given: Given): void => {
	const { overlay } = given.state();
	if (overlay?.type !== 'question' || before.overlay?.type !== 'question') return;
	if (overlay.actionId !== before.overlay.actionId) return;
	// A refusal fills nothing in.
	if (overlay.question.fields === before.overlay.question.fields) return;
	const action = actionById(overlay.actionId);
	action?.revise?.(moveContext(given), overlay.question);
};

const unknown = (key: string, state: State, given: Given): void => {
	// Typed so fast behind the key that leads into a terminal that both were read at once.
	if (scopes(state).includes('inside')) return given.terminals.typeKey(key);
	// Esc and a key right after it arrive as one: the Esc is done, the other could mean something else by now.
	if (key.startsWith('alt+')) return press('esc', given);
	if (state.isReadOnly && actionFor(key, { ...state, isReadOnly: false })) {
		const text = 'Portside was started with --read-only: it looks, but changes nothing.';
		return given.send({ type: 'noticed', text, tone: 'bad', at: given.host.now() });
	}
	const [here] = scopes(state);
	const isBeside = here === 'terminal' || here === 'build' || here === 'transfer' || here === 'log';
	if (isBeside && actionFor(key, { ...state, isDetailFocused: false })) {
		const text = `${keyLabel(key)} is a key of the lists: Esc leads to them.`;
		return given.send({ type: 'noticed', text, tone: 'plain', at: given.host.now() });
	}
	typed(key, given);
};
