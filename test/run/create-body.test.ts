// What is asked of an engine for a `docker run` line is what docker itself asks of it: the containers are twins.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { createBody } from '../../source/engine/create-body.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { resolved } from '../../source/run/resolved.ts';
import { shellWords } from '../../source/run/shell-line.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { comparable, inspect } from './twins.ts';

const wishIn = (line: string): RunWish => {
	const read = parseRunLine(line);
	if ('problem' in read) throw new Error(`${line}: ${read.problem}`);
	return read.wish;
};

const lines = [
	'busybox',
	'-it busybox sh',
	'-i busybox cat',
	'-t busybox',
	'-p 8080:80 busybox',
	'-p 80 -p 127.0.0.1::81/udp -p 8000-8002:90-92 -p 9000-9010:70 -p 8443:443 -p 8444:443 busybox',
	'-P --expose 80 --expose 8000-8002/udp busybox',
	'-e A=b -e B= -e C -e PORTSIDE_SET -e A=c busybox',
	'--env-file vars -e A=hand busybox',
	'-v /data -v VOLUME:/named -v VOLUME:/ro:ro -v ./host:/host:ro,z -v /tmp:/x busybox',
	'--mount type=bind,source=FOLDER/host,target=/a,readonly,bind-propagation=rslave busybox',
	'--mount type=volume,src=VOLUME,dst=/a,volume-nocopy --mount target=/b,volume-label=x=y,volume-driver=local,volume-opt=type=tmpfs,volume-opt=device=tmpfs busybox',
	'--mount type=tmpfs,destination=/t,tmpfs-size=64m,tmpfs-mode=1770 --tmpfs /run:size=64m --tmpfs /y busybox',
	'--network none busybox',
	'--network host busybox',
	'--network bridge busybox',
	'--network NET --network-alias one --network-alias two --ip 10.231.7.9 busybox',
	'--network name=NET,alias=three,ip=10.231.7.8 busybox',
	'--restart on-failure:3 busybox',
	'--restart always busybox',
	'--restart unless-stopped busybox',
	'-u 1000:1000 -w /tmp --hostname box --domainname example.org busybox',
	"--entrypoint '' busybox ls",
	'--entrypoint ls busybox -l /',
	'--entrypoint ls busybox',
	'-m 64m --cpus 0.5 --pids-limit 100 --memory-reservation 32m --memory-swap -1 --cpu-shares 512 busybox',
	'--pids-limit -1 --memory-swappiness 10 --oom-score-adj 100 busybox',
	'-l a=b -l c -l d=e=f --label-file labels busybox',
	'--privileged --read-only --init busybox',
	'--cap-add NET_ADMIN --cap-add sys_time --cap-drop ALL busybox',
	'--add-host db:10.0.0.2 --add-host me:host-gateway --dns 1.1.1.1 --dns-search a.b --dns-option ndots:2 busybox',
	'--shm-size 128m --ulimit nofile=1024:2048 --ulimit nproc=100 --stop-signal SIGINT --stop-timeout 3 busybox',
	"--health-cmd 'true && true' --health-interval 1m30s --health-timeout 500ms --health-retries 2 --health-start-period 3s busybox",
	'--no-healthcheck busybox',
	'--log-driver local --log-opt max-size=1m --log-opt max-file=2 busybox',
	'--log-opt max-size=1m busybox',
	'--sysctl net.ipv4.ip_forward=1 --group-add 12 --group-add wheel --device /dev/null:/dev/x:r --device /dev/zero busybox',
	'--security-opt no-new-privileges --security-opt seccomp=unconfined busybox',
	'--security-opt systempaths=unconfined busybox',
	'--pid host --ipc host --uts host --userns host --cgroupns host busybox',
	'--volumes-from PARTNER:ro --link PARTNER:alias busybox',
	'--network container:PARTNER busybox',
	'--cpuset-cpus 0 --cpu-period 50000 --cpu-quota 25000 --cgroup-parent /portside --runtime runc busybox',
	'--rm busybox',
	'--device-cgroup-rule "c 42:* rmw" --blkio-weight 0 busybox',
	'portside-run-base',
	'-e BASE=other -l base=other --entrypoint ls portside-run-base',
	'portside-run-base echo',
];

describeWithEngine('a container that is created', (test) => {
	let engine: Engine;
	let folder: string;
	const names: string[] = [];
	const prefix = `twin-${process.pid}`;
	const partner = `${prefix}-partner`;
	const network = `${prefix}-net`;
	const volume = `${prefix}-volume`;

	beforeAll(async () => {
		engine = await openEngine({ host: test.host, source: 'test', name: 'local' });
		folder = mkdtempSync(join(tmpdir(), 'portside-twins-'));
		mkdirSync(join(folder, 'host'));
		writeFileSync(
			join(folder, 'vars'),
			'\ufeff# comment\nA=file\n  B=has "quotes" # kept\nPORTSIDE_SET\nPORTSIDE_UNSET\n',
		);
		writeFileSync(join(folder, 'labels'), '# comment\nx=file\ny= z\nalone\n');
		await test.docker('create', '--name', partner, '-v', '/shared', 'busybox');
		names.push(partner);
		await test.docker('network', 'create', '--subnet', '10.231.7.0/24', network);
		const changes = [
			'ENTRYPOINT ["sh","-c"]',
			'CMD ["true"]',
			'ENV BASE=1',
			'LABEL base=1',
			'EXPOSE 99',
			'VOLUME /v',
		];
		await test.docker(
			'commit',
			...changes.flatMap((change) => ['--change', change]),
			partner,
			'portside-run-base',
		);
	}, 60_000);
	afterAll(async () => {
		if (names.length > 0) await test.docker('rm', '--force', '--volumes', ...names);
		await test.docker('network', 'rm', network);
		await test.docker('volume', 'rm', '--force', volume);
		await test.docker('rmi', 'portside-run-base');
		rmSync(folder, { recursive: true });
		engine.close();
	}, 60_000);

	const env = { PORTSIDE_SET: 'here' };
	const filled = (line: string): string =>
		line
			.replaceAll('FOLDER', folder)
			.replaceAll('PARTNER', partner)
			.replaceAll('VOLUME', volume)
			.replaceAll('NET ', `${network} `)
			.replaceAll('NET,', `${network},`);
	const ours = async (line: string, name: string): Promise<void> => {
		const around = { cwd: folder, env, readFile: (path: string) => readFile(path, 'utf8') };
		const ready = await resolved({ ...wishIn(line), name }, around);
		if ('problem' in ready) throw new Error(ready.problem);
		names.push(name);
		await engine.create(ready.wish);
	};
	/** docker itself, in the same folder and with the same variables. */
	const theirs = async (line: string, name: string): Promise<void> => {
		const split = shellWords(line);
		if ('problem' in split) throw new Error(split.problem);
		const words = split.words.map((word) =>
			word
				.replace(/^\.\/host/, join(folder, 'host'))
				.replace(/^(vars|labels)$/, join(folder, '$1'))
				.replace(/^PORTSIDE_SET$/, 'PORTSIDE_SET=here'),
		);
		if (line.includes('--env-file')) writeFileSync(join(folder, 'vars'), varsLookedUp);
		names.push(name);
		await test.docker('create', '--name', name, ...words);
	};
	// The docker command of the tests has an environment of its own.
	const varsLookedUp =
		'\ufeff# comment\nA=file\n  B=has "quotes" # kept\nPORTSIDE_SET=here\nPORTSIDE_UNSET\n';

	it.each(lines.map((line, at) => [line, at] as const))(
		'by %s is the one that docker creates',
		async (line, at) => {
			const [one, other] = [`${prefix}-${at}-ours`, `${prefix}-${at}-docker`];
			await ours(`docker run ${filled(line)}`, one);
			await theirs(filled(line), other);
			expect(comparable(await inspect(test, one))).toEqual(comparable(await inspect(test, other)));
		},
		20_000,
	);

	it.each(['-d busybox sleep 100', '-dit busybox sh', '-di busybox cat'])(
		'and started by %s is the one that docker runs',
		async (line) => {
			const at = line.replace(/\W+/g, '');
			const [one, other] = [`${prefix}-${at}-ours`, `${prefix}-${at}-docker`];
			await ours(`docker run --stop-timeout 0 ${line}`, one);
			await test.docker('start', one);
			names.push(other);
			await test.docker('run', '--name', other, '--stop-timeout', '0', ...line.split(' '));
			expect(comparable(await inspect(test, one))).toEqual(comparable(await inspect(test, other)));
		},
		20_000,
	);
});

describe('the body of a wish', () => {
	const body = (wish: Partial<RunWish>) => createBody({ ...emptyRun, image: 'x', ...wish });

	it.each([
		[{ memory: 'lots' }, 'lots is no size of memory: write it as 512m or 1.5g.'],
		[{ cpus: 'many' }, 'many is no number of processors: write it as 1.5.'],
		[
			{ mounts: ['type=bind,target=/x'] },
			'--mount type=bind,target=/x does not say what is mounted: add source=/path.',
		],
		[{ others: ['--shm-size=big'] }, '--shm-size takes a size, such as 64m, not big.'],
		[{ others: ['--gpus=all'] }, '--gpus is not known here.'],
	] satisfies [Partial<RunWish>, string][])('is not made of %j', (wish, sentence) => {
		expect(() => body(wish)).toThrow(sentence);
	});

	it('has only the first of several networks', () => {
		expect(body({ networks: ['name=one,alias=a', 'two'] })).toMatchObject({
			HostConfig: { NetworkMode: 'one' },
			NetworkingConfig: { EndpointsConfig: { one: { Aliases: ['a'] } } },
		});
	});
});
