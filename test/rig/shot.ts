// Takes a picture of any program in a terminal:
//   npm run shot -- --size 120x36 --wait web --keys "j,j,enter" --out /tmp/screen.png -- node dist/cli.js --demo
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pictureOf } from '../helpers/picture.ts';
import { writePng } from '../helpers/png.ts';
import { launch } from '../helpers/terminal.ts';

const usage = `shot [options] -- COMMAND [ARGUMENT…]
  --size 120x36   columns and rows
  --wait TEXT     an expression to be on the screen before the keys are pressed
  --keys a,b      keys one after another, each when the screen is still: j, enter, shift+tab, ctrl+c, f1,
                  'comma' for the comma, text:WORDS to type, wait:TEXT to wait for, sleep:MS
  --quiet 150     ms without output that make a screen still
  --out FILE      .png or .svg (/tmp/shot.png)
  --text          prints the screen too
  --env A=B       for the program, may be given more than once`;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		size: { type: 'string', default: '120x36' },
		wait: { type: 'string' },
		keys: { type: 'string', default: '' },
		quiet: { type: 'string', default: '150' },
		out: { type: 'string', default: '/tmp/shot.png' },
		text: { type: 'boolean', default: false },
		env: { type: 'string', multiple: true, default: [] },
	},
});
const [command, ...args] = positionals;
if (!command) {
	console.error(usage);
	process.exit(2);
}

const [columns = 120, rows = 36] = values.size.split('x').map(Number);
const env = Object.fromEntries(values.env.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
const session = launch(command, args, { columns, rows, env });
const still = () => session.settled({ quiet: Number(values.quiet), timeout: 5000 }).catch(() => {});

try {
	if (values.wait) await session.waitFor(new RegExp(values.wait));
	await still();
	for (const step of values.keys.split(',').filter(Boolean)) {
		const [kind, rest] = step.split(/:(.*)/s);
		if (kind === 'text' && rest) session.type(rest);
		else if (kind === 'wait' && rest) await session.waitFor(new RegExp(rest));
		else if (kind === 'sleep' && rest) await new Promise((resolve) => setTimeout(resolve, Number(rest)));
		else await session.press(step === 'comma' ? ',' : step);
		await still();
	}
} catch (error) {
	console.error((error as Error).message);
	process.exitCode = 1;
}

if (values.text) console.log(await session.text());
const svg = pictureOf(session.terminal);
if (values.out.endsWith('.svg')) writeFileSync(values.out, svg);
else writePng(svg, values.out);
console.log(values.out);
await session.close();
process.exit();
