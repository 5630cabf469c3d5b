// A box with its title in the upper edge: a list hosted by a table, or the details as plain lines.
import { Box, Text } from 'ink';
import { memo } from 'react';
import type { Rectangle } from '../model/layout.ts';
import { boxed, type Piece } from './border.ts';
import { Table } from './table.tsx';

type PaneProps = {
	readonly rectangle: Rectangle;
	readonly isFocused: boolean;
	readonly top: readonly Piece[];
	readonly bottom: string;
	readonly lines: readonly string[];
};

export const ListPaneBox = memo(({ rectangle, ...box }: PaneProps) => {
	const lines = boxed({ ...box, width: rectangle.width, height: rectangle.height });
	return (
		<Box width={rectangle.width} height={rectangle.height} flexDirection="column">
			<Text wrap="truncate">{lines[0]}</Text>
			<Table lines={lines.slice(1, -1)} />
			<Text wrap="truncate">{lines.at(-1)}</Text>
		</Box>
	);
});

const Line = memo(({ text }: { text: string }) => <Text wrap="truncate">{text}</Text>);

export const DetailPaneBox = memo(({ rectangle, ...box }: PaneProps) => (
	<Box width={rectangle.width} height={rectangle.height} flexDirection="column">
		{boxed({ ...box, width: rectangle.width, height: rectangle.height }).map((line, index) => (
			<Line key={index} text={line} />
		))}
	</Box>
));
