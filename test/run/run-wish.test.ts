// The run line that an existing container could have come from: a container made from it is the twin of that one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { unkeptFlags } from '../../source/engine/create/read-unkept.ts';
import { openEngine } from '../../source/engine/engine.ts';
import { runWishOf } from '../../source/engine/run-wish.ts';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { runLine } from '../../source/run/run-line.ts';
import { shellWords } from '../../source/run/shell-line.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { comparable, inspect } from './twins.ts';

const base = 'portside-wish-base';

/** They come back as they are, word for word. (Of several -e or -v docker makes an order of its own.) */
const lines = [
	'docker run busybox true',
	'docker run -d --name NAME busybox sleep 1000',
	'docker run -dit --name NAME busybox',
	`docker run -d --name NAME ${base}`,
	`docker run -d --name NAME ${base} 'exec sleep 999'`,
	`docker run -d --name NAME -e BASE=other -u 1000 -w /tmp -l base=other -l c=d ${base}`,
	`docker run -d --name NAME --entrypoint sleep ${base} 1000`,
	`docker run -d --name NAME --entrypoint '' ${base} sleep 1000`,
	'docker run -d --rm --name NAME -p 18080:80 -p 127.0.0.1:18081:81/udp busybox sleep 1000',
	'docker run -d --name NAME -P --restart on-failure:3 --expose 53/udp busybox sleep 1000',
	'docker run -d --name NAME -v VOLUME:/data:ro --mount type=volume,source=VOLUME,target=/m,readonly,volume-nocopy --mount type=tmpfs,target=/t,tmpfs-size=1048576 --tmpfs /run:size=1m busybox sleep 1000',
	'docker run -d --name NAME --network NET --network-alias one --ip 10.232.7.9 busybox sleep 1000',
	'docker run -d --name NAME --network host busybox sleep 1000',
	"docker run -d --name NAME -e 'MORE=a b' -v /tmp:/x --network none busybox sleep 1000",
	'docker run -d --name NAME -m 64m --cpus 0.25 --pids-limit 50 --shm-size 32m --cpu-shares 512 busybox sleep 1000',
	'docker run -d --name NAME --hostname box --read-only --init --cap-add CAP_NET_ADMIN --cap-drop ALL --add-host db:10.0.0.2 --dns 1.1.1.1 --dns-search a.b --group-add 12 busybox sleep 1000',
	'docker run --name NAME --privileged busybox sleep 1000',
	"docker run -d --name NAME --stop-signal SIGINT --stop-timeout 3 --health-cmd 'true && true' --health-interval 30s --health-retries 2 --log-driver local --log-opt max-size=1m --ulimit nofile=1024:2048 --security-opt no-new-privileges busybox sleep 1000",
	'docker run -d --name NAME --no-healthcheck --ipc host --pid host --device /dev/null:/dev/x:r --sysctl net.ipv4.ip_forward=1 busybox sleep 1000',
];

describeWithEngine('a container that is there', (test) => {
	let engine: Engine;
	const names: string[] = [];
	const prefix = `wish-${process.pid}`;
	const networks = [`${prefix}-net`, `${prefix}-other`];
	const volume = `${prefix}-volume`;

	beforeAll(async () => {
		engine = await openEngine({ host: test.host, source: 'test', name: 'local' });
		await test.docker('network', 'create', '--subnet', '10.232.7.0/24', `${prefix}-net`);
		await test.docker('network', 'create', '--subnet', '10.232.8.0/24', `${prefix}-other`);
		const changes = [
			'ENTRYPOINT ["sh","-c"]',
			'CMD ["exec sleep 1000"]',
			'ENV BASE=1',
			'ENV KEPT=2',
			'LABEL base=1',
		];
		const more = ['EXPOSE 99', 'WORKDIR /root', 'USER root', 'HEALTHCHECK CMD true'];
		const source = (await test.docker('create', 'busybox')).trim();
		names.push(source);
		await test.docker(
			'commit',
			...[...changes, ...more].flatMap((change) => ['--change', change]),
			source,
			base,
		);
	}, 60_000);
	afterAll(async () => {
		await test.docker('rm', '--force', '--volumes', ...names);
		await test.docker('network', 'rm', ...networks);
		await test.docker('volume', 'rm', '--force', volume);
		await test.docker('rmi', base);
		engine.close();
	}, 60_000);

	const wishOfContainer = async (name: string): Promise<RunWish> => {
		const { raw } = await engine.inspect(name);
		return runWishOf(raw, (await engine.inspectImage(String(raw.Image))).raw);
	};
	const dockerRun = async (line: string): Promise<void> => {
		const split = shellWords(line);
		if ('problem' in split) throw new Error(split.problem);
		// Where tests run, it may not be allowed to start one with all rights.
		const verb = line.includes('--privileged') ? 'create' : 'run';
		await test.docker(verb, ...split.words.slice(2));
	};

	it.each(lines.map((line, at) => [line, at] as const))(
		'from %s tells this line, and has a twin in it',
		async (given, at) => {
			const name = `${prefix}-${at}`;
			const line = given
				.replaceAll('NAME', name)
				.replaceAll('VOLUME', volume)
				.replaceAll('NET ', `${prefix}-net `);
			const isNamed = given.includes('--name');
			names.push(name);
			await dockerRun(isNamed ? `${line}` : line.replace('run', `run --name ${name} --stop-timeout 0`));
			const { name: _, others, ...unnamed } = await wishOfContainer(name);
			const wish = { ...unnamed, others: others.filter((other) => other !== '--stop-timeout=0') };
			expect(runLine(isNamed ? { ...wish, name } : wish)).toBe(line);
			const twin = `${name}-twin`;
			names.push(twin);
			await engine.create({ ...unnamed, others, name: twin });
			expect(comparable(await inspect(test, twin))).toEqual(comparable(await inspect(test, name)));
			if (given.includes('--rm')) names.splice(names.indexOf(name), 1);
			await test.docker('rm', '--force', name);
		},
		30_000,
	);

	it('keeps volumes that nobody named, by the names the engine gave them', async () => {
		const name = `${prefix}-anonymous`;
		names.push(name, `${name}-twin`);
		await test.docker(
			'run',
			'--name',
			name,
			'-v',
			'/data',
			'--mount',
			'target=/more',
			'busybox',
			'touch',
			'/data/x',
		);
		const wish = await wishOfContainer(name);
		const id = /^([0-9a-f]{64}):\/data$/.exec(wish.volumes[0] ?? '')?.[1];
		const other = /^type=volume,source=([0-9a-f]{64}),target=\/more$/.exec(wish.mounts[0] ?? '')?.[1];
		expect([id, other]).not.toContain(undefined);
		await engine.create({ ...wish, name: `${name}-twin` });
		expect(
			(await engine.inspect(`${name}-twin`)).mounts.map(({ source, target }) => [target, source]).sort(),
		).toEqual([
			['/data', id],
			['/more', other],
		]);
	}, 30_000);

	it('is in all its networks again, with its other names there', async () => {
		const name = `${prefix}-several`;
		names.push(name, `${name}-twin`);
		await test.docker(
			'create',
			'--name',
			name,
			'--network',
			`${prefix}-net`,
			'--network-alias',
			'a',
			'busybox',
		);
		await test.docker('network', 'connect', '--alias', 'b', '--alias', 'c', `${prefix}-other`, name);
		const wish = await wishOfContainer(name);
		expect(wish.networks).toEqual([`${prefix}-net`, `name=${prefix}-other,alias=b,alias=c`]);
		expect(wish.others).toEqual(['--network-alias=a']);
		expect(parseRunLine(runLine(wish))).toEqual({ wish });
		await engine.create({ ...wish, name: `${name}-twin` });
		expect(comparable(await inspect(test, `${name}-twin`))).toEqual(comparable(await inspect(test, name)));
	}, 30_000);
});

describe('the wish of a container', () => {
	it('does not have all, and it is told what not', () => {
		const host = { DeviceRequests: [{ Count: -1 }], BlkioDeviceReadBps: [], Isolation: 'default' };
		expect(unkeptFlags({ HostConfig: host })).toEqual(['--gpus']);
		expect(unkeptFlags({ HostConfig: { Annotations: { a: 'b' }, CpuRealtimePeriod: 5 } })).toEqual([
			'--annotation',
			'--cpu-rt-period',
		]);
		expect(unkeptFlags({})).toEqual([]);
	});

	it('is made of whatever an engine tells', () => {
		expect(runWishOf({})).toEqual({ ...emptyRun, isDetached: true });
		const odd = {
			Config: null,
			HostConfig: { Binds: {}, PortBindings: [], Memory: 'x' },
			NetworkSettings: 7,
		};
		expect(runWishOf(odd, { Config: [] })).toEqual({ ...emptyRun, isDetached: true });
	});

	it('has a program with words before its command as docker can tell it', () => {
		const config = { Image: 'x', Entrypoint: ['/bin/sh', '-c'], Cmd: ['exit 1'], AttachStdout: true };
		expect(runLine(runWishOf({ Config: config }))).toBe("docker run --entrypoint /bin/sh x -c 'exit 1'");
		const image = { Config: { Entrypoint: ['/bin/sh', '-c'], Cmd: ['true'] } };
		expect(runLine(runWishOf({ Config: config }, image))).toBe("docker run x 'exit 1'");
		expect(runLine(runWishOf({ Config: { ...config, Cmd: null } }, image))).toBe(
			'docker run --entrypoint /bin/sh x -c',
		);
	});
});
