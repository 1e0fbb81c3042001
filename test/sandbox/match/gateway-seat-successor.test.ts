import { afterEach, describe, expect, it } from 'vitest';
import { openOfflinePlatform } from '../hostile/hostile-platform.js';

let platform: ReturnType<typeof openOfflinePlatform> | null = null;

afterEach(() => {
  platform?.close();
  platform = null;
});

describe('a connection that is ready to play while the one that holds its seat is closing', () => {
  it('is turned away when the seat may not be taken up again, since that ends the match', () => {
    const opened = openOfflinePlatform({ seed: 'successor', maxReconnects: 0 });
    platform = opened;
    const [ada, ben] = opened.addBots(2);
    if (ada === undefined || ben === undefined) throw new Error('There are two bots.');
    const run = opened.start([ada.bot.botId, ben.bot.botId]);
    const { matchId } = run;
    const dial = (index: number, token: string) => {
      const client = opened.dial(matchId, run.seats[index]?.participantId ?? '', token);
      client.say({ type: 'authenticate', match_id: matchId, token: '' });
      return client;
    };
    const hello = { type: 'hello', match_id: matchId, supported_versions: ['1.0'] };

    const successor = dial(0, ada.token);
    const holder = dial(0, ada.token);
    holder.say(hello);
    dial(1, ben.token).say(hello);
    // It has not read the close yet.
    holder.answers = false;
    holder.peer?.close(1012, 'service restart');
    successor.say(hello);
    opened.settle();

    expect(run.state).toBe('ended');
    expect(successor.closed).toEqual({ code: 4005, reason: 'match_ended' });
    const connected = opened.events.flatMap((event) => (event.type === 'seat.connected' ? event.botId : []));
    expect(connected).toEqual([ada.bot.botId, ben.bot.botId]);
  });
});
