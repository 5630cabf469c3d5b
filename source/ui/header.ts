// The first line: which engine, what it has, and what its containers use.
import { isUnderWay } from '../model/builds.ts';
import { isUp } from '../model/items.ts';
import { remember } from '../model/remember.ts';
import type { State } from '../model/state.ts';
import { fit, paintedWidth, shorten, width } from '../model/text.ts';
import { isMoving } from '../model/transfers.ts';
import { memory, percent, plural, size } from '../model/words.ts';
import { paint } from './paint.ts';
import { spinner } from './spinner.ts';

/** The longest wording first; what does not fit is left out whole. */
const engineTexts = ({ connection, now }: State): string[] => {
	if (connection.status === 'connecting') return [`${spinner(now)} looking for an engine`];
	if (connection.status === 'unavailable') return [paint.bad('✕ no engine')];
	const { endpoint, info } = connection;
	const name = (columns: number) =>
		info.flavour === 'demo' ? paint.demo(' DEMO ') : shorten(endpoint.name, columns, 'middle');
	const title = shorten(info.title, 24);
	if (connection.status === 'connected')
		return [`${paint.good('●')} ${name(24)} · ${title}`, `${paint.good('●')} ${name(16)}`];
	const lost = `${paint.bad('✕')} ${name(16)} ${paint.bad('does not answer')}`;
	return [`${paint.bad('✕')} ${name(24)} · ${title} ${paint.bad('does not answer')}`, lost];
};

const running = remember((containers: State['containers']): number => {
	let count = 0;
	for (const container of containers.values()) if (isUp(container)) count++;
	return count;
});

const countTexts = ({ containers, images }: State): string[] => {
	const up = running(containers);
	const down = containers.size - up;
	const counts = `${up} running · ${down} stopped · ${plural(images.size, 'image')}`;
	return [`${counts}${moreText(containers, images)}`, counts, `${up} up · ${down} down`, ''];
};

/** Layers that images share are counted with each of them, hence `≤`. */
const moreText = remember((containers: State['containers'], images: State['images']): string => {
	const published = new Set<string>();
	for (const { ports } of containers.values()) {
		for (const { hostPort, protocol } of ports)
			if (hostPort !== undefined) published.add(`${hostPort}/${protocol}`);
	}
	let bytes = 0;
	for (const image of images.values()) bytes += image.size;
	return `${bytes > 0 ? ` ≤${size(bytes)}` : ''} · ${plural(published.size, 'port')}`;
});

/** Sums over the containers whose stats are followed; `≥` where that is not all that run. */
const useText = ({ containers, known, connection }: State): string => {
	if (connection.status !== 'connected') return '';
	let cpu = 0;
	let used = 0;
	let followed = 0;
	for (const [id, samples] of known.samples) {
		const is = containers.get(id)?.state;
		const sample = samples.at(-1);
		if (!sample || !known.followed.has(id) || (is !== 'running' && is !== 'paused')) continue;
		followed++;
		cpu += is === 'running' ? (sample.cpu ?? 0) : 0;
		used += sample.memory;
	}
	const isWhole = followed >= running(containers);
	const least = isWhole ? '' : '≥';
	return `CPU ${least}${percent(cpu)}  MEM ${least}${memory(used)} / ${memory(connection.info.memory)}`;
};

/** What is open and may be out of sight, with the key that leads to it. */
const besideText = ({ terminals, builds, transfers }: State): string => {
	const running = builds.list.filter(isUnderWay).length;
	const isAnyMoving = transfers.list.some(isMoving);
	const texts = [
		...(terminals.tabs.length ? [`5 Terminals ${terminals.tabs.length}`] : []),
		...(builds.list.length ? [`6 Builds ${builds.list.length}${running ? ' …' : ''}`] : []),
		...(transfers.list.length ? [`7 Transfers ${transfers.list.length}${isAnyMoving ? ' …' : ''}`] : []),
	];
	return texts.length ? `  ${paint.accent(texts.join(' · '))}` : '';
};

export const headerLine = (state: State): string => {
	const start = ` ${paint.strong('portside')}  `;
	const readOnly = state.isReadOnly ? paint.busy(' read-only') : '';
	const beside = besideText(state);
	const engines = engineTexts(state).map((engine) => `${start}${engine}${readOnly}`);
	// What is open beside the lists is the last to give way.
	const lefts = [...engines.map((engine) => `${engine}${beside}`), ...engines];
	const left = lefts.find((text) => paintedWidth(text) <= state.columns) ?? lefts.at(-1) ?? '';
	const room = state.columns - paintedWidth(left);
	const counts = state.isListed ? countTexts(state) : [''];
	const use = useText(state);
	// First the totals give way, then the sizes, then the counts.
	const ends = [
		...counts.slice(0, 3).map((middle) => [middle, use] as const),
		...counts.map((middle) => [middle, ''] as const),
	];
	for (const [middle, end] of ends) {
		const taken = 3 + width(middle) + (end === '' ? 1 : 4) + width(end);
		if (taken <= room)
			return `${left}   ${paint.dim(middle)}${fit(`${end} `, room - 3 - width(middle), 'right')}`;
	}
	return left;
};
