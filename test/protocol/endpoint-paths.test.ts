import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { legOf, victimOf } from '../../src/chaos/leg.js';
import { lobbyUrl } from '../../src/io/settings/endpoints.js';
import { gatewayPath, lobbyPath, readPath } from '../../src/protocol/endpoint-paths.js';
import { routeOf } from '../../src/sandbox/doors/upgrade-routes.js';

const routed = (url: string): unknown => routeOf({ url, headers: {} } as IncomingMessage);

describe('the paths of the platform', () => {
  it('are these', () => {
    expect([lobbyPath('b1'), gatewayPath('m1', 'p1'), lobbyUrl('b1', 'prod')]).toEqual([
      '/ws/external/bot/b1',
      '/ws/external/match/m1/p1',
      'wss://chipzen.ai/ws/external/bot/b1',
    ]);
  });

  it.each(['b1', 'a b', 'ä/ö', '%2F', '..a', '?x=1', '#'])('lead a bot named %j to the lobby', (botId) => {
    const path = lobbyPath(botId);
    expect(readPath(path)).toEqual({ endpoint: 'lobby', segments: [encodeURIComponent(botId)] });
    expect(routed(path)).toEqual({ to: 'lobby', botId });
    expect([legOf(path), victimOf(path)]).toEqual(['lobby', { leg: 'lobby', botId }]);
  });

  it.each([
    [gatewayPath('m 1', 'p/1'), 'm 1', 'p/1', 'query'],
    ['/ws/match/m1/bot', 'm1', 'bot', 'frame'],
  ])('lead to a match: %s', (path, matchId, participantId, from) => {
    const credential = from === 'query' ? { from, token: null } : { from };
    expect(routed(path)).toEqual({ to: 'gateway', dial: { matchId, participantId, credential } });
    expect([legOf(path), victimOf(path)]).toEqual(['match', { leg: 'match', matchId, participantId }]);
  });

  it.each([
    ['/ws/external/botx', 404, 'other'],
    ['/x/ws/external/bot/b1', 404, 'other'],
    ['/', 404, 'other'],
    ['/ws/external/bot', 404, 'other'],
    ['/ws/external/bot/', 404, 'lobby'],
    ['/ws/external/bot/b1/', 404, 'lobby'],
    ['/ws/external/bot/b1/x', 404, 'lobby'],
    ['/ws/external/bot/%', 400, 'lobby'],
    ['/ws/external/match/m1', 404, 'match'],
    ['/ws/match/m1/p1/x', 404, 'match'],
  ])('%s leads nowhere: %i', (path, status, leg) => {
    expect(routed(path)).toEqual({ to: 'nowhere', status });
    expect([legOf(path), victimOf(path)]).toEqual([leg, null]);
  });

  it('have empty ids for what cannot be read, at the gateway, which closes with a code then', () => {
    const dial = { matchId: '', participantId: 'p1', credential: { from: 'query', token: null } };
    expect(routed('/ws/external/match/%/p1')).toEqual({ to: 'gateway', dial });
    expect(routed('/ws/external/match//p1')).toEqual({ to: 'gateway', dial });
    expect([victimOf('/ws/external/match/%/p1'), victimOf('/ws/external/match//p1')]).toEqual([null, null]);
  });
});
