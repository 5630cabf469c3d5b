// What the looks at the ports of one row come to.
import type { PortCheck } from '../model/ports.ts';
import type { PortRow } from '../model/row.ts';

/** A range is as good as the worst of it, and not known to be good before all of it was looked at. */
export const summed = (row: PortRow, checks: readonly PortCheck[]): PortCheck | undefined => {
	const [first] = checks;
	if (row.count === 1 || !first) return first;
	const good = checks.filter(({ tone }) => tone === 'good').length;
	const bad = checks.find(({ tone }) => tone === 'bad');
	const isAll = checks.length === row.count;
	return {
		at: first.at,
		brief: isAll ? `${good} of ${checks.length} good` : `${checks.length} of ${row.count} looked at`,
		tone: bad ? 'bad' : isAll && good === checks.length ? 'good' : 'busy',
		isTls: checks.every(({ isTls }) => isTls),
		facts: [
			...(isAll ? [] : [['looked at', `the first ${checks.length} of ${row.count}: ${good} good`] as const]),
			...checks.map(({ brief }, index) => [`${(row.hostPort ?? row.containerPort) + index}`, brief] as const),
		],
		...(bad?.advice === undefined ? {} : { advice: bad.advice }),
	};
};
