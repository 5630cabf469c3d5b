import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
	plugins: [inkTable()],
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: ['test/helpers/global-setup.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});

/** ink-table requires Ink, which is a module that waits at its top level; node refuses that, the bundle does not. */
function inkTable() {
	const id = '\0ink-table';
	return {
		name: 'ink-table',
		enforce: 'pre' as const,
		resolveId: (source: string) => (source === 'ink-table' ? id : undefined),
		load: (loaded: string) =>
			loaded === id
				? `import * as ink from 'ink';
import { createRequire } from 'node:module';
const require = createRequire(${JSON.stringify(import.meta.url)});
const filename = require.resolve('ink');
require.cache[filename] ??= { id: filename, filename, loaded: true, children: [], paths: [], exports: ink };
export default require('ink-table');`
				: undefined,
	};
}
