// A process that is nothing but the demo engine, until its parent is gone.
import { rmSync } from 'node:fs';
import { startDemo } from '../../source/demo/start.ts';

export async function serveEmbedded(containers: number, socketPath: string): Promise<void> {
	// of one before it, which ended with its parent
	rmSync(socketPath, { force: true });
	await startDemo({ containers, socketPath });
	process.on('disconnect', () => process.exit());
	process.send?.('ready');
}
