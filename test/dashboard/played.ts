/** An agent that plays on the local platform, with its dashboard. */
import { createAgent } from '../../src/agent/agent.js';
import type { BotSource } from '../../src/bot/bot.js';
import { createDashboard, type DashboardOptions } from '../../src/dashboard/index.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import { createSandbox, type SandboxOptions } from '../../src/sandbox/index.js';

const caller = {
  decide: (state: { validActions: string[] }) => ({
    action: state.validActions.includes('check') ? 'check' : 'call',
  }),
};

export interface Played {
  sandbox: Awaited<ReturnType<typeof createSandbox>>;
  botId: string;
  token: string;
  agent: ReturnType<typeof createAgent>;
  dashboard: Awaited<ReturnType<typeof createDashboard>>;
  close(): Promise<void>;
}

/** @param controls default: both buttons, as the command line has them. */
export async function playWithDashboard({
  bot = caller,
  sandbox: sandboxOptions = {},
  agent: agentOptions = {},
  controls,
}: {
  bot?: BotSource;
  sandbox?: SandboxOptions;
  agent?: AgentOptions;
  controls?: DashboardOptions['controls'];
} = {}): Promise<Played> {
  const sandbox = await createSandbox({ port: 0, seed: 'dashboard', speed: 0, ...sandboxOptions });
  const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'me' });
  const agent = createAgent(bot, { url: lobbyUrl, token, config: null, ...agentOptions }, { env: {} });
  const dashboard = await createDashboard(agent, {
    controls: controls ?? {
      drain: () => void agent.stop({ graceMs: 60_000 }),
      stop: () => void agent.stop({ graceMs: 0 }),
    },
  });
  return {
    sandbox,
    botId,
    token,
    agent,
    dashboard,
    async close() {
      await agent.stop({ graceMs: 0 });
      await dashboard.close();
      await sandbox.close();
    },
  };
}
