// The talkative programs of the demo: a web server, an API, a database, a cache, workers.

import type { Daemon, Spoken } from './daemon.ts';
import { baseName } from './files.ts';

const pick = <T>(list: readonly T[], index: number): T => list[(index * 7919 + 13) % list.length] as T;
const two = (number: number): string => String(number).padStart(2, '0');
const clock = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const accessTime = (at: Date): string =>
	`${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
const errorTime = (at: Date): string =>
	`${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${two(at.getUTCDate())} ${at.toISOString().slice(11, 19)}.000000 ${at.getUTCFullYear()}`;

const paths = [
	'/',
	'/index.html',
	'/css/site.css',
	'/img/harbour.jpg',
	'/api/boats',
	'/favicon.ico',
	'/docs/',
	'/login',
];
const access = (index: number, at: Date): Spoken => {
	const status = index % 23 === 22 ? 404 : index % 11 === 10 ? 304 : 200;
	const path = status === 404 ? '/robots.txt' : pick(paths, index);
	return {
		text: `172.17.0.1 - - [${accessTime(at)}] "GET ${path} HTTP/1.1" ${status} ${status === 304 ? '-' : 196 + ((index * 613) % 9000)}`,
	};
};

const api = (index: number, at: Date): Spoken => {
	const level = index % 29 === 28 ? 'error' : index % 9 === 8 ? 'warn' : index % 4 === 3 ? 'debug' : 'info';
	const messages = {
		info: ['request completed', 'order accepted', 'session opened'],
		debug: ['cache hit', 'query planned'],
		warn: ['slow query', 'retrying payment gateway'],
		error: ['payment gateway timed out'],
	};
	const line = {
		level,
		time: at.toISOString(),
		msg: pick(messages[level], index),
		ms: 3 + ((index * 37) % 180),
		path: pick(paths, index),
	};
	return { text: JSON.stringify(line), stream: level === 'error' ? 2 : 1 };
};

const database = (index: number, at: Date): Spoken => {
	const lines = [
		'LOG:  checkpoint starting: time',
		`LOG:  checkpoint complete: wrote ${40 + (index % 60)} buffers (0.3%); 0 WAL file(s) added, 0 removed, 0 recycled; write=4.1 s, sync=0.01 s`,
		`LOG:  duration: ${(index * 31) % 900}.214 ms  statement: SELECT * FROM boats WHERE berth = ${index % 40}`,
	];
	return { text: `${clock(at)}.000 UTC [${index % 3 === 2 ? 64 : 62}] ${lines[index % 3]}`, stream: 2 };
};

const korean = [
	'주문을 처리했습니다',
	'메일을 보냈습니다',
	'이미지 크기를 줄였습니다',
	'재고를 확인했습니다',
	'대기열이 비었습니다',
];
const worker = (index: number, at: Date): Spoken =>
	index % 17 === 16
		? { text: `${clock(at)} 경고: 응답이 늦습니다 (${900 + (index % 90)} ms), 다시 시도합니다`, stream: 2 }
		: { text: `${clock(at)} 작업 #${1000 + index} ${pick(korean, index)}` };

const quiet = { cpu: 0.001, wobble: 0.0005, memory: 8, network: 40, disk: 0, processes: 1 };

const daemons: Record<string, Daemon> = {
	'httpd-foreground': {
		titles: ['httpd -DFOREGROUND', 'httpd -DFOREGROUND', 'httpd -DFOREGROUND', 'httpd -DFOREGROUND'],
		everyMs: 1700,
		say: access,
		opening: (at) => [
			{
				text: "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using 172.17.0.2. Set the 'ServerName' directive globally to suppress this message",
				stream: 2,
			},
			{
				text: `[${errorTime(at)}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.62 (Unix) configured -- resuming normal operations`,
				stream: 2,
			},
			{
				text: `[${errorTime(at)}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
				stream: 2,
			},
		],
		closing: (at) => [
			{
				text: `[${errorTime(at)}] [mpm_event:notice] [pid 1:tid 1] AH00491: caught SIGTERM, shutting down`,
				stream: 2,
			},
		],
		exits: { 1: 0, 2: 0, 15: 0, 28: 0 },
		load: { cpu: 0.031, wobble: 0.02, memory: 24, network: 5200, disk: 300, processes: 82 },
	},
	nginx: {
		titles: ['nginx: master process nginx -g daemon off;', 'nginx: worker process', 'nginx: worker process'],
		everyMs: 2300,
		say: access,
		opening: (at) => [
			{ text: `${clock(at).replaceAll('-', '/')} [notice] 1#1: start worker processes`, stream: 2 },
		],
		exits: { 1: 0, 2: 0, 3: 0, 15: 0 },
		load: { cpu: 0.012, wobble: 0.01, memory: 11, network: 3100, disk: 100, processes: 3 },
	},
	'node server.js': {
		titles: ['node server.js'],
		everyMs: 900,
		say: api,
		opening: (at) => [
			{ text: JSON.stringify({ level: 'info', time: at.toISOString(), msg: 'listening on 3000' }) },
		],
		exits: { 2: 0, 15: 0, 1: 129 },
		load: { cpu: 0.18, wobble: 0.12, memory: 148, network: 22000, disk: 4000, processes: 11 },
	},
	postgres: {
		titles: [
			'postgres',
			'postgres: checkpointer',
			'postgres: background writer',
			'postgres: walwriter',
			'postgres: autovacuum launcher',
		],
		user: '999',
		everyMs: 9000,
		say: database,
		opening: (at) => [
			{
				text: `${clock(at)}.000 UTC [1] LOG:  starting PostgreSQL 16.4 (Debian 16.4-1.pgdg120+1) on x86_64-pc-linux-gnu`,
				stream: 2,
			},
			{ text: `${clock(at)}.000 UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432`, stream: 2 },
			{ text: `${clock(at)}.000 UTC [1] LOG:  database system is ready to accept connections`, stream: 2 },
		],
		closing: (at) => [{ text: `${clock(at)}.000 UTC [1] LOG:  database system is shut down`, stream: 2 }],
		exits: { 2: 0, 3: 2, 15: 0 },
		load: { cpu: 0.06, wobble: 0.05, memory: 212, network: 9000, disk: 60000, processes: 6 },
	},
	'redis-server': {
		titles: ['redis-server *:6379'],
		user: '999',
		everyMs: 6000,
		say: (index, at) => ({
			text:
				index % 2
					? `1:M ${clock(at)}.000 * Background saving terminated with success`
					: `1:M ${clock(at)}.000 * ${100 + (index % 50)} changes in 300 seconds. Saving...`,
		}),
		opening: (at) => [{ text: `1:M ${clock(at)}.000 * Ready to accept connections tcp` }],
		closing: (at) => [{ text: `1:M ${clock(at)}.000 # Redis is now ready to exit, bye bye...` }],
		exits: { 2: 0, 15: 0 },
		load: { cpu: 0.009, wobble: 0.006, memory: 9, network: 1400, disk: 900, processes: 6 },
	},
	'python worker.py': {
		titles: ['python worker.py'],
		everyMs: 2600,
		say: worker,
		opening: (at) => [{ text: `${clock(at)} 작업자를 시작합니다 (동시 작업 4개)` }],
		exits: { 2: 130, 15: 143 },
		load: { cpu: 0.42, wobble: 0.3, memory: 96, network: 800, disk: 12000, processes: 5 },
	},
	'python batch.py': {
		titles: ['python batch.py'],
		everyMs: 3000,
		say: (index, at) => ({ text: `${clock(at)} INFO imported ${(index + 1) * 250} of 5000 rows` }),
		closing: () => [
			{ text: 'Traceback (most recent call last):', stream: 2 },
			{ text: '  File "/app/batch.py", line 42, in <module>', stream: 2 },
			{ text: 'ConnectionError: the harbour office hung up', stream: 2 },
		],
		exits: { 2: 130, 15: 143 },
		lives: { ms: 58_000, code: 1 },
		load: { cpu: 0.25, wobble: 0.2, memory: 61, network: 2500, disk: 9000, processes: 2 },
	},
	'python job.py': {
		titles: ['python job.py'],
		everyMs: 5000,
		say: (index, at) => ({ text: `${clock(at)} INFO resized photo ${index + 1}` }),
		exits: { 2: 130, 15: 143 },
		load: { cpu: 0.3, wobble: 0.1, memory: 73, network: 100, disk: 8000, processes: 2 },
	},
	beacon: {
		titles: ['/beacon --every 10s'],
		everyMs: 10_000,
		say: (index, at) => ({
			text: `${clock(at).replaceAll('-', '/')} blink ${index + 1}: ${['fog', 'clear', 'rain'][index % 3]}, visibility ${2 + ((index * 5) % 9)} nm`,
		}),
		opening: (at) => [{ text: `${clock(at).replaceAll('-', '/')} beacon is lit` }],
		exits: { 1: 129, 2: 2, 15: 143 },
		load: { cpu: 0.004, wobble: 0.002, memory: 6, network: 300, disk: 0, processes: 5 },
	},
	'httpd -f': { titles: ['httpd -f'], exits: { 2: 130, 15: 143 }, load: quiet },
	'tail -f /dev/null': { titles: ['tail -f /dev/null'], exits: {}, load: quiet },
	'sleep infinity': { titles: ['sleep infinity'], exits: {}, load: quiet },
};

/** The daemon a command line stands for, or undefined when it is a command of the toy shell. */
export const daemonFor = (argv: readonly string[]): Daemon | undefined => {
	const all = [baseName(argv[0] ?? ''), ...argv.slice(1)];
	if (all[0] === 'docker-entrypoint.sh') return daemonFor(all.slice(1));
	if (all[0]?.startsWith('python3')) all[0] = 'python';
	return daemons[all.join(' ')] ?? daemons[all[0] ?? ''];
};
