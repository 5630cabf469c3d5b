// The only place where the state changes: one event in, the next state out, and the cursor always on a row.
import type { Event } from './event.ts';
import { layoutOf, listHeight, roomFor } from './layout.ts';
import { isRowOfPort } from './port-rows.ts';
import type { Row } from './row.ts';
import { countOf, indexOfRow, rowById, rowsOf } from './rows.ts';
import { type Pane, type PaneName, paneNames, type State } from './state.ts';
import { updateActions } from './update/actions.ts';
import { updateBuilds } from './update/builds.ts';
import { updateKnowledge } from './update/knowledge.ts';
import { updateLists } from './update/lists.ts';
import { settledLogView, updateLogView, withoutLostLog } from './update/log-view.ts';
import { updateLogs } from './update/logs.ts';
import { updateOverlay } from './update/overlays.ts';
import { updatePerson } from './update/person.ts';
import { updatePorts, withoutOldChecks, withoutProxies } from './update/ports.ts';
import { updateTerminals } from './update/terminals.ts';
import { updateTransfers } from './update/transfers.ts';

/** Milliseconds a notice stays on the line below the panes; longer when an action failed. */
const noticeTime = 8000;
const failureTime = 30_000;

const ticked = (state: State, now: number): State => {
	const { notice, ...rest } = state;
	const time = notice?.tone === 'bad' && notice.line !== undefined ? failureTime : noticeTime;
	const isOver = notice && notice.tone !== 'pending' && now - notice.at > time;
	return isOver ? { ...rest, now } : { ...state, now };
};

const reduce = (state: State, event: Event): State => {
	switch (event.type) {
		case 'ticked':
			return ticked(state, event.now);
		case 'connecting':
		case 'unavailable':
		case 'connected':
		case 'lost':
		case 'listed':
		case 'reread':
		case 'images-listed':
			return withoutOldChecks(state, withoutProxies(state, updateLists(state, event), event));
		case 'sampled':
		case 'log-opened':
		case 'log-joined':
		case 'logged':
		case 'log-ended':
		case 'log-older':
		case 'log-newer':
		case 'inspected':
		case 'image-inspected':
		case 'processes-read':
		case 'changes-read':
		case 'follow-failed':
			return updateKnowledge(state, event);
		case 'ports-planned':
		case 'drivers-read':
		case 'listeners-read':
		case 'port-checked':
		case 'checking-switched':
			return updatePorts(state, event);
		case 'log-scope-chosen':
		case 'log-range-chosen':
		case 'log-older-wanted':
		case 'log-newer-wanted':
		case 'log-newest-wanted':
		case 'log-quest':
			return updateLogs(state, event);
		case 'log-viewed':
		case 'log-sought':
		case 'log-followed':
		case 'log-selected':
			return updateLogView(state, event);
		case 'resized':
		case 'moved':
		case 'pane-focused':
		case 'selected':
		case 'awaited':
		case 'detail-focused':
		case 'zoomed':
		case 'tab-chosen':
		case 'filtered':
		case 'sorted':
		case 'marked':
		case 'stopped-shown':
			return updatePerson(state, event);
		case 'preparing':
		case 'asked':
		case 'revised':
		case 'field-focused':
		case 'field-changed':
		case 'caret-moved':
		case 'refused':
		case 'opened':
		case 'listing-opened':
		case 'listing-changed':
		case 'palette-typed':
		case 'overlay-moved':
		case 'drawn':
		case 'closed':
			return updateOverlay(state, event);
		case 'began':
		case 'finished':
		case 'command-given':
		case 'noticed':
		case 'notice-read':
			return updateActions(state, event);
		case 'terminal-opened':
		case 'terminal-connected':
		case 'terminal-printed':
		case 'terminal-ending':
		case 'terminal-ended':
		case 'terminal-closed':
		case 'terminal-fronted':
		case 'terminal-entered':
		case 'terminal-left':
		case 'terminals-hidden':
		case 'terminal-enlarged':
		case 'terminal-read':
		case 'terminal-searched':
			return updateTerminals(state, event);
		case 'build-started':
		case 'build-changed':
		case 'build-closed':
		case 'build-fronted':
		case 'builds-hidden':
		case 'step-chosen':
		case 'step-opened':
			return updateBuilds(state, event);
		case 'transfer-started':
		case 'transfer-changed':
		case 'transfer-closed':
		case 'transfer-fronted':
		case 'transfer-scrolled':
		case 'transfers-hidden':
			return updateTransfers(state, event);
	}
};

const isRowOf = (row: Row, id: string): boolean =>
	row.id === id ||
	(row.kind === 'image' && row.imageId === id) ||
	(row.kind === 'port' && row.use !== 'exposed' && isRowOfPort(row, id));

/** How much of the screen each list has use for. */
const withRooms = (state: State): State => {
	let { panes } = state;
	for (const name of paneNames) {
		const room = roomFor(countOf(state, name), panes[name].room);
		if (room !== panes[name].room) panes = { ...panes, [name]: { ...panes[name], room } };
	}
	return panes === state.panes ? state : { ...state, panes };
};

/**
 * The cursor stays on its row by id. When that row is gone it goes to the one that took its place, and the window of rows
 * on screen moves only as far as it must.
 */
const settledPane = (before: State, after: State, name: PaneName): Pane => {
	const pane = after.panes[name];
	const rows = rowsOf(after, name);
	const height = listHeight(layoutOf(after), name);
	const { awaited: wanted } = pane;
	const come = wanted === undefined ? -1 : rows.findIndex((row) => isRowOf(row, wanted));
	let index = come < 0 ? indexOfRow(rows, pane.selected) : come;
	if (index < 0) {
		const past = indexOfRow(rowsOf(before, name), before.panes[name].selected);
		index = Math.min(Math.max(past, 0), rows.length - 1);
	}
	const last = Math.max(0, rows.length - height);
	const top = Math.max(0, Math.min(pane.top, index, last), index - height + 1);
	const selected = rows[index]?.id;
	if (selected === pane.selected && top === pane.top && come < 0) return pane;
	const { selected: _, awaited, ...others } = pane;
	const rest = { ...others, ...(come < 0 && awaited !== undefined ? { awaited } : {}) };
	return selected === undefined ? { ...rest, top } : { ...rest, top, selected };
};

/** A mark goes with its row. A row that the filter hides keeps it. */
const stillThere = (state: State): State['marked'] => {
	if (state.marked.size === 0) return state.marked;
	const ids = new Set([...state.marked].filter((id) => rowById(state, state.pane, id)));
	return ids.size === state.marked.size ? state.marked : ids;
};

const settled = (before: State, after: State): State => {
	const isSame =
		before.containers === after.containers &&
		before.images === after.images &&
		before.ports === after.ports &&
		before.panes === after.panes &&
		before.columns === after.columns &&
		before.rows === after.rows &&
		before.showsStopped === after.showsStopped &&
		before.pane === after.pane &&
		before.isDetailFocused === after.isDetailFocused &&
		before.isZoomed === after.isZoomed &&
		before.terminals === after.terminals &&
		before.beside === after.beside;
	if (isSame) return after;
	const marked = stillThere(after);
	const roomed = withRooms(after);
	let { panes } = roomed;
	for (const name of paneNames) {
		const pane = settledPane(before, roomed, name);
		if (pane !== panes[name]) panes = { ...panes, [name]: pane };
	}
	return panes === after.panes && marked === after.marked ? after : { ...after, panes, marked };
};

export const update = (state: State, event: Event): State => {
	const next = settled(state, settledLogView(state, reduce(state, event)));
	if (state.containers === next.containers) return next;
	return withoutLostLog(state, next, 'at' in event ? event.at : next.now);
};
