// The command table again, on Podman's socket where it is installed. What does not pass there is in one list, with its reason.
import { afterAll, describe } from 'vitest';
import { describeWithRegistry } from '../helpers/registry.ts';
import { tableOn } from './command-table.ts';
import { imageRows } from './command-table-images.ts';
import { makingRows } from './command-table-making.ts';
import { podmanAt, whyNoPodman } from './command-table-podman.ts';
import { runningRows } from './command-table-running.ts';

const ownBuilder = 'Podman has one builder, of its own: neither the classic one nor BuildKit';

const skipped: Readonly<Record<string, string>> = {
	'docker port N, and EXPOSE without -p': 'Podman’s list of containers tells no port that is only exposed',
	'docker pull ubuntu:14.04, NAME@sha256:…':
		'Podman tells no digest, no sizes, and not whether anything was newer',
	'docker build -t NAME . (classic)': ownBuilder,
	'docker build -t NAME . (BuildKit)': ownBuilder,
	'docker tag A account/A, docker login, docker push account/A':
		'Podman checks logins over TLS alone, even for a registry that is configured as insecure',
	'docker push: Preparing, and Mounted from': 'Podman tells nothing of layers while it pushes',
};

const missing = whyNoPodman();
if (missing) console.log(`Tests with Podman are skipped: ${missing}.`);

describe.skipIf(missing !== undefined)('the command table', () => {
	describeWithRegistry('with podman', () => {
		const podman = podmanAt();
		afterAll(podman.stop);
		const table = tableOn(podman.engine, {
			skipped,
			begin: podman.start,
			address: podman.address,
			prefix: 'docker.io/library/',
		});
		runningRows(table);
		imageRows(table);
		makingRows(table);
	});
});
