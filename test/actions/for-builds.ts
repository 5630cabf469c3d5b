// What builds need of this machine, as tests have it in hand.
import { tmpdir } from 'node:os';
import type { BuildHistory, BuildRecord } from '../../source/build/history.ts';

/** No logins, and a history that is kept no longer than the test. */
export const forBuilds = (records: readonly BuildRecord[] = []) => {
	const written: BuildRecord[] = [...records];
	const history: BuildHistory = {
		read: async () => [...written].sort((one, other) => other.at - one.at),
		add: async (_, __, record) => {
			written.push(record);
			return undefined;
		},
	};
	const credentials = {
		credentialsFor: async () => ({}),
		allCredentials: async () => ({ logins: {}, problems: [] }),
	};
	return { history, credentials, home: '/home/me', temporary: tmpdir(), written };
};
