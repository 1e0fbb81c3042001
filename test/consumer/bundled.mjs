// A program that is bundled together with the package. Its argument says what it uses; it prints what came of that.
import { Action, Bot, createAgent, version } from 'chipzen-agent';
import { createSandboxDashboard } from 'chipzen-agent/dashboard';
import { createInspectorBridge } from 'chipzen-agent/inspect';
import { createSandbox } from 'chipzen-agent/sandbox';

class Caller extends Bot {
  decide(state) {
    return state.validActions.includes('check') ? Action.check() : Action.call();
  }
}

const [, , use = 'none', file = ''] = process.argv;

async function look(open) {
  const page = await open();
  const { status } = await fetch(page.url);
  await page.close();
  return `page ${status}`;
}

async function play(sandbox) {
  const { botId, token, lobbyUrl } = sandbox.addBot({ name: 'me' });
  const bot = use === 'none' ? Caller : { module: file };
  const agent = createAgent(bot, { url: lobbyUrl, token, config: null, maxMatches: 1, isolate: use });
  const done = agent.start();
  await sandbox.dispatch(botId, { opponent: 'random' });
  const [result] = await done;
  return `${version} ${result.outcome} ${result.hands}`;
}

async function main() {
  const sandbox = await createSandbox({ seed: 'bundle', maxHands: 2, speed: 0, port: 0 });
  try {
    if (use === 'dashboard') return await look(() => createSandboxDashboard(sandbox));
    if (use === 'inspect') return await look(() => createInspectorBridge());
    return await play(sandbox);
  } catch (error) {
    return `${error.code} ${error.option}: ${error.message}`;
  } finally {
    await sandbox.close();
  }
}

void main().then((line) => process.stdout.write(`${line}\n`));
