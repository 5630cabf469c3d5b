// What is asked over HTTP, and where nothing is asked.
import { hostText } from '../model/port-address.ts';
import type { CheckWish } from './check-wish.ts';

/** Who speaks first there, or is disturbed by a request it does not know: it is enough that they accept. */
export const notForBrowsers: ReadonlySet<number> = new Set([
	21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 1883, 3306, 3389, 4222, 5432, 5672,
	6379, 9042, 9092, 11211, 27017,
]);

export const requestOf = ({ name, port, version }: CheckWish): string =>
	[
		'GET / HTTP/1.1',
		`Host: ${hostText({ name, port })}`,
		`User-Agent: portside/${version} (a check of this port by its operator)`,
		'Accept: */*',
		'Accept-Encoding: identity',
		'Connection: close',
		'',
		'',
	].join('\r\n');
