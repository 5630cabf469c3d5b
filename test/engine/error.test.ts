// Failures as sentences, and endpoints that do not answer with their remedy.
import { describe, expect, it } from 'vitest';
import { EngineError, engineError, fromNode } from '../../source/engine/error.ts';
import { worded } from '../../source/engine/refusals.ts';
import { attempt } from '../../source/engine/remedies.ts';

describe('engineError', () => {
	it.each([
		['ECONNREFUSED', 'not running'],
		['ENOENT', 'not there'],
		['EACCES', 'may not use'],
		['ECONNRESET', 'broke the connection off'],
		['EAGAIN', 'hang'],
		['ETIMEOUT', 'in time'],
		['HPE_HEADER_OVERFLOW', 'not an answer'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS'],
		['EWHATEVER', '(EWHATEVER)'],
	])('%s is a sentence with: %s', (code, words) => {
		expect(engineError({ code }).message).toContain(words);
		expect(engineError({ code }).message).toMatch(/^[A-Z].*\.$/);
	});

	it.each([301, 400, 401, 403, 404, 409, 418, 429, 500, 501, 502, 503, 504])(
		'%i is a sentence',
		(statusCode) => {
			const error = engineError({ statusCode, engineMessage: 'their words' });
			expect(error.message).toMatch(/^[A-Z].*\.$/);
			expect(error).toMatchObject({ statusCode, engineMessage: 'their words' });
			expect(error.message).not.toContain('their words');
		},
	);

	it('leaves bugs alone', () => {
		const bug = new TypeError('x is not a function');
		expect(fromNode(bug)).toBe(bug);
		expect(fromNode(Object.assign(new Error('boom'), { code: 'ECONNRESET' }))).toBeInstanceOf(EngineError);
	});
});

describe('worded', () => {
	it.each([
		[
			'start',
			500,
			'driver failed: Bind for 0.0.0.0:8090 failed: port is already allocated',
			'another container publishes',
		],
		['start', 500, 'listen tcp4 0.0.0.0:8091: bind: address already in use', 'a program on the host'],
		['start', 500, 'exec: "nope": executable file not found', 'does not have this program'],
		['start', 500, 'something else', 'web could not be started.'],
		['start', 500, 'unable to find user ada: no matching entries in passwd file', 'does not know this user'],
		['start', 500, 'crun: executable file `nope` not found in $PATH', 'does not have this program'],
		['create', 400, 'create a: volume name is too short', 'or where, is not valid'],
		[
			'create',
			404,
			'image with reference x was found but does not match the specified platform',
			'for this platform here',
		],
		['start', 404, 'No such container: web', 'web is gone'],
		['unpause', 500, 'Container web is not paused', 'web is not paused.'],
		['pause', 409, '', 'cannot be paused'],
		['kill', 409, '', 'not running'],
		['kill', 500, 'can only kill running containers: container state improper', 'not running'],
		['rename', 500, 'name "x" is in use', 'Another container has this name'],
		['remove', 409, 'You cannot remove a running container', 'stop it first'],
		['remove', 500, 'cannot remove container web as it is running', 'stop it first'],
		['removeImage', 409, 'image is being used by running container', 'still needed'],
		[
			'create',
			409,
			'The container name "/web" is already in use by container "0123456789abcdef".',
			'The container 0123456789ab has',
		],
		[
			'create',
			500,
			'creating container storage: the container name "web" is already in use by 0123456789abcdef.',
			'The container 0123456789ab has',
		],
		[
			'create',
			400,
			'invalid mount config for type "bind": bind source path does not exist: /nope',
			'have /nope mounted',
		],
		['create', 404, 'network shop not found', 'There is no such network for web'],
		['start', 500, 'write /x: no space left on device', 'No space is left on the disk'],
		[
			'pull',
			404,
			'manifest for httpd:9 not found: manifest unknown: manifest unknown',
			'There is no image web in its registry',
		],
		['pull', 500, 'Get "https://r/v2/": dial tcp: lookup r: no such host', 'cannot be reached'],
		['pull', 500, 'toomanyrequests: You have reached your pull rate limit.', 'no more requests'],
		['pull', 500, 'open /var/lib/docker/x: permission denied', 'web could not be pulled.'],
		['push', 500, 'An image does not exist locally with the tag: web', 'There is no image web here'],
		[
			'search',
			500,
			'Get "https://index.docker.io/v1/search?q=x": dial tcp: lookup index.docker.io: no such host',
			'the search needs the network',
		],
		['search', 404, '', 'This engine cannot search'],
		['pruneBuildCache', 404, 'page not found', 'no build cache'],
		['logs', 501, 'configured logging driver does not support reading', 'log driver'],
	])('%s %i “%s” says: %s', (verb, statusCode, engineMessage, words) => {
		const error = worded(engineError({ statusCode, engineMessage }), { verb, name: 'web' });
		expect(error.message).toContain(words);
		expect(error).toMatchObject({ statusCode, engineMessage });
	});

	it.each([
		[
			'pull',
			404,
			"pull access denied for x, repository does not exist or may require 'docker login': denied: requested access",
		],
		['pull', 500, 'Get "https://r/v2/x/manifests/1": unauthorized: authentication required'],
		[
			'pull',
			500,
			'initializing source docker://x:1: reading manifest 1 in x: unauthorized: access is not authorized',
		],
		['pull', 401, ''],
		['push', 500, 'no basic auth credentials'],
		['push', 500, 'denied: requested access to the resource is denied'],
		[
			'push',
			500,
			'push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
		],
		['login', 500, 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password'],
		['login', 401, 'login attempt to http://r/v2/ failed with status: 401 Unauthorized'],
	])('tells of %s %i “%s” that it is about a login', (verb, statusCode, engineMessage) => {
		const error = worded(engineError({ statusCode, engineMessage }), { verb, name: 'web' });
		expect(error).toMatchObject({ code: 'ELOGIN', statusCode, engineMessage });
	});

	it('leaves a broken connection what it is', () => {
		const error = engineError({ code: 'ECONNRESET' });
		expect(worded(error, { verb: 'start', name: 'web' })).toBe(error);
	});
});

describe('attempt', () => {
	const local = { host: 'unix:///var/run/docker.sock', source: 'default socket', name: 'local' };
	const remote = { host: 'tcp://h:2376', source: 'DOCKER_HOST', name: 'h:2376' };
	const podman = { host: 'unix:///run/user/1/podman/podman.sock', source: 'Podman socket', name: 'local' };

	it.each([
		[local, 'linux', { code: 'ENOENT' }, 'no such file', 'sudo systemctl start docker'],
		[local, 'darwin', { code: 'ENOENT' }, 'no such file', 'open -a Docker'],
		[podman, 'linux', { code: 'ENOENT' }, 'no such file', 'systemctl --user start podman.socket'],
		[
			local,
			'linux',
			{ code: 'EACCES' },
			'permission denied',
			'sudo usermod -aG docker $USER, then log in again',
		],
		[
			local,
			'linux',
			{ code: 'ECONNREFUSED' },
			'connection refused',
			'/var/run/docker.sock is there, but nobody listens',
		],
		[remote, 'linux', { code: 'ECONNREFUSED' }, 'connection refused', 'Nothing listens at tcp://h:2376'],
		[local, 'linux', { code: 'ETIMEOUT' }, 'no answer', 'sudo systemctl restart docker'],
		[remote, 'linux', { code: 'ETIMEOUT' }, 'no answer', 'firewall'],
		[remote, 'linux', { code: 'ENOTFOUND' }, 'unknown host', 'correct DOCKER_HOST'],
		[local, 'linux', { code: 'HPE_INVALID_CONSTANT' }, 'not an engine', 'correct default socket'],
		[remote, 'linux', { statusCode: 404 }, 'not an engine', 'correct DOCKER_HOST'],
		[
			remote,
			'linux',
			{ statusCode: 400, engineMessage: 'Client sent an HTTP request to an HTTPS server.' },
			'it wants TLS',
			'DOCKER_TLS_VERIFY=1',
		],
		[
			remote,
			'linux',
			{ code: 'EPROTO', engineMessage: 'wrong version number' },
			'TLS failed',
			'unset DOCKER_TLS_VERIFY',
		],
		[
			remote,
			'linux',
			{ code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', engineMessage: 'certificate required' },
			'TLS failed',
			'cert.pem and key.pem',
		],
		[remote, 'linux', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'TLS failed', 'ca.pem'],
		[local, 'linux', { code: 'EVERSION', engineMessage: 'API version 1.20' }, 'too old', 'API version 1.20'],
	])('%o on %s, %o: %s', (endpoint, platform, failure, reason, remedy) => {
		const told = attempt(endpoint, engineError(failure), platform);
		expect(told).toMatchObject({ endpoint, reason });
		expect(told.remedy).toContain(remedy);
	});
});
