// The root: shows the frame of the store's state and hands every key to the table of verbs. The only user of Ink's input.
import { Box, Text, useApp, useInput, usePaste } from 'ink';
import { useCallback, useEffect, useInsertionEffect, useRef, useSyncExternalStore } from 'react';
import { keyNames } from '../actions/keys.ts';
import type { Ends, State } from '../model/state.ts';
import { type Frame, frameOf, kept } from './frame.ts';
import { DetailPaneBox, ListPaneBox } from './pane.tsx';
import { Table } from './table.tsx';
import type { TerminalView } from './terminal-pane.ts';

export type Suspend = (meanwhile: () => Promise<void>) => Promise<void>;

export type AppProps = {
	readonly get: () => State;
	readonly subscribe: (listener: () => void) => () => void;
	readonly press: (key: string) => void;
	readonly paste: (text: string) => void;
	/** How far what is on screen can be scrolled. */
	readonly drawn: (ends: Ends) => void;
	/** The terminal to be painted into the frame that is drawn next. */
	readonly place: (view: TerminalView | undefined) => void;
	/** Given once: hands the terminal to another program for as long as a promise takes. */
	readonly lend: (suspend: Suspend) => void;
};

/** The frame of the state; the same object for as long as it looks the same. */
const useFrame = ({ get, subscribe }: AppProps): Frame => {
	const past = useRef<{ state: State; frame: Frame } | undefined>(undefined);
	const snapshot = useCallback(() => {
		const state = get();
		if (past.current?.state === state) return past.current.frame;
		const next = frameOf(state);
		const frame = past.current ? kept(past.current.frame, next) : next;
		past.current = { state, frame };
		return frame;
	}, [get]);
	return useSyncExternalStore(subscribe, snapshot);
};

/** An empty text would take no line at all. */
const lines = (texts: readonly string[]) =>
	texts.map((text, index) => (
		<Text key={index} wrap="truncate">
			{text || ' '}
		</Text>
	));

export const App = (props: AppProps) => {
	const { columns, rows, header, lists, details, plain, action, hints, card, ends, terminal } =
		useFrame(props);
	useInput((input, key) => {
		for (const name of keyNames(input, key)) props.press(name);
	});
	usePaste(props.paste);
	const { suspendTerminal } = useApp();
	useEffect(() => props.lend(suspendTerminal), [props.lend, suspendTerminal]);
	useEffect(() => props.drawn(ends), [props.drawn, ends]);
	// The only effect that comes before Ink writes the frame.
	useInsertionEffect(() => props.place(terminal), [props.place, terminal]);
	return (
		<Box width={columns} height={rows} flexDirection="column">
			{header !== '' && <Text wrap="truncate">{header}</Text>}
			{plain ? (
				<Box flexGrow={1} flexDirection="column">
					{lines(plain)}
				</Box>
			) : (
				<Box flexGrow={1}>
					{lists.length > 0 && details && lists[0]?.rectangle.top === details.rectangle.top ? (
						<>
							<Box flexDirection="column">
								{lists.map(({ name, ...pane }) => (
									<ListPaneBox key={name} {...pane} />
								))}
							</Box>
							<DetailPaneBox {...details} />
						</>
					) : (
						<Box flexDirection="column">
							{lists.map(({ name, ...pane }) => (
								<ListPaneBox key={name} {...pane} />
							))}
							{details && <DetailPaneBox {...details} />}
						</Box>
					)}
				</Box>
			)}
			{action !== '' && <Text wrap="truncate">{action}</Text>}
			{hints !== '' && <Text wrap="truncate">{hints}</Text>}
			{card && (
				<Box
					position="absolute"
					marginLeft={card.rectangle.left}
					marginTop={card.rectangle.top}
					flexDirection="column"
				>
					{card.isTable ? <Table lines={card.lines} /> : lines(card.lines)}
				</Box>
			)}
		</Box>
	);
};
