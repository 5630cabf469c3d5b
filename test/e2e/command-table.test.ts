// Every row of the command table of the tutorials, by keyboard, on a real engine and with real registries.
import { describeWithRegistry } from '../helpers/registry.ts';
import { describeWithEngine } from '../helpers/with-engine.ts';
import { tableOn } from './command-table.ts';
import { imageRows } from './command-table-images.ts';
import { makingRows } from './command-table-making.ts';
import { runningRows } from './command-table-running.ts';

describeWithEngine('the command table', (engine) => {
	describeWithRegistry('with docker', () => {
		const table = tableOn(engine);
		runningRows(table);
		imageRows(table);
		makingRows(table);
	});
});
