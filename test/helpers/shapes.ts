// Box drawing, block and braille characters as geometry: lines that meet, whatever the font.

export type Shape = {
	path: string /** Width of the line; a filled area has none. */;
	line?: number;
	opacity?: number;
};
type Area = { x: number; y: number; width: number; height: number };

// U+2500 to U+257F: the weights of the arms up, right, down, left; 1 light, 2 heavy, 3 double
const arms = `
0101 0202 1010 2020 0000 0000 0000 0000 0000 0000 0000 0000 0110 0210 0120 0220
0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120
2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212
0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212
2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 0000 0000 0000 0000
0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130
3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333 0000 0000 0000
0000 0000 0000 0000 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010`
	.trim()
	.split(/\s+/);

const light = 1.4;
const heavy = 2.8;
const doubleGap = 1.6;

/** undefined: the font draws it. */
export function shapesOf(text: string, area: Area): Shape[] | undefined {
	const code = text.codePointAt(0) ?? 0;
	if (code >= 0x2500 && code <= 0x257f) return box(text, code, area);
	if (code >= 0x2580 && code <= 0x259f) return block(code, area);
	if (code >= 0x2800 && code <= 0x28ff) return braille(code - 0x2800, area);
	return undefined;
}

function box(text: string, code: number, area: Area): Shape[] {
	const { x, y, width, height } = area;
	const [right, bottom, cx, cy] = [x + width, y + height, x + width / 2, y + height / 2];
	const radius = width / 2;
	const arc: Record<string, string> = {
		'╭': `M${n(cx)} ${n(bottom)}V${n(cy + radius)}Q${n(cx)} ${n(cy)} ${n(right)} ${n(cy)}`,
		'╮': `M${n(cx)} ${n(bottom)}V${n(cy + radius)}Q${n(cx)} ${n(cy)} ${n(x)} ${n(cy)}`,
		'╯': `M${n(cx)} ${n(y)}V${n(cy - radius)}Q${n(cx)} ${n(cy)} ${n(x)} ${n(cy)}`,
		'╰': `M${n(cx)} ${n(y)}V${n(cy - radius)}Q${n(cx)} ${n(cy)} ${n(right)} ${n(cy)}`,
		'╱': `M${n(x)} ${n(bottom)}L${n(right)} ${n(y)}`,
		'╲': `M${n(x)} ${n(y)}L${n(right)} ${n(bottom)}`,
		'╳': `M${n(x)} ${n(bottom)}L${n(right)} ${n(y)}M${n(x)} ${n(y)}L${n(right)} ${n(bottom)}`,
	};
	if (arc[text]) return [{ path: arc[text], line: light }];
	const dash = dashes[text];
	if (dash) return dashed(dash, area);
	const weights = [...(arms[code - 0x2500] ?? '0000')].map(Number);
	return weights.flatMap((weight, direction) => arm(direction, weight, cx, cy, area));
}

/** One arm from the edge to a little past the centre, so that corners are closed. */
function arm(direction: number, weight: number, cx: number, cy: number, area: Area): Shape[] {
	if (weight === 0) return [];
	const line = weight === 2 ? heavy : light;
	const past = (weight === 3 ? doubleGap : 0) + line / 2;
	const offsets = weight === 3 ? [-doubleGap, doubleGap] : [0];
	const path = offsets.map((offset) => {
		if (direction === 0) return `M${n(cx + offset)} ${n(area.y)}V${n(cy + past)}`;
		if (direction === 1) return `M${n(cx - past)} ${n(cy + offset)}H${n(area.x + area.width)}`;
		if (direction === 2) return `M${n(cx + offset)} ${n(cy - past)}V${n(area.y + area.height)}`;
		return `M${n(area.x)} ${n(cy + offset)}H${n(cx + past)}`;
	});
	return [{ path: path.join(''), line }];
}

type Dash = { count: number; vertical: boolean; line: number };
const dashes: Record<string, Dash> = Object.fromEntries(
	[...'┄┅┆┇┈┉┊┋╌╍╎╏'].map((text, i) => [
		text,
		{ count: [3, 4, 2][i >> 2] ?? 2, vertical: i % 4 > 1, line: i % 2 ? heavy : light },
	]),
);

function dashed({ count, vertical, line }: Dash, { x, y, width, height }: Area): Shape[] {
	const step = (vertical ? height : width) / count;
	const path = Array.from({ length: count }, (_, i) => {
		const from = step * (i + 0.2);
		const to = step * (i + 0.8);
		return vertical
			? `M${n(x + width / 2)} ${n(y + from)}V${n(y + to)}`
			: `M${n(x + from)} ${n(y + height / 2)}H${n(x + to)}`;
	});
	return [{ path: path.join(''), line }];
}

// quadrants upper left, upper right, lower left, lower right of U+2596 to U+259F
const quadrants = ['0010', '0001', '1000', '1011', '1001', '1110', '1101', '0100', '0110', '0111'];

function block(code: number, { x, y, width, height }: Area): Shape[] {
	const part = (left: number, top: number, right: number, bottom: number) =>
		`M${n(x + width * left)} ${n(y + height * top)}H${n(x + width * right)}V${n(y + height * bottom)}H${n(x + width * left)}Z`;
	if (code === 0x2580) return [{ path: part(0, 0, 1, 0.5) }];
	if (code <= 0x2588) return [{ path: part(0, 1 - (code - 0x2580) / 8, 1, 1) }];
	if (code <= 0x258f) return [{ path: part(0, 0, (0x2590 - code) / 8, 1) }];
	if (code === 0x2590) return [{ path: part(0.5, 0, 1, 1) }];
	if (code <= 0x2593) return [{ path: part(0, 0, 1, 1), opacity: (code - 0x2590) / 4 }];
	if (code === 0x2594) return [{ path: part(0, 0, 1, 0.125) }];
	if (code === 0x2595) return [{ path: part(0.875, 0, 1, 1) }];
	const filled = [...(quadrants[code - 0x2596] ?? '')].flatMap((bit, i) => {
		const [left, top] = [(i % 2) / 2, i > 1 ? 0.5 : 0];
		return bit === '1' ? [part(left, top, left + 0.5, top + 0.5)] : [];
	});
	return [{ path: filled.join('') }];
}

// a bit of the code is a dot, numbered down the left column, then the right, then the row added last
const dots = [0, 2, 4, 1, 3, 5, 6, 7];

function braille(bits: number, { x, y, width, height }: Area): Shape[] {
	const size = 1.9;
	const path = dots.map((place, bit) => {
		if (!(bits & (1 << bit))) return '';
		const left = x + width * (place % 2 ? 0.72 : 0.28) - size / 2;
		const top = y + height * (0.125 + (place >> 1) / 4) - size / 2;
		return `M${n(left)} ${n(top)}h${size}v${size}h-${size}Z`;
	});
	return [{ path: path.join('') }];
}

function n(value: number) {
	return String(Math.round(value * 100) / 100);
}
