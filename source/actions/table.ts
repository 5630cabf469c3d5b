// THE table of verbs, and the few questions asked of it.

import { isTooSmall } from '../model/layout.ts';
import { logId } from '../model/log/log.ts';
import { markedRows, selectedRow } from '../model/rows.ts';
import type { State } from '../model/state.ts';
import { tabOf } from '../model/tabs.ts';
import { frontTab } from '../model/terminals.ts';
import { shortId } from '../model/words.ts';
import { type Action, type AnyVerb, type Item, isVerb, type Scope } from './action.ts';
import { buildDoors } from './build-doors.ts';
import { buildMoves } from './build-moves.ts';
import { commitVerb } from './commit.ts';
import { containerVerbs } from './containers.ts';
import { imageDoors } from './image-doors.ts';
import { imageVerbs } from './images.ts';
import { listingMoves } from './listing-moves.ts';
import { logMoves } from './log/moves.ts';
import { moves } from './moves.ts';
import { overlayMoves } from './overlays.ts';
import { portVerbs } from './ports.ts';
import { pruneVerbs } from './prunes.ts';
import { recreateVerb, runDoor } from './run-door.ts';
import { systemMoves, systemVerbs } from './system.ts';
import { terminalMoves } from './terminal-moves.ts';
import { terminalVerbs } from './terminal-verbs.ts';
import { transferMoves } from './transfer-moves.ts';

export const actions: readonly Action[] = [
	...containerVerbs,
	commitVerb,
	recreateVerb,
	...terminalVerbs,
	...imageVerbs,
	...portVerbs,
	...terminalMoves,
	...buildMoves,
	...transferMoves,
	...logMoves,
	...buildDoors,
	runDoor,
	...imageDoors,
	...systemMoves,
	...systemVerbs,
	...pruneVerbs,
	...moves,
	...listingMoves,
	...overlayMoves,
];

export const actionById = (id: string): Action | undefined => actions.find((action) => action.id === id);

/** The only notion of mode: where keys are looked for, the first match wins. */
export const scopes = (state: State): readonly Scope[] => {
	// Nothing is drawn: nothing may be done unseen.
	if (isTooSmall(state)) return [state.terminals.isInside ? 'inside' : 'small'];
	if (state.overlay?.type === 'listing') {
		const listing = state.overlay.listings.at(-1);
		return listing ? [listing.kind, 'listing'] : ['listing'];
	}
	if (state.overlay) return [state.overlay.type];
	if (state.connection.status === 'unavailable') return ['unavailable'];
	const { isInside } = state.terminals;
	if (state.isDetailFocused && state.beside === 'terminals') {
		const isLive = frontTab(state.terminals)?.status !== 'ended';
		if (!isInside) return ['terminal', 'app'];
		// Who was typing when it ended did not mean to command anything.
		return [isLive ? 'inside' : 'terminal'];
	}
	if (state.isDetailFocused && state.beside === 'builds') return ['build', 'app'];
	if (state.isDetailFocused && state.beside === 'transfers') return ['transfer', 'app'];
	if (state.isDetailFocused && tabOf(state) === 'Logs' && logId(state) !== undefined) return ['log', 'app'];
	const kind = ({ containers: 'container', images: 'image', ports: 'port' } as const)[state.pane];
	return [kind, 'list', 'app'];
};

export const isAvailable = (action: Action, state: State): boolean =>
	isAllowed(action, state) && (isVerb(action) || action.when?.(state) !== false);

/** Read-only mode has no row that changes anything. */
export const isAllowed = (action: Action, { isReadOnly }: State): boolean =>
	!(isReadOnly && action.isChanging);

/** What an action would be done to: all marked rows, else the selected one. */
export const targets = (state: State): readonly Item[] => {
	const marked = markedRows(state);
	return marked.length ? marked : [selectedRow(state) ?? []].flat();
};

/** Why a verb cannot be done to an item now; undefined if it can. */
export const refusal = (verb: AnyVerb, item: Item, state: State): string | undefined => {
	const busy = state.busy.get(item.id);
	if (verb.isChanging && busy !== undefined) return `${nameOf(item)} is ${busy} Wait until that is done.`;
	return verb.whyNot?.(item, state);
};

/** Why a verb cannot be done to anything it is pointed at now; undefined if it can be done to one at least. */
export const refusalOfAll = (verb: AnyVerb, state: State): string | undefined => {
	if (verb.isChanging && state.connection.status !== 'connected')
		return 'The engine does not answer; nothing was done.';
	if (verb.on === 'none') return undefined;
	const items = targets(state);
	if (items.length === 0) return 'There is nothing here to do that to.';
	const reasons = items.map((item) => refusal(verb, item, state));
	return reasons.includes(undefined) ? undefined : reasons[0];
};

export const nameOf = (item: Item): string => {
	if (item.kind === 'container') return item.name;
	if (item.kind === 'port') return `${item.containerName}:${item.containerPort}/${item.protocol}`;
	return item.reference ?? shortId(item.imageId);
};

/**
 * The row a key stands for now. Several rows may share a key (start and stop): the first that nothing speaks against,
 * else the first, so that its reason is told.
 */
export const actionFor = (key: string, state: State): Action | undefined => {
	for (const scope of scopes(state)) {
		const rows = actions.filter(
			(action) => action.scope === scope && action.keys.includes(key) && isAvailable(action, state),
		);
		const fitting = rows.find((action) => !isVerb(action) || refusalOfAll(action, state) === undefined);
		const row = fitting ?? rows[0];
		if (row) return row;
	}
	return undefined;
};
