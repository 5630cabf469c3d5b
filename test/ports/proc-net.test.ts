// The kernel's tables of sockets, as they stand in files, and as this machine has them now.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { listensInside } from '../../source/ports/inside.ts';
import { createListeners } from '../../source/ports/listeners.ts';
import { waitingSockets } from '../../source/ports/proc-net.ts';

const line = (local: string, state: string, inode = '77', uid = '0') =>
	`   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 ${uid}        0 ${inode} 1 0000000000000000 100 0 0 10 0`;
const head =
	'  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

describe('a line of /proc/net', () => {
	it.each([
		['0100007F:1F90', '127.0.0.1', 8080],
		['00000000:0050', '0.0.0.0', 80],
		['0100A8C0:FFFF', '192.168.0.1', 65_535],
		['00000000000000000000000000000000:1F90', '::', 8080],
		['00000000000000000000000001000000:0050', '::1', 80],
		['0000000000000000FFFF00000100007F:0050', '127.0.0.1', 80],
		['B80D0120000000000000000001000000:0050', '2001:db8::1', 80],
		['000080FE00000000FF565002BD69B1FE:0016', 'fe80::250:56ff:feb1:69bd', 22],
		['B80D0120010002000300040005000600:0016', '2001:db8:2:1:4:3:6:5', 22],
	])('%s is %s %i', (local, address, port) => {
		expect(waitingSockets([head, line(local, '0A')].join('\n'), 'tcp')).toEqual([
			{ protocol: 'tcp', address, port, uid: 0, inode: '77' },
		]);
	});

	it('counts where it waits for somebody', () => {
		const table = [
			head,
			line('0100007F:0050', '01'),
			line('0100007F:0051', '0A'),
			line('0100007F:0052', '07'),
		];
		expect(waitingSockets(table.join('\n'), 'tcp').map(({ port }) => port)).toEqual([0x51]);
		expect(waitingSockets(table.join('\n'), 'udp').map(({ port }) => port)).toEqual([0x52]);
	});

	it('is left out where it is none', () => {
		for (const odd of ['', 'x', '0: zz:0050 0:0 0A', line('0100007F:0000', '0A'), line('12:0050', '0A')])
			expect(waitingSockets(odd, 'tcp')).toEqual([]);
	});
});

describe('in a folder like /proc', () => {
	const made = (
		processes: Readonly<Record<string, readonly [string, string, ...string[]]>>,
		tcp: string[],
	) => {
		const proc = mkdtempSync(join(tmpdir(), 'portside-proc-'));
		onTestFinished(() => rmSync(proc, { recursive: true }));
		mkdirSync(join(proc, 'net'));
		writeFileSync(join(proc, 'net/tcp'), [head, ...tcp, ''].join('\n'));
		for (const [pid, [name, parent, ...links]] of Object.entries(processes)) {
			mkdirSync(join(proc, pid, 'fd'), { recursive: true });
			writeFileSync(join(proc, pid, 'comm'), `${name}\n`);
			writeFileSync(join(proc, pid, 'status'), `Name:\t${name}\nPPid:\t${parent}\n`);
			for (const [index, link] of links.entries()) symlinkSync(link, join(proc, pid, 'fd', `${index}`));
		}
		return proc;
	};

	it('a socket belongs to who holds it, and of a family to its head', async () => {
		const tcp = [
			line('00000000:0050', '0A', '7'),
			line('00000000:0051', '0A', '8'),
			line('00000000:0052', '0A', '9', '33'),
		];
		const proc = made(
			{
				'10': ['nginx', '1', '/dev/null', 'socket:[7]'],
				'11': ['nginx', '10', 'socket:[7]'],
				'12': ['docker-proxy', '2', 'socket:[8]'],
			},
			tcp,
		);
		expect(await createListeners({ proc })()).toEqual([
			{ protocol: 'tcp', address: '0.0.0.0', port: 80, uid: 0, pid: 10, name: 'nginx', isEngine: false },
			{
				protocol: 'tcp',
				address: '0.0.0.0',
				port: 81,
				uid: 0,
				pid: 12,
				name: 'docker-proxy',
				isEngine: true,
			},
			{ protocol: 'tcp', address: '0.0.0.0', port: 82, uid: 33, isEngine: false },
		]);
	});

	it('nobody is claimed to listen where there are no tables', async () => {
		expect(await createListeners({ proc: '/nowhere' })()).toBeUndefined();
		expect(await listensInside({ pid: 1, containerId: 'x' }, 80, '/nowhere')).toBeUndefined();
	});
});

describe('on this machine', () => {
	const open: Server[] = [];
	afterEach(() => {
		for (const server of open.splice(0)) server.close();
	});
	const listening = async (host: string) => {
		const server = createServer().listen(0, host);
		open.push(server);
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	};

	it('our own sockets are found with our name, as long as they are open', async () => {
		const read = createListeners();
		const port = await listening('127.0.0.1');
		const udp = createSocket('udp4').bind(0, '127.0.0.1');
		await once(udp, 'listening');
		const onPort = async (wanted: number) => (await read())?.filter((one) => one.port === wanted);
		expect(await onPort(port)).toEqual([
			expect.objectContaining({ protocol: 'tcp', address: '127.0.0.1', pid: process.pid, isEngine: false }),
		]);
		expect(await onPort(udp.address().port)).toEqual([
			expect.objectContaining({ protocol: 'udp', pid: process.pid }),
		]);
		udp.close();
		for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
		expect(await onPort(port)).toEqual([]);
		// Every process is in some group; ours stands for the container's.
		const own = { pid: process.pid, containerId: '/' };
		expect(await listensInside(own, port)).toEqual([]);
		const next = await listening('127.0.0.1');
		expect(await listensInside(own, next)).toEqual(['127.0.0.1']);
		expect(await listensInside({ ...own, containerId: '4f2a4f2a4f2a' }, next)).toBeUndefined();
		expect((await onPort(next))?.[0]?.pid).toBe(process.pid);
	});

	it('no read keeps the keys waiting', async () => {
		await listening('127.0.0.1');
		let longest = 0;
		let last = performance.now();
		let isOver = false;
		const beat = () => {
			longest = Math.max(longest, performance.now() - last);
			last = performance.now();
			if (!isOver) setImmediate(beat);
		};
		setImmediate(beat);
		let best = Number.POSITIVE_INFINITY;
		for (let tries = 0; tries < 5; tries++) {
			longest = 0;
			await createListeners()();
			best = Math.min(best, longest);
		}
		isOver = true;
		expect(best).toBeLessThan(20);
	});
});
