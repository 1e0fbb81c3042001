/** Requests that bots of a season send, and 429s: those of the platform itself, and others in their place. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createRandom } from '../../src/chance/random.js';
import type { Intercept } from '../kit/memory-network.js';

const defaults = {
  /** Shares of the requests that are refused, by kind. */
  joins: 0.15,
  lists: 0.1,
  /** `Retry-After`, in seconds, from and to. */
  seconds: [15, 90],
} as const;

const shares = new Map<string, number>([
  ['POST /api/external-api/matchmaking/join', defaults.joins],
  ['GET /api/external-api/fixtures/upcoming', defaults.lists],
]);

/** One that was refused with 429. */
export interface Refusal {
  readonly name: string;
  readonly request: string;
  readonly at: number;
  readonly retryAfterMs: number;
  /** In place of the platform. */
  readonly isInvented: boolean;
}

export interface Refuser {
  readonly intercept: Intercept;
  readonly refusals: readonly Refusal[];
  /** Requests that came before a 429 to the one before them said that they may. @param deaths what a new process forgets. */
  early(name: string, deaths: readonly (readonly [number, number])[]): string[];
}

/**
 * @param tokens by name: the bots whose requests are looked at.
 * @param now the time of the platform; the clocks of the bots differ from it by `skewMs` at most.
 */
export function openRefuser(
  tokens: ReadonlyMap<string, string>,
  { seed, now, skewMs }: { seed: string; now: () => number; skewMs: number },
): Refuser {
  const random = createRandom(`${seed} refusals`);
  const names = new Map([...tokens].map(([name, token]) => [`Bearer ${token}`, name]));
  const refusals: Refusal[] = [];
  const asked: { name: string; request: string; at: number }[] = [];

  /** Headers that are given with the status are nowhere else to be read. */
  function watchHead(
    response: ServerResponse,
    see: (status: number, headers: OutgoingHttpHeaders) => void,
  ): void {
    const { writeHead } = response;
    response.writeHead = (status: number, headers: unknown) => {
      see(status, headers as OutgoingHttpHeaders);
      return Reflect.apply(writeHead, response, [status, headers]) as ServerResponse;
    };
  }

  function refuse(response: ServerResponse, seconds: number): void {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(seconds) });
    response.end(JSON.stringify({ error_code: 'RATE_001', message: 'Too many requests.', request_id: '1' }));
  }

  return {
    refusals,
    intercept({ method, url = '', headers }: IncomingMessage, response) {
      const name = names.get(headers.authorization ?? '');
      if (name === undefined) return false;
      const at = now();
      const request = `${method} ${url.split('?', 1)[0]}`;
      asked.push({ name, request, at });
      const isInvented = random() < (shares.get(request) ?? 0);
      const [from, to] = defaults.seconds;
      watchHead(response, (status, { 'retry-after': seconds }) => {
        if (status !== 429) return;
        refusals.push({ name, request, at, retryAfterMs: Number(seconds) * 1_000, isInvented });
      });
      if (isInvented) refuse(response, Math.round(from + random() * (to - from)));
      return isInvented;
    },
    early(who, deaths) {
      const own = asked.filter(({ name }) => name === who);
      return refusals
        .filter(({ name }) => name === who)
        .flatMap(({ request, at, retryAfterMs }) => {
          const next = own.find((each) => each.request === request && each.at > at);
          if (next === undefined || next.at >= at + retryAfterMs - skewMs) return [];
          if (deaths.some(([from]) => from >= at && from <= next.at)) return [];
          return [
            `${request} at ${new Date(at).toISOString()}, again after ${next.at - at} ms of ${retryAfterMs}`,
          ];
        });
    },
  };
}
