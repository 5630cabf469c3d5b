// `docker run` lines: read as docker reads them, and written as tutorials do.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { runLine } from '../../source/run/run-line.ts';
import { randomFrom, randomWish } from './random-wish.ts';

const wishOf = (line: string): RunWish => {
	const read = parseRunLine(line);
	if ('problem' in read) throw new Error(`${line}: ${read.problem}`);
	return read.wish;
};
const problemOf = (line: string): string | undefined => {
	const read = parseRunLine(line);
	return 'problem' in read ? read.problem : undefined;
};

describe('a run line', () => {
	it.each([
		'docker run hello-world',
		'docker run -it --name u ubuntu bash',
		'docker run -d --name web -P httpd',
		'docker run -d --name web -p 8080:80 httpd',
		'docker run --rm hello',
		'docker run -it --rm --name N -p 8080:80 -e A=b -v /a:/b IMAGE COMMAND',
		'docker run -dit -v ~/site:/usr/local/apache2/htdocs httpd',
		"docker run -e 'GREETING=hello world' busybox sh -c 'echo \"$GREETING\"; exit 3'",
		"docker run --entrypoint '' busybox ls -l",
		'docker run --shm-size 64m --ulimit nofile=1024:2048 --no-healthcheck busybox',
	])('%s comes out as it went in', (line) => {
		expect(runLine(wishOf(line))).toBe(line);
	});

	it.each([
		['docker container run httpd', 'docker run httpd'],
		['sudo docker run httpd', 'docker run httpd'],
		['sudo -E docker run httpd', 'docker run httpd'],
		['$ docker run httpd', 'docker run httpd'],
		['  podman run --rm httpd  ', 'docker run --rm httpd'],
		['docker run \\\n  -d \\\n  -p 80:80 \\\n  httpd', 'docker run -d -p 80:80 httpd'],
		['$ docker run \\\r\n> -d \\\r\n> httpd', 'docker run -d httpd'],
		['docker run \\   -d \\ -p 80:80 httpd', 'docker run -d -p 80:80 httpd'],
		['docker run httpd # the web server', 'docker run httpd'],
		['docker run httpd a#b', "docker run httpd 'a#b'"],
		['docker run -itd httpd', 'docker run -dit httpd'],
		['docker run -t -i --tty=true httpd', 'docker run -it httpd'],
		['docker run -it=false httpd', 'docker run -i httpd'],
		['docker run --rm=false --rm=1 httpd', 'docker run --rm httpd'],
		['docker run --rm --rm=false httpd', 'docker run httpd'],
		['docker run -p8080:80 httpd', 'docker run -p 8080:80 httpd'],
		['docker run -p=8080:80 httpd', 'docker run -p 8080:80 httpd'],
		['docker run --publish=8080:80/TCP httpd', 'docker run -p 8080:80 httpd'],
		['docker run -dp 8080:80 httpd', 'docker run -d -p 8080:80 httpd'],
		['docker run -itp8080:80 httpd', 'docker run -it -p 8080:80 httpd'],
		['docker run -p :80 httpd', 'docker run -p 80 httpd'],
		['docker run -p 127.0.0.1::80 httpd', 'docker run -p 127.0.0.1::80 httpd'],
		["docker run -p '[::1]:8080:80' httpd", "docker run -p '[::1]:8080:80' httpd"],
		['docker run -p ::1:8080:80 httpd', "docker run -p '[::1]:8080:80' httpd"],
		['docker run -p published=8080,target=80,protocol=udp httpd', 'docker run -p 8080:80/udp httpd'],
		['docker run --name=x httpd', 'docker run --name x httpd'],
		['docker run --name x --name y httpd', 'docker run --name y httpd'],
		['docker run --name= httpd', 'docker run httpd'],
		['docker run --net host httpd', 'docker run --network host httpd'],
		['docker run --net-alias=db --network n httpd', 'docker run --network n --network-alias db httpd'],
		['docker run --env "A=b c" -eB=1 httpd', "docker run -e 'A=b c' -e B=1 httpd"],
		['docker run --memory=512m --cpus=1.5 httpd', 'docker run -m 512m --cpus 1.5 httpd'],
		['docker run --memory-swap -1 httpd', 'docker run --memory-swap -1 httpd'],
		['docker run --shm-size 1g --shm-size=2g httpd', 'docker run --shm-size 2g httpd'],
		['docker run -c 512 httpd', 'docker run --cpu-shares 512 httpd'],
		['docker run --sig-proxy=false --detach-keys ctrl-x httpd', 'docker run httpd'],
		['docker run -- httpd -d', 'docker run httpd -d'],
		['docker run httpd --rm -it', 'docker run httpd --rm -it'],
		['docker run busybox echo -- -x', 'docker run busybox echo -- -x'],
		['docker run -e A=\\$x busybox', "docker run -e 'A=$x' busybox"],
	])('%s is the same as another', (line, same) => {
		expect(runLine(wishOf(line))).toBe(same);
	});

	it('has all that is said in it', () => {
		expect(
			wishOf(
				'docker run -d --rm -P -p 127.0.0.1:8000-8002:80-82/udp -e A=b -e C --env-file .env -v data:/data -v /x --mount type=tmpfs,target=/t --tmpfs /run:size=64m --network front --network back --restart on-failure:3 -u 1000:1000 -w /srv --entrypoint sh -m 1g --cpus .5 --pids-limit 100 -l a=b -h box --privileged --read-only --init --cap-add NET_ADMIN --cap-drop ALL --add-host db:10.0.0.2 --platform linux/arm64 --pull always --dns 1.1.1.1 --dns 8.8.8.8 IMAGE -c "exit 1"',
			),
		).toEqual({
			...emptyRun,
			isDetached: true,
			isRemoved: true,
			publishesAll: true,
			ports: [{ address: '127.0.0.1', host: '8000-8002', container: '80-82', protocol: 'udp' }],
			env: ['A=b', 'C'],
			envFiles: ['.env'],
			volumes: ['data:/data', '/x'],
			mounts: ['type=tmpfs,target=/t'],
			tmpfs: ['/run:size=64m'],
			networks: ['front', 'back'],
			restart: 'on-failure:3',
			user: '1000:1000',
			workdir: '/srv',
			entrypoint: 'sh',
			memory: '1g',
			cpus: '.5',
			pidsLimit: '100',
			labels: ['a=b'],
			hostname: 'box',
			isPrivileged: true,
			isReadOnly: true,
			hasInit: true,
			capAdd: ['NET_ADMIN'],
			capDrop: ['ALL'],
			hosts: ['db:10.0.0.2'],
			platform: 'linux/arm64',
			pull: 'always',
			others: ['--dns=1.1.1.1', '--dns=8.8.8.8'],
			image: 'IMAGE',
			command: ['-c', 'exit 1'],
		});
	});

	it.each([
		['', 'The line begins with docker run.'],
		['docker ps', 'The line begins with docker run.'],
		['run httpd', 'The line begins with docker run.'],
		['DOCKER_HOST=x docker run httpd', 'DOCKER_HOST cannot be set here: the line begins with docker run.'],
		['docker run', 'The line does not name an image yet.'],
		['docker run -it', 'The line does not name an image yet.'],
		['docker run --name', '--name needs a value after it.'],
		['docker run -p', '-p needs a value after it.'],
		['docker run -p 80:80:80:x httpd', '80:80 is no address of this machine: write it as 127.0.0.1:8080:80.'],
		[
			'docker run -p 99999:80 httpd',
			'99999:80 is no port to publish: write it as HOST:CONTAINER, such as 8080:80.',
		],
		['docker run -p httpd', 'httpd is no port to publish: write it as HOST:CONTAINER, such as 8080:80.'],
		['docker run -p 8000-8003:80-81 httpd', 'The two ranges of 8000-8003:80-81 are of different lengths.'],
		['docker run -p 80/icmp httpd', 'icmp is no protocol of a port: tcp, udp and sctp are (80/icmp).'],
		['docker run --gpus all httpd', '--gpus is not known here; run the line in a shell for it.'],
		['docker run -a stdout httpd', '-a is not known here; run the line in a shell for it.'],
		['docker run --nmae web httpd', '--nmae is not understood here: did you mean --name?'],
		['docker run --volum /a:/b httpd', '--volum is not understood here: did you mean --volume?'],
		['docker run --constructor httpd', '--constructor is not understood here.'],
		['docker run -itz httpd', '-z is not understood here.'],
		['docker run --rm=maybe httpd', '--rm can be true or false, not maybe.'],
		['docker run --shm-size big httpd', '--shm-size takes a size, such as 64m, not big.'],
		['docker run --name "x httpd', 'A " is open at the end.'],
		[
			'docker run -v $HOME/x:/y httpd',
			'$HOME means nothing here, because no shell looks at this line: write ~ for your home.',
		],
		[
			'docker run -v "$(pwd)":/y httpd',
			'$(pwd) means nothing here, because no shell looks at this line: write . for this folder.',
		],
		[
			`docker run -e A="\${B}" httpd`,
			`\${B} means nothing here, because no shell looks at this line: write what it stands for, or put it into single quotes.`,
		],
		[
			'docker run httpd | less',
			'| is for a shell, and none looks at this line: leave it out, or put it into quotes.',
		],
		[
			'docker run httpd && docker ps',
			'&& is for a shell, and none looks at this line: leave it out, or put it into quotes.',
		],
	])('%s is refused in a sentence', (line, problem) => {
		expect(problemOf(line)).toBe(problem);
	});

	it('that was written from a wish is read as the same wish', () => {
		const random = randomFrom(20_240_607);
		for (let count = 0; count < 5000; count++) {
			const wish = randomWish(random);
			const line = runLine(wish);
			expect(parseRunLine(line), line).toEqual({ wish });
		}
	});

	it('has the words that a shell hands over', () => {
		const random = randomFrom(7);
		for (let count = 0; count < 40; count++) {
			const { command } = randomWish(random);
			const line = runLine({ ...emptyRun, image: 'x', command });
			// `docker` and `run` are words for it like the others.
			const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
			expect(printed.split('\0').slice(0, -1), line).toEqual(['docker', 'run', 'x', ...command]);
		}
	});

	it('says something about any text, and never throws', () => {
		const random = randomFrom(99);
		const alphabet = [...'docker run -itpevPx=:/\'"\\$(){}`#|&;<>~. \n08', '--', ' -', 'docker run '];
		for (let count = 0; count < 20_000; count++) {
			const length = Math.floor(random() * 25);
			const tail = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
			const read = parseRunLine(random() < 0.8 ? `docker run ${tail}` : tail);
			if ('problem' in read) expect(read.problem).toMatch(/\S.*[.?]$/s);
			else expect(parseRunLine(runLine(read.wish))).toEqual(read);
		}
	});
});
