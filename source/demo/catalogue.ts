// What the make-believe registry offers: names, tags, layers and what is inside.

import type { ImageConfig } from './image.ts';

export type Offer = {
	name: string;
	description: string;
	stars: number;
	tags: string[];
	/** Megabytes of each layer, the base first. */
	layers: number[];
	/** `scratch`: nothing in it but its programs, not even a shell. */
	family: 'busybox' | 'debian' | 'alpine' | 'scratch';
	programs: string[];
	config: ImageConfig;
};

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const shell = { Cmd: ['bash'], Env: [path] };

export const catalogue: Offer[] = [
	{
		name: 'httpd',
		description: 'The Apache HTTP Server Project',
		stars: 4900,
		tags: ['latest', '2.4', '2'],
		layers: [74.8, 1.1, 0.1, 31.2, 41.9],
		family: 'debian',
		programs: ['httpd-foreground', 'httpd'],
		config: {
			Cmd: ['httpd-foreground'],
			Env: [
				'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
				'HTTPD_VERSION=2.4.62',
			],
			ExposedPorts: { '80/tcp': {} },
			WorkingDir: '/usr/local/apache2',
			StopSignal: 'SIGWINCH',
		},
	},
	{
		name: 'nginx',
		description: 'Official build of Nginx.',
		stars: 20800,
		tags: ['latest', '1.27', 'alpine'],
		layers: [74.8, 112.3, 0.1, 0.1, 4.6],
		family: 'debian',
		programs: ['nginx'],
		config: {
			Cmd: ['nginx', '-g', 'daemon off;'],
			Env: [path, 'NGINX_VERSION=1.27.2'],
			ExposedPorts: { '80/tcp': {} },
			StopSignal: 'SIGQUIT',
		},
	},
	{
		name: 'python',
		description: 'Python is an interpreted, interactive, object-oriented, open-source programming language.',
		stars: 10200,
		tags: ['latest', '3', '3.13', '3.12', 'slim'],
		layers: [117, 48.5, 177, 588, 19.1, 62.4],
		family: 'debian',
		programs: ['python', 'python3', 'pip'],
		config: { Cmd: ['python3'], Env: [path, 'LANG=C.UTF-8', 'PYTHON_VERSION=3.13.0'] },
	},
	{
		name: 'postgres',
		description: 'The PostgreSQL object-relational database system provides reliability and data integrity.',
		stars: 14100,
		tags: ['latest', '16', '17', '15'],
		layers: [74.8, 9.9, 4.3, 1.5, 25.1, 8.1, 310],
		family: 'debian',
		programs: ['postgres', 'psql', 'docker-entrypoint.sh'],
		config: {
			Entrypoint: ['docker-entrypoint.sh'],
			Cmd: ['postgres'],
			Env: [path, 'PG_MAJOR=16', 'PGDATA=/var/lib/postgresql/data'],
			ExposedPorts: { '5432/tcp': {} },
			Volumes: { '/var/lib/postgresql/data': {} },
			StopSignal: 'SIGINT',
		},
	},
	{
		name: 'redis',
		description:
			'Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.',
		stars: 13400,
		tags: ['latest', '7', '7.4', 'alpine'],
		layers: [74.8, 0.1, 4.2, 37.9],
		family: 'debian',
		programs: ['redis-server', 'redis-cli', 'docker-entrypoint.sh'],
		config: {
			Entrypoint: ['docker-entrypoint.sh'],
			Cmd: ['redis-server'],
			Env: [path, 'REDIS_VERSION=7.4.1'],
			ExposedPorts: { '6379/tcp': {} },
			Volumes: { '/data': {} },
			WorkingDir: '/data',
		},
	},
	{
		name: 'busybox',
		description: 'Busybox base image.',
		stars: 3400,
		tags: ['latest', '1.37', '1.36', 'musl'],
		layers: [4.3],
		family: 'busybox',
		programs: [],
		config: { Cmd: ['sh'], Env: [path] },
	},
	{
		name: 'alpine',
		description:
			'A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!',
		stars: 11300,
		tags: ['latest', '3.20', '3.19'],
		layers: [7.8],
		family: 'alpine',
		programs: ['apk'],
		config: { Cmd: ['/bin/sh'], Env: [path] },
	},
	{
		name: 'ubuntu',
		description: 'Ubuntu is a Debian-based Linux operating system based on free software.',
		stars: 17400,
		tags: ['latest', '24.04', '22.04', '20.04', '14.04'],
		layers: [77.9],
		family: 'debian',
		programs: [],
		config: { ...shell, Cmd: ['/bin/bash'] },
	},
	{
		name: 'debian',
		description: 'Debian is a Linux distribution that is composed entirely of free and open-source software.',
		stars: 5200,
		tags: ['latest', 'bookworm', '12', 'bookworm-slim'],
		layers: [117],
		family: 'debian',
		programs: [],
		config: shell,
	},
	{
		name: 'hello-world',
		description: 'Hello World! (an example of minimal Dockerization)',
		stars: 2400,
		tags: ['latest', 'linux'],
		layers: [0.0133],
		family: 'scratch',
		programs: ['hello'],
		config: { Cmd: ['/hello'], Env: [path] },
	},
	{
		name: 'node',
		description: 'Node.js is a JavaScript-based platform for server-side and networking applications.',
		stars: 13900,
		tags: ['latest', '22', '20', 'alpine'],
		layers: [117, 48.5, 177, 588, 0.1, 164, 5.1],
		family: 'debian',
		programs: ['node', 'npm'],
		config: { Cmd: ['node'], Env: [path, 'NODE_VERSION=22.11.0'] },
	},
	{
		name: 'mysql',
		description: 'MySQL is a widely used, open-source relational database management system (RDBMS).',
		stars: 15600,
		tags: ['latest', '8'],
		layers: [112, 1.2, 9.8, 145, 320],
		family: 'debian',
		programs: ['mysqld'],
		config: { Cmd: ['mysqld'], Env: [path], ExposedPorts: { '3306/tcp': {} } },
	},
	{
		name: 'mongo',
		description: 'MongoDB document databases provide high availability and easy scalability.',
		stars: 10400,
		tags: ['latest', '7'],
		layers: [77.9, 1.5, 640],
		family: 'debian',
		programs: ['mongod'],
		config: { Cmd: ['mongod'], Env: [path], ExposedPorts: { '27017/tcp': {} } },
	},
	{
		name: 'memcached',
		description: 'Free & open source, high-performance, distributed memory object caching system.',
		stars: 2300,
		tags: ['latest', '1.6'],
		layers: [74.8, 10.2],
		family: 'debian',
		programs: ['memcached'],
		config: { Cmd: ['memcached'], Env: [path], ExposedPorts: { '11211/tcp': {} } },
	},
	{
		name: 'golang',
		description: 'Go (golang) is a general purpose, higher-level, imperative programming language.',
		stars: 5000,
		tags: ['latest', '1.23'],
		layers: [117, 48.5, 177, 226, 262],
		family: 'debian',
		programs: ['go'],
		config: shell,
	},
	{
		name: 'rust',
		description: 'Rust is a systems programming language focused on safety, speed, and concurrency.',
		stars: 1300,
		tags: ['latest', '1'],
		layers: [117, 48.5, 177, 588, 780],
		family: 'debian',
		programs: ['cargo', 'rustc'],
		config: shell,
	},
	{
		name: 'php',
		description:
			'While designed for web development, the PHP scripting language also provides general-purpose use.',
		stars: 7800,
		tags: ['latest', '8'],
		layers: [74.8, 0.1, 320, 128],
		family: 'debian',
		programs: ['php'],
		config: { Cmd: ['php', '-a'], Env: [path] },
	},
	{
		name: 'ruby',
		description:
			'Ruby is a dynamic, reflective, object-oriented, general-purpose, open-source programming language.',
		stars: 2500,
		tags: ['latest', '3'],
		layers: [117, 48.5, 177, 588, 75],
		family: 'debian',
		programs: ['ruby', 'irb'],
		config: { Cmd: ['irb'], Env: [path] },
	},
	{
		name: 'traefik',
		description: 'Traefik, The Cloud Native Edge Router',
		stars: 3500,
		tags: ['latest', 'v3'],
		layers: [7.8, 1.4, 178],
		family: 'alpine',
		programs: ['traefik'],
		config: { Cmd: ['traefik'], Env: [path], ExposedPorts: { '80/tcp': {} } },
	},
	{
		name: 'registry',
		description: 'Distribution implementation for storing and distributing of container images and artifacts',
		stars: 4100,
		tags: ['latest', '2'],
		layers: [7.8, 17.9],
		family: 'alpine',
		programs: ['registry'],
		config: { Cmd: ['registry'], Env: [path], ExposedPorts: { '5000/tcp': {} } },
	},
];
