// The registries that tests run against.
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeWithRegistry, putImage, startRegistry } from './registry.ts';
import { describeWithEngine } from './with-engine.ts';

describeWithRegistry('a registry of the tests', () => {
	test('lets everybody in, and is gone after stop()', async () => {
		const { host, folder, stop } = await startRegistry();
		expect((await fetch(`http://${host}/v2/`)).status).toBe(200);
		await stop();
		await expect(fetch(`http://${host}/v2/`)).rejects.toThrow();
		expect(existsSync(folder)).toBe(false);
	});

	test('lets only its user in', async () => {
		const user = { user: 'me', password: 'pass:word €' };
		const { host, stop } = await startRegistry({ htpasswd: user });
		await expect(putImage(host, 'a/b', ['1'])).rejects.toThrow('401');
		await putImage(host, 'a/b', ['1'], user);
		await stop();
	});

	describeWithEngine('with an engine', ({ docker }) => {
		test('has images that can be pulled', async () => {
			const { host, stop } = await startRegistry();
			const digest = await putImage(host, 'group/small', ['1', 'latest']);
			expect(await docker('pull', `${host}/group/small:1`)).toContain(digest);
			await docker('rmi', `${host}/group/small:1`);
			await stop();
		});
	});
});
