// What the kernel shows as files: the processes under /proc, a few numbers of the machine, and the devices of /dev.

import type { Container } from './container.ts';
import type { FileNode, Virtual } from './files.ts';
import { memoryTotal, processors } from './machine.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'stdin', 'stdout', 'stderr'];
const terminalNumber = 34_816;

/** The short name that the kernel keeps: 15 characters of the program. */
export const shortName = (process: Process): string => {
	const [program = ''] = (process.argv[0] ?? '').split(/[ :]/);
	return program.slice(program.lastIndexOf('/') + 1).slice(0, 15);
};

const files: Record<string, (process: Process, container: Container) => string> = {
	stat: (process, container) => {
		const parent = container.processes.get(process.parent)?.inside ?? 0;
		const state = process.isStopped ? 'T' : 'S';
		const numbers = [parent, process.inside, process.session, process.isTty ? terminalNumber : 0, -1];
		return `${process.inside} (${shortName(process)}) ${state} ${numbers.join(' ')} 4194560 211 0 0 0 0 0 0 0 20 0 1 0 0 4526080 0\n`;
	},
	status: (process, container) =>
		`Name:\t${shortName(process)}\nState:\t${process.isStopped ? 'T (stopped)' : 'S (sleeping)'}\nPid:\t${process.inside}\nPPid:\t${container.processes.get(process.parent)?.inside ?? 0}\n`,
	comm: (process) => `${shortName(process)}\n`,
	cmdline: (process) => process.argv.map((argument) => `${argument}\0`).join(''),
};

const machine: Record<string, (world: World) => string> = {
	cpuinfo: () =>
		Array.from(
			{ length: processors },
			(_, index) => `processor\t: ${index}\nmodel name\t: Demo Processor\n`,
		).join('\n'),
	loadavg: () => '0.31 0.28 0.24 1/212 77\n',
	meminfo: () => `MemTotal:       ${memoryTotal / 1024} kB\nMemFree:        ${memoryTotal / 2048} kB\n`,
	uptime: (world) => `${((world.now() - world.startedAt) / 1000 + 93_780).toFixed(2)} 350000.00\n`,
	version: () => 'Linux version 6.8.0-demo (demo@portside) #1 SMP\n',
};

export const virtualFiles = (world: World, container: Container): Virtual => {
	const find = (number: string) =>
		[...container.processes.values()].find((process) => String(process.inside) === number);
	const directory = (): FileNode => ({ kind: 'directory', mode: 0o555, modifiedAt: world.now() });
	const file = (text: string, mode = 0o444): FileNode => ({
		kind: 'file',
		mode,
		modifiedAt: world.now(),
		bytes: Buffer.from(text),
	});
	return {
		nodeAt: (path) => {
			const [, top = '', name = '', part] = path.split('/');
			if (top === 'dev' && part === undefined && devices.includes(name)) return file('', 0o666);
			if (top !== 'proc' || !name) return undefined;
			const process = find(name);
			if (!process) return part === undefined && machine[name] ? file(machine[name](world)) : undefined;
			if (part === undefined) return directory();
			return files[part] ? file(files[part](process, container)) : undefined;
		},
		namesIn: (path) => {
			if (path === '/dev') return devices;
			if (path === '/proc')
				return [
					...[...container.processes.values()].map(({ inside }) => String(inside)),
					...Object.keys(machine),
				];
			const [, top, name = '', part] = path.split('/');
			return top === 'proc' && part === undefined && find(name) ? Object.keys(files) : [];
		},
	};
};
