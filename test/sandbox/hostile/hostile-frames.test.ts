import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FakeClient, openOfflinePlatform } from './hostile-platform.js';

const maxFrameLength = 4_096;

const nastyNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'type',
  'then',
  '',
];

const nastyValues = fc.oneof(
  fc.constantFrom<unknown>(null, true, -0, 1e308, '\ud800', '\u0000', '💥', {}, [], ...nastyNames),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Frames that look like real ones with something wrong somewhere. */
const nearFrames = fc
  .tuple(
    fc.constantFrom('authenticate', 'hello', 'turn_action', 'pong', 'ping', ...nastyNames),
    fc.array(
      fc.tuple(
        fc.constantFrom(
          'match_id',
          'token',
          'ticket',
          'request_id',
          'action',
          'params',
          'supported_versions',
          'supported_games',
          'client_name',
          ...nastyNames,
        ),
        nastyValues,
      ),
      { maxLength: 6 },
    ),
  )
  .map(([type, fields]) => {
    // By hand: an object would take `__proto__` for its prototype.
    const texts = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    return `{${[`"type":${JSON.stringify(type)}`, ...texts].join(',')}}`;
  });

const bombs = fc.constantFrom(
  '['.repeat(maxFrameLength),
  `${'['.repeat(maxFrameLength / 2)}${']'.repeat(maxFrameLength / 2)}`,
  '{"a":'.repeat(800) + '1' + '}'.repeat(800),
  `{"type":"turn_action","match_id":"m","request_id":"r","params":${'{"a":'.repeat(650)}1${'}'.repeat(650)}}`,
  `{"type":"${'x'.repeat(4_000)}"}`,
  `{"type":"pong","${'x'.repeat(4_000)}":1}`,
  `{${'"a":1,'.repeat(680)}"type":"pong"}`,
);

const texts = fc
  .oneof(nearFrames, bombs, fc.string(), fc.json())
  .map((text) => text.slice(0, maxFrameLength));

describe('a sandbox', () => {
  it('survives every text at every stage, and tells each client in frames of its own', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 8 }), fc.nat(3), (said, stage) => {
        const platform = openOfflinePlatform({ seed: 'a' });
        const bots = platform.addBots(2);
        const run = platform.start(bots.map(({ bot }) => bot.botId));
        const { matchId } = run;
        const [seat, other] = bots.map(({ token }, index): FakeClient => {
          const client = platform.dial(matchId, run.seats[index]?.participantId ?? '', token);
          if (stage > 0) client.say({ type: 'authenticate', match_id: matchId, token: '' });
          if (stage > 1) client.say({ type: 'hello', match_id: matchId, supported_versions: ['1.0'] });
          return client;
        });
        const lobby = platform.goOnline('bot-0', stage === 3 ? 'wrong' : (bots[0]?.token ?? ''));
        for (const text of said) for (const client of [seat, lobby, other]) client?.say(text);
        platform.settle();
        expect(platform.events.filter(({ type }) => type === 'platform.fault')).toEqual([]);
        for (const client of [seat, lobby, other]) {
          for (const frame of client?.frames ?? []) {
            expect(typeof frame.type).toBe('string');
            expect(JSON.stringify(frame).length).toBeLessThan(3 * maxFrameLength);
          }
        }
        platform.close();
        expect(platform.clock.pending()).toBe(0);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
