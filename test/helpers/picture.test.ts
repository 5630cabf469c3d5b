// The pictures that screenshots are.
import { expect, test } from 'vitest';
import { pictureOfFrame } from './picture.ts';

test('the same frame gives the same bytes', async () => {
	const frame = '\x1b[1;31m╭──╮\x1b[0m ok\n│\x1b[7m한\x1b[0m│ <&>\n';
	const picture = await pictureOfFrame(frame, 12, 3);
	expect(await pictureOfFrame(frame, 12, 3)).toBe(picture);
	expect(picture).toContain('>&lt;&amp;&gt;</text>');
	expect(picture).toContain('viewBox="0 0 132 84"');
});

test('a frame with a last line end keeps its first line', async () => {
	expect(await pictureOfFrame('first\nsecond\n', 8, 2)).toContain('>first<');
});

test('colours are exact, lines are geometry, wide characters take two cells', async () => {
	const picture = await pictureOfFrame('\x1b[38;2;1;2;3mx\x1b[0m\x1b[48;5;196m \x1b[0m─한⠿', 10, 1);
	expect(picture).toContain('fill="#010203">x<');
	expect(picture).toContain('<rect x="21" y="12" width="9" height="20" fill="#ff0000"');
	expect(picture).not.toMatch(/[─⠿]/u);
	expect(picture).toContain('<text x="39" y="27" textLength="18" lengthAdjust="spacingAndGlyphs"');
});
