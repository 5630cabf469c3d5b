// What the RUN instructions of a Dockerfile ask the builder for beside its files: secrets, and keys of an ssh agent.
import type { Dockerfile } from './dockerfile.ts';
import { takeApart } from './dockerfile-words.ts';

type Mount = { readonly line: number; readonly fields: ReadonlyMap<string, string> };

const mountsIn = ({ instructions }: Pick<Dockerfile, 'instructions'>): Mount[] =>
	instructions
		.filter(({ keyword }) => keyword === 'RUN')
		.flatMap(({ text, line }) =>
			takeApart(text)
				.flags.filter(({ name }) => name === 'mount')
				.map(({ value }) => ({
					line,
					fields: new Map(
						value.split(',').map((field) => {
							const [name = '', ...rest] = field.split('=');
							return [name.toLowerCase(), rest.join('=')] as const;
						}),
					),
				})),
		);

const isOf = (type: string) => (mount: Mount) => mount.fields.get('type') === type;

/** Ids of the secrets it wants, each once. */
export const secretsIn = (dockerfile: Pick<Dockerfile, 'instructions'>): string[] => {
	const ids = mountsIn(dockerfile)
		.filter(isOf('secret'))
		.map(({ fields }) => fields.get('id') ?? targetOf(fields)?.split('/').at(-1) ?? '');
	return [...new Set(ids)].filter(Boolean);
};

const targetOf = (fields: Mount['fields']): string | undefined =>
	fields.get('target') ?? fields.get('dst') ?? fields.get('destination');

/** A sentence where keys of an ssh agent are asked for: BuildKit goes on without them, and the command fails later. */
export const sshWarning = (dockerfile: Pick<Dockerfile, 'instructions'>): string | undefined => {
	const line = mountsIn(dockerfile).find(isOf('ssh'))?.line;
	return line === undefined
		? undefined
		: `Line ${line} asks for keys of an ssh agent (RUN --mount=type=ssh), which Portside does not hand on: docker build --ssh default does.`;
};
