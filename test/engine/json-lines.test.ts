// JSON lines, however the bytes are cut.
import { expect, it } from 'vitest';
import { jsonLines } from '../../source/engine/json-lines.ts';

const bytes = Buffer.from('{"a":"é€😀"}\r\n\x1e{"b":1}\n\nnot json\n[1]\nnull\n{"c":[]}');
const objects = [{ a: 'é€😀' }, { b: 1 }, { c: [] }];

it('are whole at every place where they can be split', () => {
	for (let at = 0; at <= bytes.length; at++) {
		const found: object[] = [];
		const bad: string[] = [];
		const lines = jsonLines(
			(object) => found.push(object),
			(line) => bad.push(line),
		);
		lines.push(bytes.subarray(0, at));
		lines.push(bytes.subarray(at));
		lines.end();
		expect(found).toEqual(objects);
		expect(bad).toEqual(['not json', '[1]', 'null']);
	}
});

it('are given up when one does not end', () => {
	const bad: string[] = [];
	const found: object[] = [];
	const lines = jsonLines(
		(object) => found.push(object),
		(line) => bad.push(line),
		1000,
	);
	for (let i = 0; i < 30; i++) lines.push(Buffer.from('x'.repeat(50)));
	lines.push(Buffer.from('\n{"a":1}\n'));
	expect(found).toEqual([{ a: 1 }]);
	expect(bad.length).toBeGreaterThan(0);
});
