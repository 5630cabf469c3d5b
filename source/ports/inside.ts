// What listens inside of a container, where its processes are processes of this machine and we may look.
import { readFile } from 'node:fs/promises';
import { waitingSockets } from './proc-net.ts';

/**
 * Addresses that are listened to on a port, in the network of a process. Undefined: that cannot be seen, or the process
 * is not in the container, because its engine counts processes in another way than we do.
 */
export const listensInside = async (
	{ pid, containerId }: { readonly pid: number; readonly containerId: string },
	port: number,
	proc = '/proc',
): Promise<readonly string[] | undefined> => {
	const read = (name: string) => readFile(`${proc}/${pid}/${name}`, 'latin1').catch(() => undefined);
	const [groups, four, six = ''] = await Promise.all(['cgroup', 'net/tcp', 'net/tcp6'].map(read));
	if (pid <= 0 || four === undefined || !groups?.includes(containerId)) return undefined;
	return [four, six]
		.flatMap((text) => waitingSockets(text, 'tcp'))
		.filter((socket) => socket.port === port)
		.map(({ address }) => address);
};
