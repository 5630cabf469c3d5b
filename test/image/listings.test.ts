// Listings on their own: filled as answers come, asked again, and deaf once they are closed.
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../source/engine/contract.ts';
import { EngineError } from '../../source/engine/error.ts';
import { type Ask, createListings, type Look } from '../../source/image/listings.ts';
import type { Event } from '../../source/model/event.ts';
import type { Listing } from '../../source/model/listing.ts';

const engine = {} as Engine;
const given: Look = {
	kind: 'found',
	title: 'Found',
	line: 'docker search x',
	about: 'x',
	columns: [],
	asking: 'Asking…',
};
const row = (id: string) => ({ id, cells: [id] });

/** What was asked is answered by hand. */
const look = (through: Engine | undefined = engine) => {
	const events: Event[] = [];
	const asked: {
		signal: AbortSignal;
		progress: (message: string) => void;
		answer: (rows: readonly string[]) => void;
		fail: (error: Error) => void;
	}[] = [];
	const ask: Ask = (_, signal, progress) =>
		new Promise((resolve, fail) => {
			const answer = (rows: readonly string[]) => resolve({ rows: rows.map(row), notes: ['a note'] });
			asked.push({ signal, progress, answer, fail });
		});
	const listings = createListings({ send: (event) => events.push(event), engine: () => through });
	listings.look(given, ask);
	const told = (): Listing[] => events.flatMap((event) => ('listing' in event ? [event.listing] : []));
	return { listings, events, asked, told, last: () => told().at(-1) as Listing, id: told()[0]?.id ?? 0 };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a listing', () => {
	it('is open at once, and filled when the answer is there', async () => {
		const { events, asked, last } = look();
		expect(events).toMatchObject([
			{ type: 'listing-opened', listing: { status: 'loading', message: 'Asking…', rows: [], selected: 0 } },
		]);
		asked[0]?.answer(['a', 'b']);
		await settled();
		expect(last()).toMatchObject({ status: 'ready', rows: [row('a'), row('b')], notes: ['a note'] });
		expect(last().message).toBeUndefined();
	});

	it('has an id of its own', () => {
		const { listings, told } = look();
		listings.look(given, async () => ({ rows: [] }));
		expect(new Set(told().map(({ id }) => id)).size).toBe(2);
	});

	it('tells how far it is, and not each time', async () => {
		const { asked, told } = look();
		for (let step = 0; step < 1000; step++) asked[0]?.progress(`${step}`);
		const messages = told().map(({ message }) => message);
		expect(messages.slice(0, 2)).toEqual(['Asking…', '0']);
		expect(messages.length).toBeLessThan(20);
	});

	it('says why it failed, and that a login helps where it does', async () => {
		const { asked, last, listings, id } = look();
		asked[0]?.fail(new EngineError('The engine does not know.'));
		await settled();
		expect(last()).toMatchObject({ status: 'failed', message: 'The engine does not know.' });
		listings.again(id);
		asked[1]?.fail(new EngineError('There is no way in.', { code: 'ELOGIN' }));
		await settled();
		expect(last()).toMatchObject({ status: 'failed', message: 'There is no way in. L logs in.' });
	});

	it('keeps what it has while it is asked again, and forgets the answer before', async () => {
		const { asked, last, listings, id } = look();
		asked[0]?.answer(['a']);
		await settled();
		listings.again(id);
		expect(last()).toMatchObject({ status: 'loading', message: 'Asking…', rows: [row('a')] });
		asked[1]?.progress('half');
		expect(last()).toMatchObject({ status: 'loading', message: 'half', rows: [row('a')] });
		listings.again(id);
		expect(asked[1]?.signal.aborted).toBe(true);
		asked[1]?.answer(['late']);
		asked[2]?.answer(['b']);
		await settled();
		expect(last()).toMatchObject({ status: 'ready', rows: [row('b')] });
	});

	it('that was closed hears nothing any more', async () => {
		const { asked, events, listings, id } = look();
		listings.forget(id);
		expect(asked[0]?.signal.aborted).toBe(true);
		asked[0]?.progress('half');
		asked[0]?.answer(['a']);
		listings.again(id);
		listings.forget(id);
		await settled();
		expect(events).toHaveLength(1);
		expect(asked).toHaveLength(1);
	});

	it('says nothing of what failed because it was closed', async () => {
		const { asked, events, listings, id } = look();
		listings.forget(id);
		asked[0]?.fail(new Error('aborted'));
		await settled();
		expect(events).toHaveLength(1);
	});
});
