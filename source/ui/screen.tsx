// Opens the full screen on a terminal, and gives it back as it was.
import './fast-segmenter.ts';
import { render } from 'ink';
import { App, type AppProps } from './app.tsx';

export type Screen = {
	/** Restores the terminal. */
	close(): void;
};

/** Ink's ways in and out. */
export type Ways = { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream };

/** `onError`: something that was thrown while drawing; the terminal is restored by then. */
export const openScreen = (props: AppProps, ways: Ways, onError: (error: unknown) => void): Screen => {
	const ink = render(<App {...props} />, {
		...ways,
		alternateScreen: true,
		incrementalRendering: true,
		// Ink takes any CI variable in the environment for a log file otherwise.
		interactive: true,
		exitOnCtrlC: false,
		patchConsole: false,
		// Frames are made once per turn of the event loop and only when they differ; nothing is to be held back.
		maxFps: 1000,
	});
	ink.waitUntilExit().catch(onError);
	return { close: ink.unmount };
};
