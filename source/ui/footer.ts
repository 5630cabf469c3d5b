// The two lines below the panes: the docker line of the last or pending action with its outcome, and the keys that mean something now.
import { isVerb } from '../actions/action.ts';
import { keyLabel } from '../actions/key-label.ts';
import { actionById, actionFor, actions, isAvailable, refusalOfAll, scopes } from '../actions/table.ts';
import { frontBuild } from '../model/builds.ts';
import { logMembers } from '../model/log/log.ts';
import { answersOf } from '../model/question.ts';
import { rowById, selectedContainer, selectedRow } from '../model/rows.ts';
import type { Notice, State, TabName } from '../model/state.ts';
import { tabOf } from '../model/tabs.ts';
import { frontTab } from '../model/terminals.ts';
import { clean, fit, shorten, width, wrapWords } from '../model/text.ts';
import { frontTransfer } from '../model/transfers.ts';
import { shellWord, shortId } from '../model/words.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';

const tabLines: Record<Exclude<TabName, 'Logs'>, (name: string) => string> = {
	Stats: (name) => `docker stats ${name}`,
	Config: (name) => `docker inspect ${name}`,
	Top: (name) => `docker top ${name}`,
	Diff: (name) => `docker diff ${name}`,
};

/** Where docker has no one line for several, a line each. */
const logsLine = (state: State, name: string): string => {
	const { logScope, logRange, logView } = state;
	const moment = (at: string | number) => (typeof at === 'number' ? new Date(at).toISOString() : at);
	const options = [
		logRange?.until === undefined ? '-f' : `--until ${moment(logRange.until)}`,
		...(logRange?.since === undefined ? [] : [`--since ${moment(logRange.since)}`]),
		...(logView.times === 'off' ? [] : ['-t']),
	].join(' ');
	if (logScope?.kind === 'project') return `docker compose -p ${shellWord(logScope.name)} logs ${options}`;
	const names = logScope?.kind === 'marked' ? logMembers(state).map((one) => shellWord(one.name)) : [name];
	return names.map((one) => `docker logs ${options} ${one}`).join(' & ');
};

/** The docker line that shows what the details show. */
const lookLine = (state: State): string => {
	const terminal = state.beside === 'terminals' ? frontTab(state.terminals) : undefined;
	if (terminal) return terminal.line;
	const build = state.beside === 'builds' ? frontBuild(state.builds) : undefined;
	if (build) return build.line;
	const transfer = state.beside === 'transfers' ? frontTransfer(state.transfers) : undefined;
	if (transfer) return transfer.line;
	const row = selectedRow(state);
	if (row?.kind === 'image')
		return `docker image inspect ${shellWord(row.reference ?? shortId(row.imageId))}`;
	const container = selectedContainer(state);
	if (!container) return '';
	const tab = tabOf(state);
	const name = shellWord(container.name);
	return tab === 'Logs' ? logsLine(state, name) : tabLines[tab](name);
};

/** The docker line that prints the list. */
const listLine = (state: State): string => {
	const row = selectedRow(state);
	if (state.pane === 'containers') return state.showsStopped ? 'docker ps -a' : 'docker ps';
	if (row?.kind === 'port') return `docker port ${shellWord(row.containerName)}`;
	if (state.pane === 'ports') return 'docker ps';
	const { filter } = state.panes.images;
	// docker finds images by their whole name only, or by a pattern.
	return /^[\w./:-]+$/.test(filter) ? `docker images ${filter}` : 'docker images';
};

/** At rest: what prints the list, and what shows the details. */
const restLine = (state: State): string => {
	const { columns, isDetailFocused } = state;
	const shown = clean(lookLine(state));
	const [list, look] = [` $ ${clean(listLine(state))}`, `$ ${shown} `];
	if (shown === '') return fit(list, columns);
	if (isDetailFocused) return fit(` ${look}`, columns);
	const between = columns - width(list) - width(look);
	return between < 4 ? fit(list, columns) : `${list}${' '.repeat(between)}${look}`;
};

/** The docker line of the open question, as its fields stand. */
export const questionLine = (state: State): string => {
	const { overlay, pane } = state;
	const verb = overlay?.type === 'question' ? actionById(overlay.actionId) : undefined;
	if (overlay?.type !== 'question' || !verb) return '';
	if (!isVerb(verb)) return verb.line?.(answersOf(overlay.question), state) ?? '';
	return verb.cli(
		overlay.itemIds.flatMap((id) => rowById(state, pane, id) ?? []),
		answersOf(overlay.question),
	);
};

const outcomeSigns: Record<Notice['tone'], (now: number) => string> = {
	pending: (now) => paint.busy(spinner(now)),
	good: () => paint.good('✓'),
	bad: () => paint.bad('✕'),
	plain: () => ' ',
};

const lastLine = (state: State, notice: Notice): string => {
	const { columns, now } = state;
	const line = notice.line ? ` $ ${clean(notice.line)}` : '';
	// The outcome has the right of way; the docker line is cut.
	const text = shorten(notice.text, columns - 4);
	const left = fit(line, Math.max(0, columns - width(text) - 4));
	return `${left} ${outcomeSigns[notice.tone](now)} ${notice.tone === 'bad' ? paint.bad(text) : text} `;
};

/** Bad news too long for a line takes the hint line too, and of the docker line what is left. */
const badLines = (text: string, columns: number): [string, string] => {
	const words = wrapWords(text, columns - 4);
	const second = words.length > 2 ? shorten(words.slice(1).join(' '), columns - 4) : (words[1] ?? '');
	return [
		` ${paint.bad('✕')} ${paint.bad(fit(words[0] ?? '', columns - 3))}`,
		`   ${paint.bad(fit(second, columns - 3))}`,
	];
};

/** These lie over nothing: they are typed into an edge. */
const beside: readonly string[] = ['filter', 'search', 'log-search', 'log-filter'];

/** The two lines below the panes. */
export const footer = (state: State): { readonly action: string; readonly hints: string } => {
	const { notice, columns, connection, overlay } = state;
	const hints = hintLine(state);
	const bad = (text: string, line?: string) => {
		const whole = line ? `${text}  ($ ${line})` : text;
		const [action, second] = badLines(whole, columns);
		return { action, hints: width(clean(whole)) <= columns - 4 ? hints : second };
	};
	if (connection.status === 'unavailable') return { action: fit('', columns), hints };
	if (notice) {
		const isLong = notice.tone === 'bad' && width(clean(notice.text)) > columns - 4;
		return isLong ? bad(notice.text, notice.line) : { action: lastLine(state, notice), hints };
	}
	if (connection.status === 'lost') return bad(`${connection.reason} It is tried again by itself.`);
	// What lies over the panes shows its own docker line.
	const isCovered = overlay !== undefined && !beside.includes(overlay.type);
	return { action: isCovered ? fit('', columns) : paint.dim(restLine(state)), hints };
};

/** What the table calls the key that leads out of a terminal, whichever was chosen. */
const usualLeaveKey = 'ctrl+]';

/** These lead to all the others: they are the last to give way. */
const essential = ['list.filter', 'log.back', 'app.palette', 'app.help', 'app.quit'];

const hintLine = (state: State): string => {
	const seen = new Set<string>();
	const here = scopes(state);
	const hints: { readonly text: string; readonly painted: string; readonly isEssential: boolean }[] = [];
	for (const action of actions.filter(({ scope, hint }) => hint !== undefined && here.includes(scope))) {
		const [key = ''] = action.keys;
		if (seen.has(key) || !isAvailable(action, state)) continue;
		// Of several rows on one key, the one that fits now.
		const fitting = actionFor(key, state) ?? action;
		if (fitting.hint === undefined || (!isVerb(fitting) && fitting.isIdle?.(state))) continue;
		const isEssential = essential.includes(fitting.id);
		// Who reads a log is not about to build or pull.
		if (here[0] === 'log' && fitting.scope === 'app' && !isEssential) continue;
		seen.add(key);
		const label = keyLabel(key === usualLeaveKey ? state.leaveKey : key);
		const text = `${label} ${fitting.hint}`;
		const isRefused = isVerb(fitting) && refusalOfAll(fitting, state) !== undefined;
		const painted = isRefused ? paint.dim(text) : `${paint.accent(label)} ${fitting.hint}`;
		hints.push({ text, painted, isEssential });
	}
	const gap = '  ';
	const taken = () => hints.reduce((sum, { text }) => sum + width(text) + gap.length, 1 - gap.length);
	while (taken() > state.columns) {
		const last = hints.findLastIndex(({ isEssential }) => !isEssential);
		hints.splice(last < 0 ? hints.length - 1 : last, 1);
	}
	const line = hints.map(({ painted }) => painted).join(gap);
	return hints.length
		? ` ${line}${' '.repeat(Math.max(0, state.columns - taken()))}`
		: fit('', state.columns);
};
