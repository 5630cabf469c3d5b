// Random lifecycle operations on an engine, the same in every run with the same seed.
import { raw } from './raw.ts';

function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/** `count` operations that succeed; others fail between them (a stop of what is stopped), and that is part of it. */
export async function churn(socket: string, image: string, count: number, seed = 7): Promise<void> {
	const random = randomFrom(seed);
	const pick = (size: number): number => Math.floor(random() * size);
	const name = (): string => `churn-${pick(6)}`;
	await raw(socket, 'POST', '/networks/create', { Name: 'churn-net' });
	const operations: (() => [method: string, path: string, body?: object])[] = [
		() => [
			'POST',
			`/containers/create?name=${name()}`,
			{ Image: image, Cmd: ['sleep', '1000'], StopSignal: 'SIGKILL' },
		],
		() => [
			'POST',
			`/containers/create?name=${name()}`,
			{ Image: `churn:${pick(2)}`, Cmd: ['sleep', '1000'] },
		],
		() => ['POST', `/containers/${name()}/start`],
		() => ['POST', `/containers/${name()}/start`],
		() => ['POST', `/containers/${name()}/stop?t=0`],
		() => ['POST', `/containers/${name()}/restart?t=0`],
		() => ['POST', `/containers/${name()}/kill?signal=KILL`],
		() => ['POST', `/containers/${name()}/pause`],
		() => ['POST', `/containers/${name()}/unpause`],
		() => ['POST', `/containers/${name()}/rename?name=${name()}`],
		() => ['DELETE', `/containers/${name()}?force=1`],
		() => ['POST', `/networks/churn-net/connect`, { Container: name() }],
		() => ['POST', `/networks/churn-net/disconnect`, { Container: name() }],
		() => ['POST', `/commit?container=${name()}&repo=churn&tag=${pick(2)}&pause=0`, {}],
		() => ['POST', `/images/${encodeURIComponent(image)}/tag?repo=churn&tag=${pick(2)}`],
		() => ['DELETE', `/images/churn:${pick(2)}?force=1`],
		() => ['POST', '/containers/prune'],
	];
	for (let done = 0; done < count; ) {
		// Two at a time, so that they meet.
		const pair = [pick(operations.length), pick(operations.length)].map((at) => operations[at]?.());
		const answers = await Promise.all(pair.map((operation = ['GET', '/_ping']) => raw(socket, ...operation)));
		done += answers.filter(({ status }) => status < 300).length;
	}
}

export async function cleanUpChurn(socket: string): Promise<void> {
	for (let at = 0; at < 6; at++) await raw(socket, 'DELETE', `/containers/churn-${at}?force=1`);
	for (let at = 0; at < 2; at++) await raw(socket, 'DELETE', `/images/churn:${at}?force=1`);
	await raw(socket, 'POST', `/images/prune`);
	await raw(socket, 'DELETE', '/networks/churn-net');
}
