// The table of nouns: for each list its title, its columns, how it sorts, what a filter looks at, and what to say when it
// is empty.
import { containers } from './kinds/containers.ts';
import { images } from './kinds/images.ts';
import type { Kind } from './kinds/kind.ts';
import { ports } from './kinds/ports.ts';
import type { RowOf } from './row.ts';
import type { PaneName } from './state.ts';

export const kinds: { readonly [Name in PaneName]: Kind<RowOf[Name]> } = { containers, images, ports };
