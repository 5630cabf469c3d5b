// Ranges with every port there is, held against a machine that has many containers.
import { expect, it } from 'vitest';
import { portTaken } from '../../source/run/check-ports.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { container } from '../model/things.ts';
import { contextOf, published } from './things.ts';

const context = contextOf({
	containers: Array.from({ length: 300 }, (_, index) =>
		container(`c${index}`, { ports: [published(60_000 + index, 80), published(50_000 + index, 81)] }),
	),
});

const taken = (ports: string): string | undefined => {
	const read = parseRunLine(`docker run ${ports} httpd`);
	if ('problem' in read) throw new Error(read.problem);
	return portTaken(read.wish, context);
};

it('names the first port of a range that somebody has', () => {
	expect(taken('-p 1-65535:1-65535')).toBe('Port 50000 is taken by c0.');
});

it('takes every port there is for free where nobody has one of its protocol', () => {
	expect(taken('-p 1-65535:1-65535/sctp -p 1-65535:1-65535/udp')).toBeUndefined();
});
