/** `npm run picture`: a real session on the local platform, and the picture of its dashboard for the README. */
import { fileURLToPath } from 'node:url';
import { createAgent } from '../src/agent/agent.js';
import { createDashboard } from '../src/dashboard/index.js';
import { createSandbox, TightAggressiveBot } from '../src/sandbox/index.js';
import { launchChromium } from './browser.js';

const path = fileURLToPath(new URL('../docs/dashboard.png', import.meta.url));

const opponents = ['calling-station', 'tight-aggressive', 'equity', 'random'] as const;

/** Sound play, at the pace of somebody who thinks; now and then too long. */
class Thinker {
  readonly #inner = new TightAggressiveBot({ seed: 'picture' });
  #decisions = 0;

  async decide(...turn: Parameters<TightAggressiveBot['decide']>) {
    this.#decisions += 1;
    const thoughtMs = this.#decisions % 41 === 0 ? 2_400 : 4 + 70 * ((this.#decisions * 0.618) % 1) ** 2;
    await new Promise((resolve) => setTimeout(resolve, thoughtMs));
    return this.#inner.decide(...turn);
  }
}

const sandbox = await createSandbox({
  port: 0,
  seed: 'picture',
  speed: 0.3,
  startingStack: 1_000,
  smallBlind: 5,
  bigBlind: 10,
  maxHands: 60,
  decisionTimeoutMs: 5_000,
});
const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'my-bot' });
const agent = createAgent(Thinker, { url: lobbyUrl, token, config: null }, { env: {} });
const dashboard = await createDashboard(agent, {
  controls: { drain: () => undefined, stop: () => undefined },
});
const session = agent.start();

/** Match after match against one opponent, until the session ends. */
async function keepPlaying(opponent: string): Promise<void> {
  for (;;) {
    const { matchId } = await sandbox.dispatch(botId, { opponent });
    await sandbox.result(matchId);
  }
}
for (const opponent of opponents) keepPlaying(opponent).catch(() => undefined);

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1440, height: 1380 } });
await page.goto(dashboard.url);
// Two matches are over, and one of the others is at an interesting moment.
await page.getByText(/^2 matches over/).waitFor({ timeout: 120_000 });
await page.getByRole('button', { name: 'calling-station' }).first().click();
await page
  .getByTestId('table')
  .getByText(/· (turn|river)$/)
  .waitFor({ timeout: 120_000 });
await page
  .getByTestId('table')
  .getByText(/^hand (1[2-9]|[2-5]\d) · (flop|turn|river)$/)
  .waitFor({ timeout: 120_000 });
await page.screenshot({ path, animations: 'disabled' });

await browser.close();
await dashboard.close();
await agent.stop({ graceMs: 0 });
await session;
await sandbox.close();
