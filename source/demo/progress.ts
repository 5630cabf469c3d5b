// The little progress lines of pull, push and build.

import { humanSize } from './words.ts';

export type LayerLine = {
	status: string;
	progressDetail: { current?: number; total?: number };
	progress?: string;
	id: string;
};

const bar = (current: number, total: number): string => {
	const done = Math.min(50, Math.floor((current / Math.max(1, total)) * 50));
	return `[${'='.repeat(done)}>${' '.repeat(50 - done)}]  ${humanSize(current)}/${humanSize(total)}`;
};

export const layerLine = (id: string, status: string, current?: number, total?: number): LayerLine =>
	current === undefined || total === undefined
		? { status, progressDetail: {}, id }
		: { status, progressDetail: { current, total }, progress: bar(current, total), id };

export const shortLayer = (layer: string): string => layer.replace('sha256:', '').slice(0, 12);
