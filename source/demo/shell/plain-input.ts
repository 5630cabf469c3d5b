// Input and output without a terminal: bytes as they are.

import type { Launch } from '../process.ts';
import { createPipe } from './pipes.ts';
import type { Terminal } from './terminal.ts';

export const createPlain = (launch: Launch): Terminal => {
	const pipe = createPipe();
	if (!launch.hasInput) pipe.end();
	return {
		isTty: false,
		feed: pipe.write,
		end: pipe.end,
		read: pipe.read,
		chunk: pipe.chunk,
		readKeys: () => () => {},
		unread: () => {},
		beginLines: () => {},
		write: (bytes, stream = 1) => launch.write(stream, Buffer.from(bytes as string)),
		onInterrupt: undefined,
		onSuspend: undefined,
		resized: new Set(),
		isEchoing: false,
		isRaw: true,
	};
};
