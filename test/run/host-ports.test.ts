// Which ports of the machine are listened on, read from the tables of the kernel.
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { hostPorts, listeningPorts } from '../../source/run/host-ports.ts';

const head =
	'  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

it('are those of the rows in which somebody listens', () => {
	expect(
		listeningPorts(
			[
				head,
				'   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1',
				'   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1',
				// Somebody is connected, and nobody listens.
				'   2: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3 1',
				'',
			].join('\n'),
		),
	).toEqual([8080, 80]);
	expect(
		listeningPorts(
			`${head}\n   0: 00000000000000000000000001000000:FFFF 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4 1`,
		),
	).toEqual([65_535]);
	expect(listeningPorts('')).toEqual([]);
	expect(listeningPorts('no table\nat all')).toEqual([]);
});

it.skipIf(process.platform !== 'linux')('are those of this machine', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	expect(hostPorts().has(port)).toBe(true);
	await new Promise((resolve) => server.close(resolve));
	expect(hostPorts().has(port)).toBe(false);
});
