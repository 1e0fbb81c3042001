/**
 * `npm run bench:dashboard`: 50 live matches at about 20 events a second each, first without a dashboard, then with
 * one, then with one that a browser looks at. Takes a minute. Tells the delay of the agent's event loop and the frames of
 * the page.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../scripts/browser.js';
import { createAgent } from '../src/agent/agent.js';
import { createDashboard } from '../src/dashboard/index.js';
import { createSandbox } from '../src/sandbox/index.js';

const settings = {
  matches: 50,
  /** Of a bot's thought: with the rest it makes about ten decisions, twenty events, a second. */
  thoughtMs: 85,
  warmUpMs: 3_000,
  measuredMs: 12_000,
} as const;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const jiti = fileURLToPath(new URL('../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));

/** The platform is a process of its own, so that only the agent is measured. */
async function servePlatform(): Promise<void> {
  const sandbox = await createSandbox({
    port: 0,
    seed: 'load',
    speed: 0,
    startingStack: 1_000_000,
    smallBlind: 5,
    bigBlind: 10,
    maxHands: 1_000,
  });
  const { botId, token, lobbyUrl } = sandbox.addBot();
  process.stdout.write(`${JSON.stringify({ token, lobbyUrl })}\n`);
  for (let n = 0; n < settings.matches; n += 1) await sandbox.dispatch(botId);
  process.once('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));
}

interface Frames {
  frames: number;
  p50: number;
  p99: number;
  max: number;
  longTasks: number;
  longestTask: number;
}

/** Runs in the page. */
const watchFrames = `(ms) => new Promise((resolve) => {
  const gaps = [];
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ entryTypes: ['longtask'] });
  let before = performance.now();
  const end = before + ms;
  const frame = (now) => {
    gaps.push(now - before);
    before = now;
    if (now < end) return requestAnimationFrame(frame);
    observer.disconnect();
    gaps.sort((a, b) => a - b);
    const at = (share) => Math.round(gaps[Math.floor(share * (gaps.length - 1))] * 10) / 10;
    resolve({ frames: gaps.length, p50: at(0.5), p99: at(0.99), max: at(1), longTasks: tasks.length, longestTask: Math.round(Math.max(0, ...tasks)) });
  };
  requestAnimationFrame(frame);
})`;

const ms = (ns: number): string => (ns / 1e6).toFixed(1);

async function measure(
  name: string,
  countEvents: () => number,
  during: () => Promise<unknown>,
): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = { events: countEvents(), cpu: process.cpuUsage(), at: performance.now() };
  delay.enable();
  await during();
  delay.disable();
  const seconds = (performance.now() - before.at) / 1_000;
  const { user, system } = process.cpuUsage(before.cpu);
  process.stdout.write(
    `${name}: ${Math.round((countEvents() - before.events) / seconds)} events/s, agent's CPU ${Math.round((user + system) / seconds / 1e4)}%, event loop delay p50 ${ms(delay.percentile(50))} p99 ${ms(delay.percentile(99))} max ${ms(delay.max)} ms (5 ms is the timer's own)\n`,
  );
}

async function main(): Promise<void> {
  const platform = spawn(process.execPath, [jiti, fileURLToPath(import.meta.url), 'platform'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: platform.stdout }), 'line')) as [string];
  const { token, lobbyUrl } = JSON.parse(line) as { token: string; lobbyUrl: string };
  let events = 0;
  const bot = {
    async decide(state: { validActions: string[] }) {
      await sleep(settings.thoughtMs);
      return { action: state.validActions.includes('check') ? 'check' : 'call' };
    },
  };
  const agent = createAgent(
    bot,
    { url: lobbyUrl, token, config: null, onEvent: () => (events += 1) },
    { env: {} },
  );
  void agent.start();
  const count = () => events;
  await sleep(settings.warmUpMs);
  await measure('no dashboard', count, () => sleep(settings.measuredMs));
  const dashboard = await createDashboard(agent);
  await sleep(1_000);
  await measure('a dashboard that nobody looks at', count, () => sleep(settings.measuredMs));
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 1100 } });
  await page.goto(dashboard.url);
  await page.getByText('50 live matches').waitFor();
  await sleep(settings.warmUpMs);
  let frames: Frames | null = null;
  await measure('a dashboard in a browser', count, async () => {
    frames = await page.evaluate<Frames>(`(${watchFrames})(${settings.measuredMs})`);
  });
  process.stdout.write(`the page: ${JSON.stringify(frames)}\n`);
  await browser.close();
  await dashboard.close();
  await agent.stop({ graceMs: 0 });
  platform.kill('SIGTERM');
}

await (process.argv[2] === 'platform' ? servePlatform() : main());
