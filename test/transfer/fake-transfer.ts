// A transfer that an engine of nothing but notes was asked for: it tells and ends what and when the test says.
import type { TransferNews } from '../../source/model/transfers.ts';

export type FakeTransfer = {
	readonly signal: AbortSignal;
	tell(...news: readonly TransferNews[]): void;
	/** It is over, whatever was told. */
	end(): void;
	/** It rejects. */
	break(error: Error): void;
};

/** As engines do it: a signal ends it, and it is no failure. */
export const openFakeTransfer = (
	signal: AbortSignal,
	onNews: (news: readonly TransferNews[]) => void,
): { readonly transfer: FakeTransfer; readonly ended: Promise<void> } => {
	let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
	const ended = new Promise<void>((resolve, reject) => {
		settle = { resolve, reject };
	});
	signal.addEventListener('abort', () => settle?.resolve());
	if (signal.aborted) settle?.resolve();
	const transfer: FakeTransfer = {
		signal,
		tell: (...news) => onNews(news),
		end: () => settle?.resolve(),
		break: (error) => settle?.reject(error),
	};
	return { transfer, ended };
};
