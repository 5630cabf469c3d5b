// Refusals of the engine that deserve their own sentence: by verb and status, and the few only their text tells apart.
import { EngineError } from './error.ts';
import { byVerb, type Sentence } from './refusal-sentences.ts';
import { byText, wantsLogin } from './refusal-words.ts';

/** What a call was about, for its sentence: `{ verb: 'stop', name: 'web' }`. */
export type About = { readonly verb: string; readonly name: string };

const isGone: Sentence = (name) => `${name} is gone: the engine does not have it any more.`;

export function worded(error: EngineError, { verb, name }: About): EngineError {
	const { statusCode, code, engineMessage = '' } = error;
	if (statusCode === undefined || code !== undefined) return error;
	for (const { pattern, verbs, sentence, code } of byText) {
		const found = verbs === undefined || verbs.includes(verb) ? pattern.exec(engineMessage) : null;
		if (found) return new EngineError(sentence(name, found.slice(1)), { statusCode, code, engineMessage });
	}
	const isLogin = statusCode === 401 && (verb === 'pull' || verb === 'push' || verb === 'login');
	if (isLogin) return new EngineError(wantsLogin(name), { statusCode, code: 'ELOGIN', engineMessage });
	const sentence = byVerb[verb]?.[statusCode] ?? (statusCode === 404 && name !== '' ? isGone : undefined);
	return sentence === undefined ? error : new EngineError(sentence(name), error);
}
