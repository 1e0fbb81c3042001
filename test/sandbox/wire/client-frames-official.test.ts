import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type Client, dial, type Frame, type Json } from '../../kit/client.js';
import { caller, openPlatform } from '../../kit/platform.js';
import { type OfficialClient, officialClients } from './official-clients.js';

const dialects = ['played', 'documents', 'legacy'] as const;

/** A text of the client's, with what it fills in. */
function filled(template: string, values: Record<string, string>): string {
  return template.replaceAll(/MATCH|TOKEN|REQUEST|ACTION|PARAMS/g, (name) => values[name] ?? name);
}

/** It raises as little as it can at its first turn of a hand, and checks or calls from there. */
function answerOf(turn: Frame): { action: string; params: string } {
  const valid = turn['valid_actions'] as string[];
  const { min_raise, action_history } = turn['state'] as { min_raise: number; action_history: Json[] };
  const isFirst = action_history.every(({ action }) => String(action).startsWith('post_'));
  if (isFirst && valid.includes('raise')) return { action: 'raise', params: `{"amount":${min_raise}}` };
  return { action: valid.includes('check') ? 'check' : 'call', params: '{}' };
}

/** Plays as the client does until `match_end`, and returns that. */
async function play(seat: Client, { turnAction, pong, dropsOldFrames }: OfficialClient, match: string) {
  let last = 0;
  for (;;) {
    const frame = await seat.next();
    const isOld = Number(frame['seq']) <= last;
    last = Number(frame['seq']);
    if (isOld && dropsOldFrames) continue;
    const asked = frame.type === 'reconnected' ? (frame['pending_request'] as Frame | null) : frame;
    if (asked?.type === 'turn_request') {
      const { action, params } = answerOf(asked);
      const values = { MATCH: match, REQUEST: String(asked['request_id']), ACTION: action, PARAMS: params };
      seat.say(filled(turnAction, values));
    }
    if (frame.type === 'ping') seat.say(filled(pong, { MATCH: match }));
    if (frame.type === 'match_end') return frame;
  }
}

/** Shakes hands as the client does; what comes next is play. */
async function shakeHands(
  seat: Client,
  { authenticate, hello }: { authenticate: string; hello: string },
  values: { MATCH: string; TOKEN: string },
) {
  seat.say(filled(authenticate, values));
  expect(await seat.next()).toMatchObject({ type: 'hello', game_type: 'poker' });
  seat.say(filled(hello, values));
}

describe.each(dialects)('the platform, in the dialect %s', (dialect) => {
  const hands = 6;

  /** A client that is online and was told of a match, as itself. */
  async function told(client: OfficialClient) {
    const open = await openPlatform({ dialect, maxHands: hands });
    const bot = open.sandbox.addBot({ name: client.client });
    const lobby = await dial(bot.lobbyUrl, { headers: { 'user-agent': client.userAgent } });
    lobby.say(filled(client.lobby.authenticate, { TOKEN: bot.token }));
    expect(await lobby.next()).toMatchObject({ type: 'hello', endpoint: 'lobby' });
    const { matchId } = await open.sandbox.dispatch(bot.botId, { opponent: caller });
    const matched = await lobby.until('matched');
    if (client.lobby.leaves) lobby.socket.close();
    return { open, matched, matchId, values: { MATCH: matchId, TOKEN: bot.token } };
  }

  /** A match that was played to its end without a word of complaint. */
  async function expectWholeMatch(seat: Client, client: OfficialClient, matchId: string) {
    const end = await play(seat, client, matchId);
    expect(end).toMatchObject({ reason: 'complete', total_hands_played: hands });
    expect((end['results'] as Json[])[0]).toMatchObject({ name: client.client, bot_errors: [] });
    expect(await seat.closed()).toEqual({ code: 1000, reason: 'match_ended' });
    const types = seat.frames.map(({ type }) => type);
    expect(types.filter((type) => ['error', 'action_rejected', 'action_timeout'].includes(type))).toEqual([]);
  }

  it.each(officialClients)(
    'plays a whole match with the $client $version over the gateway',
    async (client) => {
      const { open, matched, matchId, values } = await told(client);
      const seat = await dial(open.url + String(matched['gateway_ws_url']), {
        protocols: ['chipzen-bot-token', values.TOKEN],
        headers: { 'user-agent': client.userAgent },
      });
      await shakeHands(seat, client.remote, values);
      await expectWholeMatch(seat, client, matchId);
    },
  );

  it.each(officialClients.filter(({ uploaded }) => uploaded !== null))(
    'plays a whole match with the $client $version as an uploaded bot',
    async (client) => {
      const { open, matched, matchId, values } = await told(client);
      const path = `/ws/match/${matchId}/${String(matched['participant_id'])}`;
      const seat = await dial(open.url + path, { headers: { 'user-agent': client.userAgent } });
      await shakeHands(seat, client.uploaded ?? client.remote, values);
      await expectWholeMatch(seat, client, matchId);
    },
  );

  it.each(officialClients)('keeps the $client $version online while it answers pings', async (client) => {
    const clock = createVirtualClock();
    const open = await openPlatform({ dialect, clock });
    const bot = open.sandbox.addBot();
    const lobby = await dial(bot.lobbyUrl);
    lobby.say(filled(client.lobby.authenticate, { TOKEN: bot.token }));
    await lobby.until('hello');
    for (let beat = 0; beat < 3; beat += 1) {
      clock.advance(15_000);
      expect(await lobby.next()).toEqual({ type: 'ping' });
      lobby.say(client.lobby.pong);
      expect(await open.event('lobby.pong')).toMatchObject({ afterMs: 0 });
    }
  });
});
