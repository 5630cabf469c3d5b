// The pictures of the README, made of real frames. UPDATE=1 draws them anew.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pictureOfFrame } from './helpers/picture.ts';
import { writePng } from './helpers/png.ts';
import { ansiOf, ansiWithTerminal } from './ui/draw.tsx';
import { expectFile, isUpdate } from './ui/expected-file.ts';
import { screens } from './ui/screens.ts';
import { printed, showcases } from './ui/showcase.ts';

const pictures = { ...showcases, unavailable: screens['unavailable-120x36'] };

describe.each(Object.entries(pictures))('%s', (name, make) => {
	it('is the picture of its screen', async () => {
		const state = make?.();
		if (!state) throw new Error(`There is no screen for ${name}`);
		const inside = printed[name];
		const ansi = inside === undefined ? ansiOf(state) : await ansiWithTerminal(state, inside);
		const svg = await pictureOfFrame(ansi, state.columns, state.rows);
		expectFile(`screenshots/${name}.svg`, svg, false);
		// Fonts differ from machine to machine, so the PNG is only looked at.
		if (isUpdate) writePng(svg, `screenshots/${name}.png`);
		else expect(existsSync(`screenshots/${name}.png`)).toBe(true);
	}, 60_000);
});
