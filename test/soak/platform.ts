/** A sandbox in a process of its own, driven by its parent: the soak measures the agent alone. */
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { shortGame } from '../kit/short-game.js';
import type { Order, Report } from './messages.js';

const platform = await createSandbox({
  port: 0,
  speed: 0,
  seed: 'soak',
  ...shortGame,
  maxHands: 2,
  // A fast machine plays more than six thousand matches a minute; who is refused waits, and comes too late.
  connectsPerMinute: 1_000_000,
});
const { botId, token, lobbyUrl } = platform.addBot({ name: 'soak' });

const report = (message: Report): void => void process.send?.(message);

/** As many at once as the platform gives to one token. */
async function playMatches(count: number, atOnce: number): Promise<void> {
  let left = count;
  const play = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { matchId } = await platform.dispatch(botId);
      await platform.result(matchId);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, play));
}

async function dropLobby(times: number): Promise<void> {
  for (let dropped = 0; dropped < times; dropped += 1) {
    await new Promise<void>((resolve) => {
      const ignore = platform.on((event) => {
        if (event.type !== 'lobby.online') return;
        ignore();
        resolve();
      });
      platform.control.dropLobby(botId);
    });
  }
}

process.on('message', (order: Order) => {
  const done = order.type === 'matches' ? playMatches(order.count, order.atOnce) : dropLobby(order.times);
  done.then(
    () => report({ type: 'done' }),
    (error: unknown) => report({ type: 'failed', message: String(error) }),
  );
});
process.on('disconnect', () => void platform.close().then(() => process.exit(0)));
report({ type: 'ready', lobbyUrl, token });
