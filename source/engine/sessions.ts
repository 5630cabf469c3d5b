// Terminals and pipes of programs in containers: run beside the main process, or that of the main process itself.
import { attach } from './attach.ts';
import type { Engaged } from './call.ts';
import type { Sessions } from './contract.ts';
import { endExec, signalExec } from './end-exec.ts';
import { exec } from './exec.ts';
import { run } from './run.ts';
import { shells } from './shells.ts';

export function sessions(engaged: Engaged): Sessions {
	const { call } = engaged;
	return {
		shells: (target) => shells(call, target),
		exec: (target, options, onOutput) => exec(call, target, options, onOutput),
		attach: (target, options, onOutput) => attach(call, target, options, onOutput),
		run: (target, options, onOutput) => run(engaged, target, options, onOutput),
		signalExec: (started, signal) => signalExec(call, started, signal),
		endExec: (started) => endExec(call, started),
	};
}
