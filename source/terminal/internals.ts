// The few things of xterm that it does not publish, and nothing else of it that is not public.
import type { IDisposable, IFunctionIdentifier, Terminal } from '@xterm/headless';

type Lines = { readonly length: number; onTrim(listener: (amount: number) => void): IDisposable };

export type Internals = {
	/** Its event is the only one to tell how many rows the scrollback has dropped. */
	readonly buffers: { readonly normal: { readonly lines: Lines } };
	/** What `write` comes to, but that what it throws can be caught: from there it would end our process. */
	readonly _inputHandler: { parse(bytes: Uint8Array): void };
	/** Unlike the public one it hands over the parameters themselves, which may be changed. */
	registerCsiHandler(
		id: IFunctionIdentifier,
		handler: (parameters: { readonly params: Int32Array }) => boolean,
	): IDisposable;
};

/** A cell as xterm packs it: comparing two numbers says whether two cells look the same. */
export type PackedCell = {
	/** Code point in bits 0 to 20, combined in bit 21, width from bit 22. */
	readonly content: number;
	/** Colour in bits 0 to 23, its kind in 24 and 25, flags above. */
	readonly fg: number;
	readonly bg: number;
	/** The text where the cell is combined. */
	readonly combinedData: string;
};

export const internalsOf = (terminal: Terminal): Internals =>
	(terminal as unknown as { _core: Internals })._core;
