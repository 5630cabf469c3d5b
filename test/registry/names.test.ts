import { expect, it } from 'vitest';
import { dockerHub, keyOf, registryOf, withoutHost } from '../../source/registry/names.ts';

it.each([
	['busybox', dockerHub, 'busybox'],
	['me/app:1', dockerHub, 'me/app:1'],
	['docker.io/library/busybox', dockerHub, 'library/busybox'],
	['registry-1.docker.io/me/app', dockerHub, 'me/app'],
	['ghcr.io/me/app', 'ghcr.io', 'me/app'],
	['localhost/app', 'localhost', 'app'],
	['127.0.0.1:5000/app@sha256:00', '127.0.0.1:5000', 'app@sha256:00'],
	['localhost:5000', dockerHub, 'localhost:5000'],
])('%s comes from %s, where it is %s', (reference, host, rest) => {
	expect([registryOf(reference), withoutHost(reference)]).toEqual([host, rest]);
});

it.each([
	['', dockerHub],
	['docker.io', dockerHub],
	['https://index.docker.io/v1/', dockerHub],
	['https://registry.example:5000/v2/', 'registry.example:5000'],
	['registry.example', 'registry.example'],
])('docker keeps the login for %j as %s', (typed, key) => {
	expect(keyOf(typed)).toBe(key);
});
