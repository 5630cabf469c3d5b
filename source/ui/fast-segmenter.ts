// Ink measures every line by grapheme, and Intl.Segmenter takes 41 µs for a line of plain ASCII on Node 20, and 11 ms
// when the first one is made. Where every code unit is a grapheme of its own there is nothing to find out: such text is
// split without it. (Compared with the native one over the whole basic plane in test/ui/fast-segmenter.test.ts.)
const Native = Intl.Segmenter;

const complex =
	/[\r\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1100-\u11ff\u135d-\u135f\u1712-\u1dff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ua8ff\ua926-\uabff\ud7b0-\ud7ff\ud800-\udfff\ufb1e\ufe00-\ufe2f\ufeff\uff9e\uff9f]/;

function* each(input: string): Generator<Intl.SegmentData> {
	for (let index = 0; index < input.length; index++) {
		yield { segment: input[index] ?? '', index, input };
	}
}

export class FastSegmenter implements Intl.Segmenter {
	readonly [Symbol.toStringTag] = 'Intl.Segmenter';
	readonly #arguments: ConstructorParameters<typeof Intl.Segmenter>;
	#native: Intl.Segmenter | undefined;

	constructor(...given: ConstructorParameters<typeof Intl.Segmenter>) {
		this.#arguments = given;
	}

	get #slow(): Intl.Segmenter {
		this.#native ??= new Native(...this.#arguments);
		return this.#native;
	}

	segment(input: string): Intl.Segments {
		const isByGrapheme = (this.#arguments[1]?.granularity ?? 'grapheme') === 'grapheme';
		if (!isByGrapheme || complex.test(input)) return this.#slow.segment(input);
		return {
			containing: (index) => this.#slow.segment(input).containing(index),
			[Symbol.iterator]: () => each(input) as ReturnType<Intl.Segments[typeof Symbol.iterator]>,
		};
	}

	resolvedOptions(): Intl.ResolvedSegmenterOptions {
		return this.#slow.resolvedOptions();
	}

	static readonly supportedLocalesOf = Native.supportedLocalesOf;
}

Object.assign(Intl, { Segmenter: FastSegmenter });
