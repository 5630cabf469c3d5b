// Commands that go on in the background, and the lines in which a shell speaks of them.

import type { Process } from '../process.ts';
import type { Shell } from './shell.ts';

export type Job = {
	number: number;
	process: Process;
	text: string;
	ended: Promise<number>;
	code: number | undefined;
};

export const addJob = (shell: Shell, process: Process, ended: Promise<number>, text: string): Job => {
	const number = (shell.jobs.at(-1)?.number ?? 0) + 1;
	const job: Job = { number, process, text, ended, code: undefined };
	void ended.then((code) => {
		job.code = code;
	});
	shell.jobs.push(job);
	return job;
};

const jobState = (job: Job): string => {
	if (job.process.isStopped) return 'Stopped';
	if (job.code === undefined) return 'Running';
	if (job.code === 0) return 'Done';
	if (job.code === 129) return 'Hangup';
	if (job.code === 137) return 'Killed';
	return job.code === 143 ? 'Terminated' : job.code === 130 ? 'Interrupt' : `Exit ${job.code}`;
};

export const jobLine = (shell: Shell, job: Job): string => {
	const mark = job === shell.jobs.at(-1) ? '+' : job === shell.jobs.at(-2) ? '-' : ' ';
	const isRunning = job.code === undefined && !job.process.isStopped;
	return `[${job.number}]${mark}  ${jobState(job).padEnd(22)}  ${job.text}${isRunning ? ' &' : ''}\n`;
};

/** `%2`, `%+`, `%%`, or the number of its process. */
export const findJob = (shell: Shell, wanted: string): Job | undefined => {
	if (/^%[%+]?$/.test(wanted)) return shell.jobs.at(-1);
	return wanted.startsWith('%')
		? shell.jobs.find((job) => String(job.number) === wanted.slice(1))
		: shell.jobs.find((job) => String(job.process.inside) === wanted);
};

/** Tells of the jobs that have ended, once, and forgets them. */
export const tellEnded = (shell: Shell, say: (text: string) => void): void => {
	const lines = shell.jobs.filter((job) => job.code !== undefined).map((job) => jobLine(shell, job));
	shell.jobs = shell.jobs.filter((job) => job.code === undefined);
	for (const line of lines) say(line);
};
