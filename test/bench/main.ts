// npm run bench: what a person at the keyboard would notice, beside a bare Node program and every peer on PATH.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNoEngine } from '../helpers/engine-support.ts';
import { serveEmbedded } from './embedded.ts';
import { type Fleet, type RealFleets, startEmbeddedFleet, startRealFleets } from './fleet.ts';
import { measureLogSearch } from './log-search.ts';
import { serveLogs } from './log-source.ts';
import { type Options, optionsOf, usage } from './options.ts';
import { portRowsLine } from './port-rows.ts';
import { absentPeers, bareNode, installedPeers, node, portside } from './programs.ts';
import { serveProxy } from './proxy.ts';
import { quietMachine } from './quiet.ts';
import { type FleetReport, overIn, tableOf } from './report.ts';
import { measureFleet } from './run.ts';

/** From so many on they are embedded ones. */
const manyContainers = 1000;

async function benchmark(options: Options): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'portside-bench-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	// a build meanwhile must not change what is measured
	const dist = join(folder, 'dist');
	cpSync('dist', dist, { recursive: true });
	const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
	const programs = [portside(dist), bareNode, ...installedPeers()];
	const start = performance.now();
	const share = (options.minutes * 60_000) / options.fleets.length;
	const settle = quietMachine(options.minutes * 4000);
	const say = (text: string) =>
		console.error(`${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s  ${text}`);
	const reports: FleetReport[] = [];
	const skipped: string[] = [];

	console.log(`Node ${version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, 120×40`);
	console.log(`Peers not on PATH: ${absentPeers().join(', ') || 'none'}\n`);
	let real: RealFleets | undefined;
	try {
		const firstReal = options.fleets.find((containers) => containers < manyContainers);
		if (firstReal !== undefined && !whyNoEngine()) {
			say(`${firstReal} containers: making them`);
			real = await startRealFleets();
			await real.grow(firstReal);
		}
		for (const [index, containers] of options.fleets.entries()) {
			const isReal = containers < manyContainers;
			const missing = isReal ? whyNoEngine() : undefined;
			const end = start + options.minutes * 60_000;
			const reason = missing ?? (performance.now() > end ? 'no time was left' : undefined);
			if (reason) {
				skipped.push(`${containers} containers: ${reason}`);
				continue;
			}
			if (containers !== firstReal) say(`${containers} containers: making them`);
			const fleet: Fleet =
				isReal && real ? await real.grow(containers) : await startEmbeddedFleet(containers, folder);
			const run = {
				options,
				programs,
				homes: folder,
				settle,
				oursWith: options.fleets.find((count) => count > 1 && count < manyContainers),
				end,
				peersEnd: start + share * (index + 1),
				say,
			};
			const report = await measureFleet(run, fleet, isReal ? 'dockerd' : 'embedded engine');
			reports.push(report);
			console.log(`${tableOf(report)}\n`);
			await fleet.close();
		}
	} finally {
		await real?.stop();
	}
	console.log(`${portRowsLine()}\n`);
	for (const text of skipped) console.log(`skipped ${text}`);
	const searches = measureLogSearch();
	console.log(searches.text);
	const over = [...reports.flatMap(overIn), ...searches.over];
	console.log(
		over.length > 0 ? `OVER: ${over.join('; ')}` : 'Everything that was measured is within its budget.',
	);
	if (options.out) {
		const plain = reports.map((report) => ({ ...report, results: Object.fromEntries(report.results) }));
		const { only: _, ...settings } = options;
		const machine = { node: version, cpu: cpus()[0]?.model, cores: cpus().length };
		writeFileSync(
			options.out,
			`${JSON.stringify({ machine, settings, fleets: plain, over, skipped }, null, '\t')}\n`,
		);
	}
}

async function main(): Promise<void> {
	const [role, ...rest] = process.argv.slice(2);
	if (role === 'embedded') return await serveEmbedded(Number(rest[0]), rest[1] as string);
	if (role === 'log-source') return serveLogs(rest[0] as string, rest[1] as string);
	if (role === 'proxy') return serveProxy(rest[0] as string, rest[1] as string);
	let options: Options;
	try {
		options = optionsOf(process.argv.slice(2));
	} catch (error) {
		console.error(`${(error as Error).message}\n\n${usage}`);
		process.exit(2);
	}
	// `exit` handlers end the programs and remove the files
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
	await benchmark(options);
	process.exit(0);
}

void main();
