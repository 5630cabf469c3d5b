// The Config tab: what a container or an image was made with, readable first, then all the engine knows, raw.
import type { ContainerDetail } from '../../model/items.ts';
import type { ImageRow } from '../../model/row.ts';
import { selectedContainer, selectedRow } from '../../model/rows.ts';
import type { State } from '../../model/state.ts';
import { fit, wrap } from '../../model/text.ts';
import { shortId, size, status } from '../../model/words.ts';
import { paint } from '../paint.ts';

type Tree = Readonly<Record<string, unknown>>;
type Entry = readonly [label: string, values: readonly string[]];

const branch = (tree: Tree | undefined, name: string): Tree => {
	const value = tree?.[name];
	return typeof value === 'object' && value !== null ? (value as Tree) : {};
};
const words = (value: unknown): string =>
	Array.isArray(value) ? value.join(' ') : value === null || value === undefined ? '' : String(value);
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const pairs = (tree: Tree): string[] => Object.entries(tree).map(([key, value]) => `${key}=${words(value)}`);

/** What `docker run` was told, from the `Config` of a container or an image. */
const configEntries = (config: Tree): Entry[] => [
	['Command', [words(config.Cmd)]],
	['Entrypoint', [words(config.Entrypoint)]],
	['Folder', [words(config.WorkingDir)]],
	['User', [words(config.User)]],
	['Exposes', Object.keys(branch(config, 'ExposedPorts'))],
	['Environment', list(config.Env)],
	['Labels', pairs(branch(config, 'Labels'))],
];

const containerEntries = (state: State, detail: ContainerDetail): Entry[] => {
	const container = state.containers.get(detail.id);
	const host = branch(detail.raw, 'HostConfig');
	const networks = branch(branch(detail.raw, 'NetworkSettings'), 'Networks');
	return [
		['Name', [container?.name ?? '']],
		['Id', [detail.id]],
		['Image', [container?.image ?? '', container?.imageId ?? '']],
		['Status', [container ? status(container, detail, state.now) : '']],
		['Error', [detail.error]],
		['Restart', [words(branch(host, 'RestartPolicy').Name)]],
		[
			'Networks',
			Object.entries(networks).map(([name, network]) => `${name}  ${words((network as Tree)?.IPAddress)}`),
		],
		[
			'Ports',
			container?.ports.map(({ address, hostPort, containerPort, protocol }) =>
				hostPort === undefined
					? `${containerPort}/${protocol} exposed, not published`
					: `${address}:${hostPort} → ${containerPort}/${protocol}`,
			) ?? [],
		],
		[
			'Mounts',
			detail.mounts.map(
				({ type, source, target, isReadOnly }) =>
					`${type}  ${source} → ${target}${isReadOnly ? '  read-only' : ''}`,
			),
		],
		['Logs by', [detail.logDriver]],
		...configEntries(branch(detail.raw, 'Config')),
	];
};

const imageEntries = (row: ImageRow, raw: Tree): Entry[] => [
	['Reference', [row.reference ?? '']],
	['Id', [row.imageId]],
	['Digests', list(raw.RepoDigests)],
	['Tags', list(raw.RepoTags)],
	['Size', [size(row.size)]],
	['Platform', [`${words(raw.Os)}/${words(raw.Architecture)}`]],
	['Created', [words(raw.Created)]],
	['Used by', row.usedBy],
	['Layers', list(branch(raw, 'RootFS').Layers).map(shortId)],
	...configEntries(branch(raw, 'Config')),
];

const labelWidth = 13;

const entryLines = (entries: readonly Entry[], columns: number): string[] =>
	entries.flatMap(([label, values]) =>
		values
			.filter((value) => value !== '')
			.flatMap((value) => wrap(value, columns - labelWidth))
			.map(
				(line, index) =>
					`${paint.strong(fit(index === 0 ? label : '', labelWidth))}${fit(line, columns - labelWidth)}`,
			),
	);

const rawLines = (raw: Tree, columns: number): string[] =>
	JSON.stringify(raw, null, 2)
		.split('\n')
		.flatMap((line) => wrap(line, columns))
		.map((line) => paint.dim(fit(line, columns)));

/** An answer never changes, but it is drawn again with every frame while it is scrolled: drawn once per width. */
const drawn = new WeakMap<Tree, { columns: number; lines: string[] }>();

const rawOnce = (raw: Tree, columns: number): string[] => {
	const known = drawn.get(raw);
	if (known?.columns === columns) return known.lines;
	const lines = rawLines(raw, columns);
	drawn.set(raw, { columns, lines });
	return lines;
};

export const configLines = (state: State, columns: number): string[] => {
	const container = selectedContainer(state);
	const row = selectedRow(state);
	const detail = container && state.known.containers.get(container.id);
	const image = row?.kind === 'image' ? state.known.images.get(row.imageId) : undefined;
	const raw = detail?.raw ?? image?.raw;
	if (!raw) return [paint.dim(fit('Reading…', columns))];
	const entries = detail
		? containerEntries(state, detail)
		: row?.kind === 'image'
			? imageEntries(row, raw)
			: [];
	return [
		...entryLines(entries, columns),
		' '.repeat(columns),
		paint.strong(fit('docker inspect', columns)),
		...rawOnce(raw, columns),
	];
};
