// The rows of the three lists, derived from what the engine told: filtered, sorted, and computed once per change.
import { type Container, type Image, isUp } from './items.ts';
import type { Kind } from './kinds/kind.ts';
import { kinds } from './kinds.ts';
import { portRowById, portRows } from './port-rows.ts';
import { remember } from './remember.ts';
import type { ImageRow, PortRow, Row, RowOf } from './row.ts';
import type { PaneName, State } from './state.ts';

export const splitReference = (reference: string): { repository: string; tag: string } => {
	const colon = reference.lastIndexOf(':');
	return colon > reference.lastIndexOf('/')
		? { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) }
		: { repository: reference, tag: '<none>' };
};

const usersByImage = remember((containers: State['containers']) => {
	const users = new Map<string, string[]>();
	for (const container of containers.values()) {
		const names = users.get(container.imageId);
		if (names) names.push(container.name);
		else users.set(container.imageId, [container.name]);
	}
	return users;
});

const imageRows = remember(
	(images: State['images'], containers: State['containers']): readonly ImageRow[] => {
		const users = usersByImage(containers);
		return [...images.values()].flatMap((image: Image) => {
			const common = {
				kind: 'image' as const,
				imageId: image.id,
				size: image.size,
				createdAt: image.createdAt,
				references: image.references.length,
				usedBy: users.get(image.id) ?? [],
			};
			if (image.references.length === 0) {
				const repository = image.digests[0]?.split('@')[0] ?? '<none>';
				return [{ ...common, id: image.id, repository, tag: '<none>' }];
			}
			return image.references.map((reference) => ({
				...common,
				id: reference,
				reference,
				...splitReference(reference),
			}));
		});
	},
);

const shownContainers = remember(
	(containers: State['containers'], showsStopped: boolean): readonly Container[] => {
		const all = [...containers.values()];
		return showsStopped ? all : all.filter(isUp);
	},
);

/** What the words of a row are derived from beside it. Without a filter they are of no interest. */
type About = readonly [containers?: State['containers'], ports?: State['ports']];

const filtered = <Item extends Row>(pane: PaneName) =>
	remember((rows: readonly Item[], filter: string, sort: string, ...[containers, ports]: About) => {
		const kind = kinds[pane] as Kind<Row>;
		const words = filter.toLowerCase().split(' ').filter(Boolean);
		const kept =
			words.length && containers && ports
				? rows.filter((row) => {
						const text = kind.searchText(row, { containers, ports }).toLowerCase();
						return words.every((word) => text.includes(word) || kind.isFound?.(row, word));
					})
				: rows;
		const order = (kind.sorts.find(({ id }) => id === sort) ?? kind.sorts[0])?.compare;
		return order ? kept.toSorted(order as (a: Row, b: Row) => number) : kept;
	});

const lists = {
	containers: filtered<Container>('containers'),
	images: filtered<ImageRow>('images'),
	ports: filtered<PortRow>('ports'),
};

/** The rows of a pane in the order they are shown. Calling it again for the same state costs nothing. */
export const rowsOf = <Name extends PaneName>(state: State, pane: Name): readonly RowOf[Name][] => {
	const { filter, sort } = state.panes[pane];
	const about: About = filter === '' ? [] : [state.containers, state.ports];
	const sources = {
		containers: () =>
			lists.containers(shownContainers(state.containers, state.showsStopped), filter, sort, ...about),
		images: () => lists.images(imageRows(state.images, state.containers), filter, sort, ...about),
		ports: () => lists.ports(portRows(state), filter, sort, ...about),
	};
	return sources[pane]() as readonly RowOf[Name][];
};

const indexes = new WeakMap<readonly Row[], ReadonlyMap<string, number>>();

/** Where a row stands among these, or -1: looked up once for each list, for a cursor that moves among thousands. */
export const indexOfRow = (rows: readonly Row[], id: string | undefined): number => {
	if (id === undefined) return -1;
	let places = indexes.get(rows);
	if (!places) {
		places = new Map(rows.map((row, index) => [row.id, index]));
		indexes.set(rows, places);
	}
	return places.get(id) ?? -1;
};

/** How many rows there would be without the filter. */
export const countOf = (state: State, pane: PaneName): number =>
	({
		containers: () => shownContainers(state.containers, state.showsStopped).length,
		images: () => imageRows(state.images, state.containers).length,
		ports: () => portRows(state).length,
	})[pane]();

/** Also one that the filter hides. */
export const rowById = (state: State, pane: PaneName, id: string): Row | undefined => {
	if (pane === 'containers') return state.containers.get(id);
	if (pane === 'ports') return portRowById(state, id);
	return imageRows(state.images, state.containers).find((row) => row.id === id);
};

/** Marked rows that are shown: what is hidden by a filter is not acted on. */
export const markedRows = (state: State): readonly Row[] =>
	state.marked.size === 0 ? [] : rowsOf(state, state.pane).filter(({ id }) => state.marked.has(id));

/** The row the cursor is on, in the list pane that is or was focused. */
export const selectedRow = (state: State): Row | undefined => {
	const { selected } = state.panes[state.pane];
	return selected === undefined ? undefined : rowById(state, state.pane, selected);
};

/** The container the details show: the selected one, or the one a selected port belongs to. */
export const selectedContainer = (state: State): Container | undefined => {
	const row = selectedRow(state);
	if (row?.kind === 'container') return row;
	return row?.kind === 'port' ? state.containers.get(row.containerId) : undefined;
};
