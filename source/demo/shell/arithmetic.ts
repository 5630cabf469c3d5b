// `$((…))`: whole numbers, + - * / %, comparisons and parentheses.

const levels = [
	['==', '!='],
	['<', '>', '<=', '>='],
	['+', '-'],
	['*', '/', '%'],
];

const apply = (operator: string, a: number, b: number): number => {
	if (operator === '+') return a + b;
	if (operator === '-') return a - b;
	if (operator === '*') return a * b;
	if (operator === '/') return b === 0 ? 0 : Math.trunc(a / b);
	if (operator === '%') return b === 0 ? 0 : a % b;
	const truth = { '==': a === b, '!=': a !== b, '<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b }[
		operator
	];
	return truth ? 1 : 0;
};

export const calculate = (text: string, lookUp: (name: string) => string): number => {
	const tokens =
		text
			.replace(/\$?\{?([A-Za-z_]\w*|\d+\})\}?/g, (_all, name: string) => lookUp(name.replace('}', '')) || '0')
			.replace(/\$(\d)/g, (_all, name: string) => lookUp(name) || '0')
			.match(/\d+|[<>=!]=|[-+*/%()<>]/g) ?? [];
	let at = 0;
	const level = (depth: number): number => {
		const mine = levels[depth];
		if (!mine) {
			const token = tokens[at++];
			if (token === '-') return -level(depth);
			if (token !== '(') return Number(token ?? 0) || 0;
			const inner = level(0);
			at++;
			return inner;
		}
		let left = level(depth + 1);
		while (mine.includes(tokens[at] ?? '')) left = apply(tokens[at++] ?? '', left, level(depth + 1));
		return left;
	};
	return level(0);
};
