/** An agent that plays on the local platform, with its dashboard; all of it is closed after the test. */
import { createAgent } from '../../src/agent/agent.js';
import type { BotSource } from '../../src/bot/bot.js';
import { createDashboard, type DashboardOptions } from '../../src/dashboard/index.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import { afterTest } from '../kit/after-test.js';
import { caller, openPlatform } from '../kit/platform.js';

export interface Played {
  sandbox: Sandbox;
  botId: string;
  token: string;
  agent: ReturnType<typeof createAgent>;
  dashboard: Awaited<ReturnType<typeof createDashboard>>;
}

/** @param controls default: both buttons, as the command line has them. */
export async function playWithDashboard({
  bot = caller,
  name = 'me',
  sandbox: sandboxOptions = {},
  agent: agentOptions = {},
  controls,
  port,
}: {
  bot?: BotSource;
  /** Of the bot, at the table. */
  name?: string;
  sandbox?: SandboxOptions;
  agent?: AgentOptions;
  controls?: DashboardOptions['controls'];
  /** Of the dashboard. Default: any. */
  port?: number;
} = {}): Promise<Played> {
  const { sandbox } = await openPlatform({ seed: 'dashboard', ...sandboxOptions });
  const { botId, token, lobbyUrl } = sandbox.addBot({ name });
  const agent = createAgent(bot, { url: lobbyUrl, token, config: null, ...agentOptions }, { env: {} });
  const dashboard = await createDashboard(agent, {
    ...(port !== undefined && { port }),
    controls: controls ?? {
      drain: () => void agent.stop({ graceMs: 60_000 }),
      stop: () => void agent.stop({ graceMs: 0 }),
    },
  });
  afterTest(async () => {
    await agent.stop({ graceMs: 0 });
    await dashboard.close();
  });
  return { sandbox, botId, token, agent, dashboard };
}
