// Why an endpoint did not answer, in two words, and what a person does about it, with the exact command.
import { platform as hostPlatform } from 'node:os';
import type { Attempt, Endpoint } from '../model/connection.ts';
import { type EngineError, family } from './error.ts';
import { howToSeeLog, howToStart, restartCommand, whoMay } from './start-commands.ts';

type Advice = { readonly reason: string; readonly remedy: string };

export function attempt(endpoint: Endpoint, error: EngineError, platform: string = hostPlatform()): Attempt {
	return { endpoint, ...advice(endpoint, error, platform) };
}

function advice(
	endpoint: Endpoint,
	{ code, statusCode, engineMessage = '' }: EngineError,
	platform: string,
): Advice {
	const path = endpoint.host.replace(/^(unix|npipe):\/\//, '');
	const isLocal = path !== endpoint.host;
	const start = howToStart(endpoint, platform);
	if (/HTTP request to an HTTPS server/i.test(engineMessage)) {
		return {
			reason: 'it wants TLS',
			remedy: 'Set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder with its certificates.',
		};
	}
	if (statusCode === 400 && /version/i.test(engineMessage)) {
		return {
			reason: 'other API version',
			remedy: 'Unset DOCKER_API_VERSION, so that Portside agrees on one with the engine.',
		};
	}
	if (statusCode === 401 || statusCode === 403) {
		return {
			reason: 'not allowed',
			remedy: `${endpoint.host} asks for credentials: look at what stands before the engine.`,
		};
	}
	if (
		statusCode !== undefined &&
		statusCode >= 500 &&
		engineMessage !== '' &&
		!/<html/i.test(engineMessage)
	) {
		return { reason: 'the engine failed', remedy: `It says: ${engineMessage}. Look at its own log.` };
	}
	if (statusCode !== undefined) {
		return {
			reason: 'not an engine',
			remedy: `Something else answers at ${endpoint.host}: correct ${endpoint.source}.`,
		};
	}
	switch (family(code ?? '')) {
		case 'ENOENT':
			return { reason: 'no such file', remedy: start };
		case 'EACCES':
		case 'EPERM':
			return { reason: 'permission denied', remedy: whoMay(endpoint, path, platform) };
		case 'ECONNREFUSED':
			return isLocal
				? { reason: 'connection refused', remedy: `${path} is there, but nobody listens. ${start}` }
				: {
						reason: 'connection refused',
						remedy: `Nothing listens at ${endpoint.host}: start the engine there, or correct the port.`,
					};
		case 'ENOTSOCK':
		case 'EISDIR':
			return { reason: 'not a socket', remedy: `${path} is a file or a folder: correct ${endpoint.source}.` };
		case 'ETIMEOUT':
		case 'ETIMEDOUT':
		case 'EAGAIN':
			return isLocal
				? {
						reason: 'no answer',
						remedy: `The engine takes connections but does not answer. Restart it: ${restartCommand(endpoint, platform)}`,
					}
				: {
						reason: 'no answer',
						remedy: `Look whether ${endpoint.host} can be reached from here, and no firewall is between.`,
					};
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				reason: 'unknown host',
				remedy: `The name in ${endpoint.host} cannot be looked up: correct ${endpoint.source}.`,
			};
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'EHOSTDOWN':
			return {
				reason: 'unreachable',
				remedy: `There is no way to ${endpoint.host}: look at the network or the VPN.`,
			};
		case 'ECONNRESET':
		case 'EPIPE':
			return {
				reason: 'connection broken off',
				remedy: `The engine may be starting or stopping; if it stays so, see its log: ${howToSeeLog(platform)}`,
			};
		case 'EPROTO':
			return { reason: 'TLS failed', remedy: tlsRemedy(endpoint, engineMessage) };
		case 'EVERSION':
			return {
				reason: 'too old',
				remedy: `It speaks ${engineMessage || 'an old API version'}: update the engine to Docker 19.03 or later.`,
			};
		case 'EEND':
			return {
				reason: 'it hangs up',
				remedy: 'It answers, but ends every connection at once: look at its own log.',
			};
		case 'EANSWER':
			return {
				reason: 'not an engine',
				remedy: `Something else answers at ${endpoint.host}: correct ${endpoint.source}.`,
			};
		case 'ESSH':
			return {
				reason: 'ssh failed',
				remedy: `Try it by hand: ssh ${endpoint.host.replace(/^ssh:\/\//, '')} docker version (${engineMessage})`,
			};
		default:
			return { reason: code ?? 'failed', remedy: engineMessage || `Correct ${endpoint.source}.` };
	}
}

function tlsRemedy({ tls }: Endpoint, words: string): string {
	if (/wrong version number|packet length/i.test(words)) {
		return 'The engine speaks without TLS there: unset DOCKER_TLS_VERIFY, or correct the port.';
	}
	if (/certificate required|bad certificate|handshake failure/i.test(words) && !tls?.cert) {
		return 'The engine wants your certificate: set DOCKER_CERT_PATH to the folder with cert.pem and key.pem.';
	}
	return `Its certificate is not trusted: put the right ca.pem into DOCKER_CERT_PATH (${words}).`;
}
