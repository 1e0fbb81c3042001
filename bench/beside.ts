/** What the agent adds to a bare client. Platform and player share this process, so only these rows compare. */
import { createAgent, createSandbox } from './built.js';
import { measure, type Row, timed } from './measure.js';
import { createTally, startRawBot } from './raw-bot.js';

const defaults = { hands: 300, seed: 'bench' } as const;

/** Blinds that stay, and more chips than can be lost. */
const game = { startingStack: 1_000_000, smallBlind: 5, bigBlind: 10 } as const;

type Sandbox = Awaited<ReturnType<typeof createSandbox>>;
type Account = ReturnType<Sandbox['addBot']>;

export async function measureBeside(): Promise<Row[]> {
  return [
    await measure('bare client, one process', () => play(startBare)),
    await measure('agent, one process', () => play(startAgent)),
    await measure('agent against agent, one process', playAgents),
  ];
}

/** @param start brings a bot online and returns what ends it. */
async function play(start: (sandbox: Sandbox, account: Account) => Promise<() => void>) {
  const { hands, seed } = defaults;
  const sandbox = await createSandbox({ port: 0, speed: 0, seed, ...game, maxHands: hands });
  const account = sandbox.addBot();
  const stop = await start(sandbox, account);
  const run = await timed(hands, async () => {
    const { matchId } = await sandbox.dispatch(account.botId);
    await sandbox.result(matchId);
  });
  stop();
  await sandbox.close();
  return run;
}

/** Both seats are agents. */
async function playAgents() {
  const { hands, seed } = defaults;
  const sandbox = await createSandbox({ port: 0, speed: 0, seed, ...game, maxHands: hands });
  const accounts = [sandbox.addBot(), sandbox.addBot()];
  const stops: (() => void)[] = [];
  for (const account of accounts) stops.push(await startAgent(sandbox, account));
  const run = await timed(hands, async () => {
    const { matchId } = await sandbox.play({ players: accounts.map(({ botId }) => ({ botId })) });
    await sandbox.result(matchId);
  });
  for (const stop of stops) stop();
  await sandbox.close();
  return run;
}

async function startBare({ url }: Sandbox, account: Account): Promise<() => void> {
  const bot = await startRawBot(url, account, createTally());
  return () => bot.close();
}

async function startAgent(sandbox: Sandbox, { lobbyUrl, token }: Account): Promise<() => void> {
  const agent = createAgent(
    { decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' }) },
    { url: lobbyUrl, token, config: null, maxMatches: 1 },
    { env: {} },
  );
  const online = new Promise<void>((resolve) => {
    sandbox.on(({ type }) => type === 'lobby.online' && resolve());
  });
  const done = agent.start();
  await online;
  return () => void done;
}
