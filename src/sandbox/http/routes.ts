/** Routes as data: method, path, access, fields of the body, and the function that answers. */
import type { BotFacts } from './platform.js';
import type { TextRules, Texts } from './texts.js';

export type Method = 'GET' | 'POST' | 'DELETE';

/**
 * `anyone`: no credential is needed. `bot`: a token. `local`: no token, but from this machine. `bot or local`: a token counts if
 * there is one.
 */
export type Access = 'anyone' | 'bot' | 'local' | 'bot or local';

export interface Reply {
  /** Default: 200. */
  readonly status?: number;
  readonly body: object;
}

export interface Call {
  /** The caller, if it has sent a token. */
  readonly bot: BotFacts | null;
  /** Tells callers apart: the id of the bot, or the address without a token. */
  readonly caller: string;
  /** The parts of the path in braces, decoded. */
  readonly params: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly texts: Texts;
}

export interface Route {
  readonly method: Method;
  /** `{name}` stands for one part of the path. */
  readonly path: string;
  readonly access: Access;
  /** The fields of the body; null for a request that has no body. */
  readonly rules: TextRules | null;
  answer(call: Call): Reply;
}

type Ask = Pick<Route, 'method' | 'path'>;

/** The longest id or name of a bot in a request. */
export const maxSelectorLength = 128;

/** The bot of the token. Another bot is refused like a wrong token. */
const botIdRule: TextRules = { bot_id: { maxLength: maxSelectorLength } };

/** A route for a bot with its token. The body may have `bot_id`, which is checked before `answer` is called. */
export function botRoute(
  ask: Ask & { rules?: TextRules },
  answer: (bot: BotFacts, call: Call) => Reply,
): Route {
  const { method, path, rules = {} } = ask;
  return {
    method,
    path,
    access: 'bot',
    rules: method === 'POST' ? { ...botIdRule, ...rules } : null,
    answer(call) {
      if (call.bot === null) throw new Error('A request of a bot was let through without its token.');
      return answer(call.bot, call);
    },
  };
}

/** A route that changes nothing and returns only public facts. */
export function openRoute(path: string, answer: (call: Call) => Reply): Route {
  return { method: 'GET', path, access: 'anyone', rules: null, answer };
}
