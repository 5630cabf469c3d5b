// The known word that a mistyped one was probably meant to be.

export const nearest = (word: string, known: readonly string[]): string | undefined => {
	const [best] = known
		.map((candidate) => ({ candidate, apart: distance(word, candidate) }))
		.sort((one, other) => one.apart - other.apart);
	return best !== undefined && best.apart <= Math.max(1, Math.floor(best.candidate.length / 3))
		? best.candidate
		: undefined;
};

/** How many letters are missing, too many, wrong or swapped with their neighbour. */
const distance = (one: string, other: string): number => {
	// A word of the length of a line is no typing mistake.
	if (Math.abs(one.length - other.length) > 3) return Number.POSITIVE_INFINITY;
	const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
	for (let row = 1; row <= one.length; row++) {
		const above = rows[row - 1] ?? [];
		const current = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[row - 1] === other[column - 1];
			const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
			current[column] = Math.min(
				(above[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(above[column - 1] ?? 0) + (isSame ? 0 : 1),
				isSwapped && row > 1 && column > 1
					? (rows[row - 2]?.[column - 2] ?? 0) + 1
					: Number.POSITIVE_INFINITY,
			);
		}
		rows.push(current);
	}
	return rows[one.length]?.[other.length] ?? Number.POSITIVE_INFINITY;
};
