// What registries have: images found on Docker Hub, the repositories of others, and the tags of one.
import type { ListingColumn } from '../model/listing.ts';
import { shellWord } from '../model/words.ts';
import type { Registry } from '../registry/registry.ts';
import type { Listings } from './listings.ts';

export type RegistryLooksGiven = {
	readonly listings: Listings;
	/** With the login that docker has for it. */
	readonly registry: (host: string) => Promise<Registry>;
};

/** As many as docker itself asks for. */
const mostFound = 25;

const nameColumn: ListingColumn = { label: 'NAME', min: 16, max: 50, rank: 1, cut: 'middle' };

const foundColumns: readonly ListingColumn[] = [
	nameColumn,
	{ label: 'DESCRIPTION', min: 10, max: 80, rank: 3, isDim: true },
	{ label: 'STARS', min: 6, max: 6, rank: 2, align: 'right' },
	{ label: 'OFFICIAL', min: 8, max: 8, rank: 4 },
];

export const registryLooks = ({ listings, registry }: RegistryLooksGiven) => ({
	/** On Docker Hub, by the engine. */
	search: (term: string): void =>
		listings.look(
			{
				kind: 'found',
				title: `Found for ${term}`,
				line: `docker search ${shellWord(term)}`,
				about: term,
				columns: foundColumns,
				asking: 'Searching Docker Hub…',
			},
			async (engine) => {
				const found = await engine.search(term, mostFound);
				return {
					rows: found.map((each) => ({
						id: each.name,
						cells: [each.name, each.description, String(each.stars), each.isOfficial ? '[OK]' : ''],
					})),
					...(found.length ? {} : { message: `Docker Hub has nothing for ${term}.` }),
				};
			},
		),
	/** Of a registry that tells what it has; `term` is in their names. */
	repositories: (host: string, term: string): void =>
		listings.look(
			{
				kind: 'repositories',
				title: `Repositories of ${host}`,
				line: '',
				about: host,
				columns: [nameColumn],
				asking: `Asking ${host} for its repositories…`,
			},
			async (_, signal) => {
				const { names, isCut } = await (await registry(host)).catalog(signal);
				const rows = names
					.filter((each) => each.includes(term))
					.map((each) => ({ id: `${host}/${each}`, cells: [each] }));
				const nothing = names.length
					? `No repository of ${host} has ${term} in its name.`
					: `${host} is empty.`;
				return {
					rows,
					...(rows.length ? {} : { message: nothing }),
					...(isCut ? { notes: [`Only the first ${names.length} of ${host} were read.`] } : {}),
				};
			},
		),
	/** Of a repository, with its registry's host where that is not Docker Hub. */
	tags: (repository: string, split: { readonly host: string; readonly path: string }): void =>
		listings.look(
			{
				kind: 'tags',
				title: `Tags of ${repository}`,
				line: '',
				about: repository,
				columns: [{ ...nameColumn, label: 'TAG' }],
				asking: `Asking for the tags of ${repository}…`,
			},
			async (_, signal) => {
				const { names, isCut } = await (await registry(split.host)).tags(split.path, signal);
				return {
					rows: names.map((tag) => ({ id: `${repository}:${tag}`, cells: [tag] })),
					...(names.length ? {} : { message: `${repository} has no tags.` }),
					...(isCut ? { notes: [`Only the newest ${names.length} are shown.`] } : {}),
				};
			},
		),
});
