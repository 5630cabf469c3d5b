// Ends work of ours that takes too long, also in the middle of a regular expression.
import { type Context, createContext, Script } from 'node:vm';
import type { Watchdog } from './model/log/patience.ts';

let room: { readonly context: Context; readonly script: Script } | undefined;

export const watchdog: Watchdog = (work, milliseconds) => {
	room ??= { context: createContext({}), script: new Script('work()') };
	const { context, script } = room;
	context.work = work;
	try {
		script.runInContext(context, { timeout: milliseconds });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
		throw error;
	}
};
