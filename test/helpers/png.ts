// SVG pictures as PNG files, to be looked at.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

// in the order in which a missing character is looked for, where Debian's fonts-jetbrains-mono, fonts-nanum-coding, fonts-noto-cjk and fonts-dejavu-core put them
const fontFiles = [
	'truetype/jetbrains-mono/JetBrainsMono-Regular.ttf',
	'truetype/jetbrains-mono/JetBrainsMono-Bold.ttf',
	'truetype/jetbrains-mono/JetBrainsMono-Italic.ttf',
	'truetype/jetbrains-mono/JetBrainsMono-BoldItalic.ttf',
	'truetype/dejavu/DejaVuSansMono.ttf',
	'truetype/dejavu/DejaVuSansMono-Bold.ttf',
	'truetype/nanum/NanumGothicCoding.ttf',
	'truetype/nanum/NanumGothicCodingBold.ttf',
	'opentype/noto/NotoSansCJK-Regular.ttc',
	'truetype/dejavu/DejaVuSans.ttf',
]
	.map((name) => `/usr/share/fonts/${name}`)
	.filter((file) => existsSync(file));

/** At twice the size, so that small text can be read. */
export function writePng(svg: string, file: string, zoom = 2) {
	const resvg = new Resvg(svg, {
		fitTo: { mode: 'zoom', value: zoom },
		font: { fontFiles, loadSystemFonts: fontFiles.length === 0, defaultFontFamily: 'DejaVu Sans Mono' },
	});
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, resvg.render().asPng());
}
