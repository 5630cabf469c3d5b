// What becomes of the transfers: they come, change and go, and the person looks through their layers.
import type { TransferEvent } from '../event.ts';
import type { State } from '../state.ts';
import { transferView } from '../transfer-view.ts';
import type { Transfer, Transfers } from '../transfers.ts';
import { brought, emptied, hidden } from './beside.ts';

/** In front, with what moves in view. */
const fronted = ({ list }: Transfers, front: number): Transfers => ({ list, front });

const withTransfer = (list: readonly Transfer[], transfer: Transfer): readonly Transfer[] =>
	list.map((other) => (other.id === transfer.id ? transfer : other));

const without = (state: State, id: number): State => {
	const { transfers } = state;
	const list = transfers.list.filter((transfer) => transfer.id !== id);
	if (transfers.front !== id) return { ...state, transfers: { ...transfers, list } };
	const next = list.at(-1);
	if (next) return { ...state, transfers: fronted({ list }, next.id) };
	return emptied({ ...state, transfers: { list } }, 'transfers');
};

const scrolled = (state: State, by: number, unit: 'row' | 'page' | 'end'): State => {
	const { top: _, ...rest } = state.transfers;
	// At its end it goes on by itself.
	if (unit === 'end') return { ...state, transfers: by > 0 ? rest : { ...rest, top: 0 } };
	const { top, last, height } = transferView(state);
	const step = unit === 'page' ? by * Math.max(1, height - 1) : by;
	return { ...state, transfers: { ...rest, top: Math.max(0, Math.min(last, top + step)) } };
};

export const updateTransfers = (state: State, event: TransferEvent): State => {
	const { transfers } = state;
	switch (event.type) {
		case 'transfer-started': {
			const { transfer } = event;
			const isKnown = transfers.list.some(({ id }) => id === transfer.id);
			const list = isKnown ? withTransfer(transfers.list, transfer) : [...transfers.list, transfer];
			return brought({ ...state, transfers: fronted({ list }, transfer.id) }, 'transfers');
		}
		case 'transfer-changed':
			return { ...state, transfers: { ...transfers, list: withTransfer(transfers.list, event.transfer) } };
		case 'transfer-closed':
			return without(state, event.id);
		case 'transfer-fronted':
			return brought({ ...state, transfers: fronted(transfers, event.id) }, 'transfers');
		case 'transfers-hidden':
			return hidden(state, 'transfers');
		case 'transfer-scrolled':
			return scrolled(state, event.by, event.unit);
	}
};
