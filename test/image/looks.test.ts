// What is looked up in registries, and what is said where there is little, or too much, of it.
import { expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { createListings } from '../../source/image/listings.ts';
import { createLooks, type Looks } from '../../source/image/looks.ts';
import type { Listing } from '../../source/model/listing.ts';
import type { Names } from '../../source/registry/registry.ts';
import { now } from '../model/things.ts';
import { dockerArchive, file, sent } from './archives.ts';

/** The listing as it is filled. */
const look = (names: Names, open: (looks: Looks) => void, engine: Partial<Engine> = {}): Promise<Listing> =>
	new Promise((resolve) => {
		const listings = createListings({
			send: (event) => {
				if (event.type === 'listing-changed' && event.listing.status !== 'loading') resolve(event.listing);
			},
			engine: () => engine as Engine,
		});
		const registry = async () => ({ catalog: async () => names, tags: async () => names });
		open(createLooks({ listings, registry, now: () => now, containers: () => [] }));
	});
const whole = (...names: readonly string[]): Names => ({ names, isCut: false });
const place = { host: 'localhost:5000', path: 'app' };

it('a registry that is empty, and one that has nothing by that name', async () => {
	expect(await look(whole(), (looks) => looks.repositories('localhost:5000', ''))).toMatchObject({
		rows: [],
		message: 'localhost:5000 is empty.',
	});
	expect(await look(whole('app'), (looks) => looks.repositories('localhost:5000', 'web'))).toMatchObject({
		rows: [],
		message: 'No repository of localhost:5000 has web in its name.',
	});
});

it('a repository without tags', async () => {
	expect(await look(whole(), (looks) => looks.tags('localhost:5000/app', place))).toMatchObject({
		status: 'ready',
		rows: [],
		message: 'localhost:5000/app has no tags.',
	});
});

it('more than is read', async () => {
	const names: Names = { names: ['one', 'two'], isCut: true };
	expect(await look(names, (looks) => looks.tags('localhost:5000/app', place))).toMatchObject({
		rows: [{ id: 'localhost:5000/app:one' }, { id: 'localhost:5000/app:two' }],
		notes: ['Only the newest 2 are shown.'],
	});
	expect(await look(names, (looks) => looks.repositories('localhost:5000', 'o'))).toMatchObject({
		rows: [{ id: 'localhost:5000/one' }, { id: 'localhost:5000/two' }],
		notes: ['Only the first 2 of localhost:5000 were read.'],
	});
});

it('a term is quoted in the docker line as a shell needs it', async () => {
	const listing = await look(whole(), (looks) => looks.search('web server; ls'), { search: async () => [] });
	expect(listing.line).toBe("docker search 'web server; ls'");
});

it('a history of no layers', async () => {
	const listing = await look(whole(), (looks) => looks.layers('app:1'), { history: async () => [] });
	expect(listing).toMatchObject({ status: 'ready', rows: [] });
	expect(listing.notes[0]).toMatch(/^0 layers with files · 0B/);
});

it('a name that another image has by now shows the files of that one', async () => {
	const listed: Listing[] = [];
	let built = 'first';
	const engine: Partial<Engine> = {
		history: async () => [
			{
				id: `sha256:${built}`,
				createdBy: 'CMD ["sh"]',
				comment: '',
				createdAt: now,
				size: 0,
				references: [],
			},
			{ createdBy: 'step 0', comment: '', createdAt: now, size: 1, references: [] },
		],
		save: async () => sent(await dockerArchive([[file(built, 'x')]])),
	};
	const listings = createListings({
		send: (event) => {
			if (event.type === 'listing-changed' && event.listing.status !== 'loading') listed.push(event.listing);
		},
		engine: () => engine as Engine,
	});
	const registry = async () => ({ catalog: async () => whole(), tags: async () => whole() });
	const looks = createLooks({ listings, registry, now: () => now, containers: () => [] });
	const shown: (string | undefined)[] = [];
	for (built of ['first', 'second']) {
		looks.files('app:1', 1);
		await expect.poll(() => listed.length).toBe(shown.length + 1);
		shown.push(listed.at(-1)?.rows[0]?.id);
	}
	expect(shown).toEqual(['/first', '/second']);
});
