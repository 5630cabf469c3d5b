// What stands in for registries and logins while there is but a demo: nothing is asked of the network, nothing is kept.
import { RegistryError } from './error.ts';
import type { LoginStore } from './login-store.ts';
import { isHub, keyOf } from './names.ts';
import { newestFirst } from './newest-first.ts';
import type { Registry } from './registry.ts';

type Offer = { readonly name: string; readonly tags: readonly string[] };

export const demoRegistry = (host: string, offers: readonly Offer[]): Registry => ({
	catalog: async () => {
		throw new RegistryError(
			'The demo asks no real registry: leave it empty to search its own.',
			'ENOCATALOG',
		);
	},
	tags: async (repository) => {
		const name = repository.replace(/^library\//, '');
		const offer = isHub(host) ? offers.find((each) => each.name === name) : undefined;
		if (!offer) throw new RegistryError(`The demo has no repository ${repository}.`, 'ENOREPOSITORY');
		return { names: newestFirst(offer.tags), isCut: false };
	},
});

/** Forgotten when Portside ends. */
export const demoLogins = (): LoginStore => {
	const known = new Set<string>();
	return {
		saveLogin: async (registry) => {
			known.add(keyOf(registry));
			return { helper: 'the demo, until it ends' };
		},
		removeLogin: async (registry) => known.delete(keyOf(registry)),
	};
};
