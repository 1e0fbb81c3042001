/** What reads text of others, with that text in the places where it can be long, for the look at growing times. */
import { parseChaos } from '../../src/chaos/chaos-file.js';
import { offerOf, parseGameState } from '../../src/holdem/game-state.js';
import { legalAnswer } from '../../src/holdem/legal-answer.js';
import { createAssembler, isSigned } from '../../src/io/hosting/remote/remote-wire.js';
import { parseServerUrl } from '../../src/io/hosting/remote/server-url.js';
import { decodeLobbyFrame, decodeMatchFrame } from '../../src/protocol/decode.js';
import { ChipzenError } from '../../src/protocol/errors.js';
import type { TurnRequest } from '../../src/protocol/frames.js';
import { parseWebSocketUrl, resolveGatewayUrl } from '../../src/protocol/gateway-url.js';
import { createMask, printable } from '../../src/protocol/redact.js';
import { readLobbyFrame, readMatchFrame } from '../../src/sandbox/wire/client-frames.js';
import type { Reader } from './growth.js';

/** Short texts that grow when they are repeated. */
export const atoms: readonly string[] = [
  'a',
  '0',
  '9',
  '-',
  ' ',
  '\t',
  '\n',
  '"',
  "'",
  '\\',
  '\\u0063',
  '/',
  '../',
  '.',
  'a.',
  ':',
  '@',
  '?',
  '#',
  '%',
  '%2e',
  '=',
  ',',
  '[',
  '{"a":',
  '[1],',
  '[[x]]\n',
  '[x]\n',
  'a=1\n',
  'a.b=1\n',
  '"""',
  '=""\n',
  '#\n',
  'é',
  '\u202e',
  '\ud800',
  'cz_extbot_x',
  'cz_',
  '{}',
  '1e9',
];

const secret = 'cz_extbot_secret';
const mask = createMask([secret]);

const tolerant = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch (error) {
    if (error instanceof ChipzenError) return null;
    throw error;
  }
};

/** A decoded turn goes on to the bot, and its answer is looked at. */
function useMatchFrame(text: string): void {
  const decoded = decodeMatchFrame(text);
  if (decoded.ok && decoded.frame.type === 'turn_request') useTurn(decoded.frame);
}

function useTurn(frame: TurnRequest): void {
  parseGameState(frame, { seat: 0, dealerSeat: null });
  legalAnswer({ action: frame.valid_actions.at(-1), amount: 5 }, offerOf(frame));
}

const turnWith = (fields: object) =>
  JSON.stringify({
    type: 'turn_request',
    seat: 0,
    request_id: 'q',
    valid_actions: ['fold', 'raise'],
    state: {},
    ...fields,
  });

const words = (text: string): string[] => text.match(/.{1,8}/gsu) ?? [];

const plain: readonly Reader[] = [
  { name: 'frames of the lobby', read: decodeLobbyFrame },
  { name: 'frames of a match', read: useMatchFrame },
  {
    name: 'an error with a long message',
    read: (text) => decodeMatchFrame(JSON.stringify({ type: 'error', code: text, message: text })),
  },
  { name: 'a turn with a long id', read: (text) => useMatchFrame(turnWith({ request_id: text })) },
  {
    name: 'a turn with many actions',
    read: (text) => useMatchFrame(turnWith({ valid_actions: words(text) })),
  },
  {
    name: 'a turn with many cards',
    read: (text) => useMatchFrame(turnWith({ state: { board: words(text), your_hole_cards: words(text) } })),
  },
  {
    name: 'a turn with a long history',
    read: (text) =>
      useMatchFrame(
        turnWith({
          state: {
            action_history: words(text).map((action, seat) => ({
              seat,
              action,
              amount: seat,
              phase: action,
            })),
          },
        }),
      ),
  },
  {
    name: 'a turn with many seats',
    read: (text) => useMatchFrame(turnWith({ state: { opponent_stacks: words(text).map(Number) } })),
  },
  {
    name: 'a match with many seats',
    read: (text) =>
      decodeMatchFrame(
        JSON.stringify({
          type: 'match_start',
          seats: words(text).map((name, seat) => ({ seat, name })),
          game_config: {},
        }),
      ),
  },
  {
    name: 'results of many seats',
    read: (text) =>
      decodeMatchFrame(
        JSON.stringify({
          type: 'match_end',
          reason: text,
          results: words(text).map((name, seat) => ({ seat, name })),
        }),
      ),
  },
  { name: 'frames of clients to the lobby', read: readLobbyFrame },
  { name: 'frames of clients to a match', read: readMatchFrame },
  { name: 'text for a terminal', read: (text) => printable(text, text.length) },
  { name: 'a frame without the secret', read: (text) => mask.json(text) },
  { name: 'a frame of secrets', read: (text) => mask.text(`${text}${secret}`.repeat(2)) },
  { name: 'gateway URLs', read: (text) => resolveGatewayUrl('wss://lobby.example:444/ws', text) },
  { name: 'lobby URLs', read: (text) => parseWebSocketUrl(`wss://${text}`, 'the URL') },
  { name: 'paths of lobby URLs', read: (text) => parseWebSocketUrl(`wss://h/${text}`, 'the URL') },
  { name: 'chaos files', read: (text) => parseChaos(text, 'chaos.toml') },
  {
    name: 'names of chaos files',
    read: (text) => parseChaos(`name = ${JSON.stringify(text)}\n[[fault]]\nkind = "drop"\n`, 'chaos.toml'),
  },
  { name: 'messages of workers', read: (text) => createAssembler(isSigned)(Buffer.from(`.${text}`)) },
  {
    name: 'messages of workers, in many parts',
    read: (text) =>
      words(text)
        .map((part) => Buffer.from(`+${part}`))
        .map(createAssembler(isSigned)),
  },
  { name: 'URLs of NATS servers', read: (text) => parseServerUrl(`nats://${text}`) },
];

export const readers: readonly Reader[] = plain.map(({ name, read }) => ({ name, read: tolerant(read) }));
