/** A bot of a test that plays whatever it is told of, and keeps what it was told of each hand. */
import { createRandom } from '../../src/chance/random.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { type Client, type Frame, goOnline, type Json, sitDown } from './client.js';

/** A match as its bot saw it. */
export interface SeenMatch {
  readonly matchId: string;
  seatIndex: number;
  /** By hand: all stacks after it, and its own cards. */
  readonly hands: { stacks: number[]; cards: string[] }[];
  /** `null` while it is played. */
  reason: string | null;
  netChips: number | null;
}

export interface HttpReply {
  status: number;
  body: Json;
  retryAfter: number | null;
}

export interface SeasonBot {
  readonly name: string;
  readonly botId: string;
  readonly matches: readonly SeenMatch[];
  online(): Promise<void>;
  offline(): Promise<void>;
  /** As far as it knows. */
  isOnline(): boolean;
  /** Sends a request of this bot, to a path below `/api/external-api`. */
  ask(method: 'GET' | 'POST', path: string): Promise<HttpReply>;
}

export interface SeasonBotOptions {
  /** Default: true. */
  sitsDown?: boolean;
  /** Called when it could not sit down. Default: an unhandled rejection, which fails the test. */
  onLost?: (error: unknown) => void;
  /** Of what it decides, with its name. Default: empty. */
  seed?: string;
}

export function seasonBot(
  sandbox: Pick<Sandbox, 'addBot' | 'url'>,
  name: string,
  { sitsDown = true, onLost, seed = '' }: SeasonBotOptions = {},
): SeasonBot {
  const { botId, token, lobbyUrl } = sandbox.addBot({ name });
  const random = createRandom(seed + name);
  const matches: SeenMatch[] = [];
  let lobby: Client | null = null;

  /** All-in now and then, so that matches are short. */
  function decide({ valid_actions: offered, state }: Frame): Json {
    const actions = offered as string[];
    if (random() < 0.2 && actions.includes('raise')) {
      return { action: 'raise', params: { amount: (state as Json)['max_raise'] } };
    }
    if (random() < 0.1 && actions.includes('fold')) return { action: 'fold' };
    return { action: actions.includes('check') ? 'check' : 'call' };
  }

  async function play(matched: Frame): Promise<void> {
    const matchId = String(matched['match_id']);
    const seen: SeenMatch = { matchId, seatIndex: -1, hands: [], reason: null, netChips: null };
    matches.push(seen);
    const seat = await sitDown(sandbox.url, matched, token);
    let cards: string[] = [];
    seat.socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.type === 'match_start') {
        const seats = frame['seats'] as Json[];
        seen.seatIndex = seats.findIndex((each) => each['is_self'] === true);
      } else if (frame.type === 'round_start') {
        cards = (frame['state'] as Json)['your_hole_cards'] as string[];
      } else if (frame.type === 'turn_request') {
        seat.say({
          type: 'turn_action',
          match_id: matchId,
          request_id: frame['request_id'],
          ...decide(frame),
        });
      } else if (frame.type === 'round_result') {
        seen.hands.push({ stacks: (frame['result'] as Json)['stacks'] as number[], cards });
      } else if (frame.type === 'match_end') {
        seen.reason = String(frame['reason']);
        const results = (frame['results'] ?? []) as Json[];
        seen.netChips = (results[seen.seatIndex]?.['net_chips'] as number | undefined) ?? null;
      }
    });
  }

  return {
    name,
    botId,
    matches,
    async online() {
      lobby = await goOnline({ token, lobbyUrl });
      lobby.socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as Frame;
        if (frame.type === 'ping') lobby?.say({ type: 'pong' });
        if (frame.type !== 'matched' || !sitsDown) return;
        const played = play(frame);
        if (onLost !== undefined) played.catch(onLost);
      });
    },
    isOnline: () => lobby?.socket.readyState === lobby?.socket.OPEN && lobby !== null,
    async offline() {
      await lobby?.drop();
      lobby = null;
    },
    async ask(method, path) {
      const answer = await fetch(`${sandbox.url.replace(/^ws/, 'http')}/api/external-api${path}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      const retryAfter = answer.headers.get('retry-after');
      return {
        status: answer.status,
        body: (await answer.json()) as Json,
        retryAfter: retryAfter === null ? null : Number(retryAfter),
      };
    },
  };
}
