// The rows of a list, hosted by ink-table: exactly the lines it is given.
import './surroundings.ts';
import { Box } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, it } from 'vitest';
import { Table } from '../../source/ui/table.tsx';

afterEach(cleanup);

const lines = (...texts: readonly string[]) => texts.map((text) => text.padEnd(12));

it('shows the lines it is given, and only those', () => {
	const { lastFrame, rerender } = render(<Table lines={lines('web', 'api')} />);
	expect(lastFrame()).toBe('web\napi');
	rerender(<Table lines={lines('web', 'db')} />);
	expect(lastFrame()).toBe('web\ndb');
	rerender(<Table lines={lines('web', 'db', 'cache')} />);
	expect(lastFrame()).toBe('web\ndb\ncache');
	rerender(<Table lines={lines('web')} />);
	expect(lastFrame()).toBe('web');
});

it('adds no space, also around wide characters', () => {
	const { lastFrame } = render(
		<Box width={9} flexDirection="column">
			<Table lines={['│웹서버 │', '│한│글  │']} />
		</Box>,
	);
	expect(lastFrame()).toBe('│웹서버 │\n│한│글  │');
});
