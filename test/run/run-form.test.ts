// The form of `docker run` and its line: each follows the other, and neither is taken out of a person's hands.
import { describe, expect, it } from 'vitest';
import { type Answers, answersOf, type Question } from '../../source/model/question.ts';
import { emptyRun, type RunWish } from '../../source/model/run.ts';
import { parseRunLine } from '../../source/run/parse-run.ts';
import { fieldsOf, wishOf } from '../../source/run/run-fields.ts';
import { revised, runQuestion } from '../../source/run/run-form.ts';
import { runLine } from '../../source/run/run-line.ts';
import { randomFrom, randomWish } from './random-wish.ts';
import { contextOf } from './things.ts';

const context = contextOf({ networks: ['bridge', 'front'], images: ['httpd:latest', 'ubuntu:latest'] });

const wishIn = (line: string): RunWish => {
	const read = parseRunLine(line);
	if ('problem' in read) throw new Error(read.problem);
	return read.wish;
};
const open = (line: string): Question => runQuestion(wishIn(line), context, []);
const answer = (question: Question, answers: Answers): Question => ({
	...question,
	fields: question.fields.map(
		(field) => ({ ...field, value: answers[field.id] ?? field.value }) as typeof field,
	),
});
const set = (question: Question, answers: Answers): Question => revised(answer(question, answers), context);
const textIn = (question: Question, id: string) => answersOf(question)[id];

/** What is trimmed off a field, or means nothing in it, cannot come back out of it. */
const asFields = (wish: RunWish): RunWish => {
	const entries = Object.entries(wish).map(([key, value]) =>
		typeof value === 'string' ? [key, value.trim()] : [key, value],
	);
	const wordless = entries.filter(([key, value]) => value !== '' || key === 'image' || key === 'entrypoint');
	const { entrypoint, ...rest } = Object.fromEntries(wordless);
	const isOdd = entrypoint === undefined || /^(''|"")$/.test(entrypoint);
	return isOdd ? rest : { ...rest, entrypoint };
};

describe('the fields', () => {
	it('come back as the wish they were made of', () => {
		const random = randomFrom(4711);
		for (let count = 0; count < 3000; count++) {
			const wish = asFields(randomWish(random));
			const fields = fieldsOf(wish, context);
			const answers = Object.fromEntries(fields.map(({ id, value }) => [id, value]));
			expect(wishOf(answers), runLine(wish)).toEqual({ wish });
		}
	});

	it('are all there, in the order a line has them', () => {
		expect(fieldsOf(emptyRun, context).map(({ id }) => id)).toEqual([
			...['line', 'image', 'command', 'name', 'mode', 'rm', 'ports', 'publishAll', 'env', 'envFiles'],
			...['volumes', 'mounts', 'network', 'restart', 'user', 'workdir', 'entrypoint', 'memory', 'cpus'],
			...['labels', 'others'],
		]);
	});

	it.each([
		['ports', '80:http', '80:http is no port to publish: write it as HOST:CONTAINER, such as 8080:80.'],
		['env', 'A="b', 'A " is open at the end.'],
		[
			'command',
			'echo $HOME',
			'$HOME means nothing here, because no shell looks at this line: write ~ for your home.',
		],
		['others', '--gpus all', '--gpus is not known here; run the line in a shell for it.'],
		['others', '--init sh', 'sh is no flag: a command has its own field.'],
	])('say of %s when it is %s what is wrong', (field, value, problem) => {
		expect(wishOf({ image: 'httpd', [field]: value })).toEqual({ field, problem });
	});

	it('may all be empty', () => {
		expect(wishOf({})).toEqual({ wish: emptyRun });
	});
});

describe('the form', () => {
	it('writes the line when a field changes', () => {
		let question = open('docker run httpd');
		question = set(question, { mode: 'detached' });
		question = set(question, { name: 'web' });
		question = set(question, { ports: '8080:80 443:443' });
		question = set(question, { env: "A=b 'C=d e'" });
		expect(textIn(question, 'line')).toBe(
			"docker run -d --name web -p 8080:80 -p 443:443 -e A=b -e 'C=d e' httpd",
		);
		question = set(question, { others: '--hostname box --init', network: 'front' });
		expect(textIn(question, 'line')).toBe(
			"docker run -d --name web -p 8080:80 -p 443:443 -e A=b -e 'C=d e' --network front --hostname box --init httpd",
		);
		expect(question.problem).toBeUndefined();
	});

	it.each([
		['docker run httpd', ['', 'front']],
		['docker run --network bridge httpd', ['', 'bridge', 'front']],
		['docker run --network back httpd', ['', 'front', 'back']],
	])('offers each network once, of %s', (line, values) => {
		const field = open(line).fields.find(({ id }) => id === 'network');
		expect(field?.kind === 'choice' && field.options.map(({ value }) => value)).toEqual(values);
	});

	it('sets the fields when the line changes, and leaves the line as it is typed', () => {
		const line = 'docker run  -ti --name=u -p 80 --network back ubuntu   bash -c "exit 3"';
		const question = set(open('docker run httpd'), { line });
		expect(answersOf(question)).toMatchObject({
			line,
			image: 'ubuntu',
			command: "bash -c 'exit 3'",
			name: 'u',
			mode: 'terminal',
			ports: '80',
			network: 'back',
		});
		expect(revised(question, context)).toBe(question);
		expect(textIn(set(question, { name: 'v' }), 'line')).toBe(
			"docker run -it --name v -p 80 --network back ubuntu bash -c 'exit 3'",
		);
	});

	it.each(['docker run -d --name web httpd', ' $ sudo podman run -d --name web httpd'])(
		'takes %o, pasted behind the line that was there, in its place',
		(pasted) => {
			const before = open('docker run -it ubuntu');
			const after = set(before, { line: `docker run -it ubuntu${pasted}` });
			expect(textIn(after, 'line')).toBe(pasted.trim());
			expect([textIn(after, 'image'), textIn(after, 'name')]).toEqual(['httpd', 'web']);
		},
	);

	it('keeps the fields while a line cannot be read, and says why', () => {
		const before = open('docker run -d --name web httpd');
		const broken = set(before, { line: 'docker run -d --nmae web httpd' });
		expect(broken.problem).toBe('--nmae is not understood here: did you mean --name?');
		expect({ ...answersOf(broken), line: '' }).toEqual({ ...answersOf(before), line: '' });
		expect(revised(broken, context)).toBe(broken);
		const mended = set(broken, { line: 'docker run -d --name web2 httpd' });
		expect(mended.problem).toBeUndefined();
		expect(textIn(mended, 'name')).toBe('web2');
		// Or the fields go on, and the line that could not be read is given up.
		const gone = set(broken, { name: 'other' });
		expect(gone.problem).toBeUndefined();
		expect(textIn(gone, 'line')).toBe('docker run -d --name other httpd');
	});

	it('leaves a field as it is typed, also while it cannot be read', () => {
		let question = open('docker run httpd');
		for (const typed of ['8', '80', '80:', '80:8', '80:80', '80:80 ', '80:80 4']) {
			question = set(question, { ports: typed });
			expect(textIn(question, 'ports')).toBe(typed);
		}
		expect(textIn(question, 'line')).toBe('docker run -p 80:80 -p 4 httpd');
		question = set(question, { ports: '80:80 4:' });
		expect(question.problem).toContain('4: is no port to publish');
		expect(textIn(question, 'line')).toBe('docker run -p 80:80 -p 4 httpd');
		// A whole line that is pasted now still holds.
		question = set(question, { line: 'docker run ubuntu' });
		expect(textIn(question, 'ports')).toBe('');
		expect(question.problem).toBeUndefined();
	});

	it('goes on without an image, and asks for one', () => {
		let question = runQuestion(emptyRun, context, []);
		expect(question.problem).toBe('Name an image to run, such as httpd.');
		question = set(question, { command: 'ls' });
		question = set(question, { rm: true });
		expect(textIn(question, 'line')).toBe('docker run --rm');
		question = set(question, { image: 'ubuntu' });
		expect(textIn(question, 'line')).toBe('docker run --rm ubuntu ls');
		question = set(question, { image: '' });
		expect(textIn(question, 'line')).toBe('docker run --rm');
		expect(revised(question, context)).toBe(question);
	});

	it('never throws, whatever is typed letter by letter', () => {
		const line =
			"docker run -it --rm -p 127.0.0.1:80:80/udp -e 'A=b c' -v ~/x:/y:ro --ulimit nofile=1:2 ubuntu sh -c 'x'";
		let question = open('docker run httpd');
		for (let end = 0; end <= line.length; end++) {
			question = set(question, { line: line.slice(0, end) });
			expect(textIn(question, 'line')).toBe(line.slice(0, end));
		}
		expect(question.problem).toBeUndefined();
		expect(textIn(question, 'others')).toBe('--ulimit nofile=1:2');
		for (const { id, kind } of question.fields) {
			if (kind !== 'text' || id === 'line') continue;
			for (const typed of ["'", '"', '\\', '$', '-', '--', '=', ':', '--name', '-p', ' ']) {
				expect(textIn(set(question, { [id]: typed }), id)).toBe(typed);
			}
		}
	});

	it('offers the lines of before, and tells what is worth knowing', () => {
		const past = ['docker run -d -p 80:80 nginx', 'docker run nginx'].map(wishIn);
		const question = runQuestion(wishIn('docker run nginx'), context, past);
		expect(question.fields[0]).toMatchObject({
			history: ['docker run -d -p 80:80 nginx', 'docker run nginx'],
		});
		expect(question.body).toEqual(['nginx is not here: it is pulled first.']);
		const other = set(question, { line: 'docker run httpd' });
		expect(other.body).toEqual([]);
		expect(other.fields[0]).toMatchObject({ history: ['docker run -d -p 80:80 nginx', 'docker run nginx'] });
	});
});
