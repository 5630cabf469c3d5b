// Commands about processes and jobs: kill, jobs, wait, fg, bg.

import { type Process, signalName, signalNumber } from '../process.ts';
import { findJob, jobLine } from './jobs.ts';
import type { Command, Io, Shell } from './shell.ts';

const numberOf = (shell: Shell, wanted: string): number | undefined => {
	if (wanted.startsWith('%')) return findJob(shell, wanted)?.process.inside;
	return /^\d+$/.test(wanted) ? Number(wanted) : undefined;
};

/** The signal that `-9`, `-KILL`, `-s KILL` or `-n 9` asks for; undefined when it is none. */
const wantedSignal = (args: string[]): number | undefined => {
	const option = args[0]?.startsWith('-') && args[0] !== '--' ? args.shift() : undefined;
	if (args[0] === '--') args.shift();
	const text = option === '-s' || option === '-n' ? (args.shift() ?? '') : (option?.slice(1) ?? 'TERM');
	if (text === '0') return 0;
	try {
		return signalNumber(text);
	} catch {
		return undefined;
	}
};

const kill: Command = (given, io, shell) => {
	if (given[0] === '-l') {
		io.out(
			`${Array.from({ length: 31 }, (_, index) => `${index + 1}) SIG${signalName(index + 1)}`).join('\n')}\n`,
		);
		return 0;
	}
	const args = [...given];
	const signal = wantedSignal(args);
	if (signal === undefined) {
		io.err(`${shell.name}: kill: ${given[0]}: invalid signal specification\n`);
		return 1;
	}
	let status = 0;
	for (const wanted of args) {
		const number = numberOf(shell, wanted);
		const process = [...shell.launch.container.processes.values()].find(({ inside }) => inside === number);
		if (!process) {
			const why = wanted.startsWith('%') ? 'no such job' : 'No such process';
			io.err(
				shell.name === 'bash'
					? `bash: kill: (${wanted}) - ${why}\n`
					: `sh: can't kill pid ${wanted}: ${why}\n`,
			);
			status = 1;
		} else if (signal > 0 && !(process.isFirst && (signal === 9 || signal === 19))) process.signal(signal);
		// From inside, the first process of a container cannot be killed: the kernel protects it.
	}
	return status;
};

const jobs: Command = (_args, io, shell) => {
	for (const job of shell.jobs) io.out(jobLine(shell, job));
	shell.jobs = shell.jobs.filter((job) => job.code === undefined);
	return 0;
};

const descendants = (shell: Shell, process: Process): Process[] =>
	[...shell.launch.container.processes.values()]
		.filter((each) => each.parent === process.pid)
		.flatMap((each) => [each, ...descendants(shell, each)]);

const aborted = (io: Io): Promise<number> =>
	new Promise((resolve) => {
		if (io.signal.aborted) return resolve(130);
		io.signal.addEventListener('abort', () => resolve(130), { once: true });
	});

const wait: Command = async (args, io, shell) => {
	const wanted = args.length > 0 ? args.map((arg) => findJob(shell, arg)) : shell.jobs;
	let status = 0;
	for (const job of wanted) status = job ? await Promise.race([job.ended, aborted(io)]) : 127;
	shell.jobs = shell.jobs.filter((job) => job.code === undefined);
	return args.length > 0 || io.signal.aborted ? status : 0;
};

const foreground: Command = async ([wanted = '%%'], io, shell) => {
	const job = findJob(shell, wanted);
	if (!job) {
		io.err(`${shell.name}: fg: ${wanted === '%%' ? 'current' : wanted}: no such job\n`);
		return 1;
	}
	io.out(`${job.text}\n`);
	for (const process of [job.process, ...descendants(shell, job.process)]) process.signal(18);
	const status = await Promise.race([job.ended, aborted(io)]);
	if (io.signal.aborted) job.process.signal(2);
	shell.jobs = shell.jobs.filter((each) => each !== job);
	return status;
};

const background: Command = ([wanted = '%%'], io, shell) => {
	const job = findJob(shell, wanted);
	if (!job) {
		io.err(`${shell.name}: bg: ${wanted === '%%' ? 'current' : wanted}: no such job\n`);
		return 1;
	}
	for (const process of [job.process, ...descendants(shell, job.process)]) process.signal(18);
	io.out(jobLine(shell, job));
	return 0;
};

export const jobBuiltins: Record<string, Command> = { kill, jobs, wait, fg: foreground, bg: background };
