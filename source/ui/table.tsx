// The rows of a list, hosted by ink-table. It measures, rules and remounts whatever data it is given, so it is given a
// constant grid of slot numbers; what a slot shows comes past it, already fitted to the width.
import { Text } from 'ink';
import inkTable from 'ink-table';
import { createContext, memo, type PropsWithChildren, useContext } from 'react';

const { default: InkTable } = inkTable;

const Lines = createContext<readonly string[]>([]);

const Line = memo(({ text }: { text: string }) => <Text wrap="truncate">{text}</Text>);

const Cell = ({ children }: PropsWithChildren) => (
	<Line text={useContext(Lines)[Number(String(children).trim())] ?? ' '} />
);

const Nothing = () => null;

const Grid = memo(({ height }: { height: number }) => (
	<InkTable
		data={Array.from({ length: height }, (_, slot) => ({ slot }))}
		columns={['slot']}
		cell={Cell}
		header={Nothing}
		skeleton={Nothing}
	/>
));

/** Exactly as many lines as `lines` has, each cut by nobody: they must fit already. */
export const Table = ({ lines }: { lines: readonly string[] }) => (
	<Lines value={lines}>
		<Grid key={lines.length} height={lines.length} />
	</Lines>
);
