// Archives of images made by hand, in every form that engines send.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

export type Part = Parameters<ReturnType<typeof pack>['entry']>[0] & { text?: string | Buffer };

export const tarOf = async (parts: readonly Part[]): Promise<Buffer> => {
	const tar = pack();
	for (const { text, ...header } of parts) {
		if (text === undefined) tar.entry(header, '');
		else tar.entry(header, text);
	}
	tar.finalize();
	const chunks: Buffer[] = [];
	for await (const chunk of tar) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
};

export const file = (name: string, text: string | Buffer = ''): Part => ({ name, text });
export const folder = (name: string): Part => ({ name, type: 'directory', mode: 0o755 });
export const link = (name: string, linkname: string): Part => ({ name, type: 'symlink', linkname });

const config = (layers: number): string =>
	JSON.stringify({
		rootfs: { diff_ids: Array.from({ length: layers }, (_, index) => `sha256:diff${index}`) },
		history: Array.from({ length: layers }, (_, index) => [
			{ created_by: `/bin/sh -c step ${index}` },
			{ created_by: '/bin/sh -c #(nop)  CMD ["sh"]', empty_layer: true },
		]).flat(),
	});

/** As docker up to 24 saves it. `last`: what it says of itself comes after the layers, as the engine sends it. */
export const dockerArchive = (layers: readonly (readonly Part[])[], last = true): Promise<Buffer> =>
	Promise.all(layers.map(tarOf)).then((tars) => {
		const files = tars.map((tar, index) => file(`layer${index}/layer.tar`, tar));
		const words = [
			file('config.json', config(layers.length)),
			file(
				'manifest.json',
				JSON.stringify([
					{ Config: 'config.json', RepoTags: ['app:1'], Layers: files.map(({ name }) => name) },
				]),
			),
		];
		return tarOf(last ? [...files, ...words] : [...words, ...files]);
	});

/** As docker from 25 and Podman's `oci-archive` have it; `press` compresses a layer. */
export const ociArchive = async (
	layers: readonly (readonly Part[])[],
	press: (tar: Buffer) => Buffer = (tar) => tar,
): Promise<Buffer> => {
	const blobs = new Map<string, Buffer>();
	const add = (bytes: Buffer | string) => {
		const digest = createHash('sha256').update(bytes).digest('hex');
		blobs.set(`blobs/sha256/${digest}`, Buffer.from(bytes));
		return { digest: `sha256:${digest}`, size: bytes.length };
	};
	const tars = await Promise.all(layers.map(tarOf));
	const pressed = tars.map((tar) => ({
		...add(press(tar)),
		mediaType: 'application/vnd.oci.image.layer.v1.tar',
	}));
	const manifest = add(JSON.stringify({ config: add(config(layers.length)), layers: pressed }));
	// An attestation, as BuildKit adds it, and an index of platforms, as the containerd store sends it.
	const proof = add(JSON.stringify({ config: add('{}'), layers: [add('{"predicate":{}}')] }));
	const platforms = add(
		JSON.stringify({
			manifests: [
				{ ...proof, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
				{ digest: 'sha256:notthere', platform: { architecture: 'arm64', os: 'linux' } },
				{ ...manifest, platform: { architecture: 'amd64', os: 'linux' } },
			],
		}),
	);
	return tarOf([
		folder('blobs/'),
		...[...blobs].map(([name, bytes]) => file(name, bytes)),
		file('index.json', JSON.stringify({ schemaVersion: 2, manifests: [platforms] })),
		file('oci-layout', '{"imageLayoutVersion": "1.0.0"}'),
	]);
};

/** In pieces of some bytes, as a connection brings them. */
export const sent = (bytes: Buffer, piece = 16_384): Readable =>
	Readable.from(
		(function* () {
			for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
		})(),
		{ objectMode: false },
	);
