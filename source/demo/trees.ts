// The files inside the demo images: a few believable ones, made once per family of images.

import type { Offer } from './catalogue.ts';
import type { FileNode, Tree } from './files.ts';

const builtAt = Date.UTC(2025, 9, 8, 12);
const everywhere = [
	'cat',
	'chmod',
	'cp',
	'date',
	'echo',
	'env',
	'false',
	'find',
	'grep',
	'head',
	'hostname',
	'id',
	'kill',
	'ls',
	'mkdir',
	'mv',
	'printf',
	'ps',
	'pwd',
	'rm',
	'rmdir',
	'seq',
	'sh',
	'sleep',
	'sort',
	'stat',
	'stty',
	'sync',
	'tail',
	'test',
	'top',
	'touch',
	'true',
	'tty',
	'uname',
	'uptime',
	'wc',
	'which',
	'whoami',
	'yes',
	'nproc',
	'clear',
	'basename',
	'cut',
	'dd',
	'less',
	'more',
	'reset',
	'tee',
	'tr',
	'uniq',
	'vi',
];
const byFamily = {
	busybox: ['ash', 'httpd'],
	alpine: ['ash', 'apk'],
	debian: ['bash', 'dash', 'apt', 'apt-get'],
	scratch: [],
};

const directory: FileNode = { kind: 'directory', mode: 0o755, modifiedAt: builtAt };
const file = (text: string, mode = 0o644): FileNode => ({
	kind: 'file',
	mode,
	modifiedAt: builtAt,
	bytes: Buffer.from(text),
});

const release = {
	busybox: 'NAME="BusyBox"\nID=busybox\n',
	alpine: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.3\nPRETTY_NAME="Alpine Linux v3.20"\n',
	debian:
		'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
	scratch: '',
};

const contents: Record<string, Record<string, string>> = {
	httpd: {
		'/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n',
		'/usr/local/apache2/conf/httpd.conf': 'Listen 80\nDocumentRoot "/usr/local/apache2/htdocs"\n',
	},
	postgres: { '/var/lib/postgresql/data/postgresql.conf': "listen_addresses = '*'\nmax_connections = 100\n" },
	redis: { '/data/dump.rdb': 'REDIS0011\n' },
};

const made = new Map<string, Tree>();

/** The tree of an offer, made when it is first looked at. */
export const treeFor = (offer: Pick<Offer, 'name' | 'family' | 'programs'>): Tree => {
	const known = made.get(offer.name);
	if (known) return known;
	const tree = new Map<string, FileNode>([['/', directory]]);
	const add = (path: string, node: FileNode) => {
		for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1))
			if (!tree.has(path.slice(0, slash))) tree.set(path.slice(0, slash), directory);
		tree.set(path, node);
	};
	if (offer.family === 'scratch')
		for (const program of offer.programs) add(`/${program}`, file('\x7fELF', 0o755));
	else {
		for (const path of [
			'/dev',
			'/proc',
			'/sys',
			'/tmp',
			'/root',
			'/home',
			'/var/log',
			'/usr/bin',
			'/opt',
			'/run',
			'/srv',
			'/mnt',
		])
			add(path, directory);
		for (const program of [...everywhere, ...byFamily[offer.family]])
			add(`/bin/${program}`, file('\x7fELF', 0o755));
		for (const program of offer.programs) add(`/usr/local/bin/${program}`, file('\x7fELF', 0o755));
		add('/etc/os-release', file(release[offer.family]));
		add(
			'/etc/passwd',
			file('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n'),
		);
		add('/etc/hosts', file('127.0.0.1\tlocalhost\n'));
		add('/etc/resolv.conf', file('nameserver 127.0.0.11\n'));
		for (const [path, text] of Object.entries(contents[offer.name] ?? {})) add(path, file(text));
	}
	made.set(offer.name, tree);
	return tree;
};

/** A tree with more files in it. */
export const withFiles = (base: Tree, files: Record<string, string>): Tree => {
	const tree = new Map(base);
	for (const [path, text] of Object.entries(files)) {
		for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1))
			if (!tree.has(path.slice(0, slash))) tree.set(path.slice(0, slash), directory);
		tree.set(path, file(text));
	}
	return tree;
};
