// The lines by which the classic builder, and Podman in its own way, tell where a build stands.

export type Mark =
	| {
			readonly type: 'step';
			readonly stage?: string;
			readonly number: number;
			readonly of: number;
			readonly text: string;
	  }
	| { readonly type: 'container'; readonly id: string }
	| { readonly type: 'removed'; readonly id: string }
	| { readonly type: 'cached' }
	| { readonly type: 'made' }
	/** Podman is about to tell the id of the image. */
	| { readonly type: 'commit' }
	| { readonly type: 'image'; readonly id: string }
	| { readonly type: 'warning'; readonly text: string }
	| { readonly type: 'built'; readonly id: string }
	| { readonly type: 'tagged'; readonly reference: string }
	/** Docker's own, and of no use. */
	| { readonly type: 'noise' };

const docker: readonly (readonly [RegExp, (groups: string[]) => Mark])[] = [
	[
		/^Step (\d+)\/(\d+) : (.*)$/s,
		([number, of, text = '']) => ({ type: 'step', number: Number(number), of: Number(of), text }),
	],
	[/^ ---> Running in ([0-9a-f]+)$/, ([id = '']) => ({ type: 'container', id })],
	[
		/^(?: ---> )?(?:Removing|Removed|Error removing) intermediate container ([0-9a-f]+)/,
		([id = '']) => ({ type: 'removed', id }),
	],
	[/^ ---> Using cache$/, () => ({ type: 'cached' })],
	// `FROM scratch` makes an image without an id.
	[/^ ---> ([0-9a-f]*)$/, () => ({ type: 'made' })],
	[/^(?: ---> )?\[Warning\] (.*)$/s, ([text = '']) => ({ type: 'warning', text })],
	[/^Successfully built ([0-9a-f]+)$/, ([id = '']) => ({ type: 'built', id })],
	[/^Successfully tagged (\S+)$/, ([reference = '']) => ({ type: 'tagged', reference })],
	[/^# Executing \d+ build triggers?\.*$/, () => ({ type: 'noise' })],
];

const podman: typeof docker = [
	[
		/^(?:\[(\d+)\/\d+\] )?STEP (\d+)\/(\d+): (.*)$/s,
		([stage, number, of, text = '']) => ({
			type: 'step',
			...(stage && { stage }),
			number: Number(number),
			of: Number(of),
			text,
		}),
	],
	[/^(?:\[\d+\/\d+\] )?COMMIT(?: \S+)?$/, () => ({ type: 'commit' })],
	[/^--> Using cache [0-9a-f]+$/, () => ({ type: 'cached' })],
	[/^--> ([0-9a-f]+)$/, () => ({ type: 'made' })],
	[/^([0-9a-f]{64})$/, ([id = '']) => ({ type: 'image', id })],
];

/** Undefined for what a command printed. */
export function markOf(chunk: string): Mark | undefined {
	// The end of a step's line comes as a message of its own.
	const line = chunk.replace(/\n$/, '');
	for (const [pattern, mark] of [...docker, ...podman]) {
		const found = pattern.exec(line);
		if (found) return mark(found.slice(1));
	}
	return undefined;
}
