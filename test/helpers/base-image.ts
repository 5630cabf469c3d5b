// A busybox image made of this machine's static busybox, for engines that have no registry to pull one from.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the image's root file system as a tar and returns its path. */
export function writeBaseImage(folder: string): string {
	const root = join(folder, 'busybox');
	for (const name of ['bin', 'etc', 'root', 'tmp', 'usr', 'var'])
		mkdirSync(join(root, name), { recursive: true });
	chmodSync(join(root, 'tmp'), 0o1777);
	const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
	copyFileSync(busybox, join(root, 'bin/busybox'));
	for (const applet of execFileSync(busybox, ['--list'], { encoding: 'utf8' }).split('\n')) {
		if (applet && applet !== 'busybox') symlinkSync('busybox', join(root, 'bin', applet));
	}
	writeFileSync(
		join(root, 'etc/passwd'),
		'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
	);
	writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnobody:x:65534:\n');
	const file = join(folder, 'busybox.tar');
	execFileSync('tar', [
		'--create',
		'--file',
		file,
		'--directory',
		root,
		'--owner=0',
		'--group=0',
		'--mtime=@0',
		'.',
	]);
	return file;
}
