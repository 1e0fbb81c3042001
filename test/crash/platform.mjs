/** A sandbox of the build in a process of its own, to be killed. */
import { createSandbox } from 'chipzen-agent/sandbox';

const [port, state, game] = process.argv.slice(2);
const platform = await createSandbox({
  port: Number(port),
  state,
  seed: 'crash',
  speed: 0,
  ...JSON.parse(game),
  maxHands: 20,
  onEvent(event) {
    if (event.type === 'match.ended')
      process.send?.({ type: 'ended', matchId: event.matchId, end: event.end });
    if (event.type === 'hand.ended')
      process.send?.({ type: 'hand', matchId: event.matchId, hand: event.hand });
    if (event.type === 'turn.substituted') process.send?.({ type: 'substituted' });
    if (event.type === 'turn.opened') process.send?.({ type: 'turn' });
  },
});
const [known] = platform.bots();
const bot = known ?? platform.addBot({ name: 'me' });
process.on('message', (order) => {
  if (order.type === 'play') void platform.dispatch(bot.botId, { opponent: 'random' });
});
process.on('disconnect', () => process.exit(0));
process.send?.({
  type: 'ready',
  port: platform.port,
  token: bot.token,
  lobbyUrl: bot.lobbyUrl,
  live: platform
    .matches()
    .filter(({ state: one }) => one !== 'ended')
    .map(({ matchId }) => matchId),
});
