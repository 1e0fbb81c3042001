/** The agents of one build, in a process of their own. Started with the folder of the build. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Order, Told } from './agents-messages.js';
import { watchStalls } from './busy.js';

const defaults = { thinkMs: 60 } as const;

const [folder = '.'] = process.argv.slice(2);
const { createAgent } = (await import(
  pathToFileURL(join(folder, 'dist/index.js')).href
)) as typeof import('../../src/index.js');

const tell = (message: Told): void => void process.send?.(message);
/** Bots whose matches are to end. */
const finishing = new Set<string>();

function start({ botId, lobbyUrl, token }: Extract<Order, { type: 'start' }>): void {
  const agent = createAgent(
    {
      async decide({ validActions }) {
        await new Promise((resolve) => setTimeout(resolve, defaults.thinkMs));
        if (finishing.has(botId)) return { action: 'all_in' };
        return { action: validActions.includes('check') ? 'check' : 'call' };
      },
    },
    {
      url: lobbyUrl,
      token,
      config: null,
      isolate: 'none',
      keepResults: 1,
      drainGraceMs: 0,
      onEvent(event) {
        if (event.type === 'match.lost') tell({ botId, ...event, type: 'loss' });
        if (event.type === 'match.ended') tell({ type: 'result', botId, result: event.result });
      },
    },
    { env: {} },
  );
  agent.start().then(
    () => tell({ type: 'ended', botId, why: 'it was stopped' }),
    (error: unknown) => tell({ type: 'ended', botId, why: String(error) }),
  );
}

process.on('message', (order: Order) => {
  if (order.type === 'start') start(order);
  else if (order.on) finishing.add(order.botId);
  else finishing.delete(order.botId);
});
// Ctrl-C reaches the whole group; the campaign ends this process when it is through with its platform.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
watchStalls((ms) => tell({ type: 'stall', at: Date.now(), ms }));
tell({ type: 'ready' });
