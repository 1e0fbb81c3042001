/** What the flags of `chipzen-agent run` are, and the options of the agent that they make. */

import type { AgentOptions, ChipzenConfig } from '../../io/settings/agent-options.js';
import type { Isolation } from '../../io/settings/isolation.js';
import { OptionError } from '../../protocol/errors.js';
import { type DayFlags, dayOptionsOf } from './day-flags.js';
import type { InspectFlags } from './inspect-flags.js';
import type { LogFlags } from './log-flags.js';
import type { MetricsFlag } from './metrics-flag.js';
import type { IdentityFlags } from './platform-flags.js';
import { type RecordFlags, recordOptionOf } from './record-flags.js';
import type { DashboardFlag } from './show-dashboard.js';

export interface RunFlags
  extends InspectFlags,
    LogFlags,
    RecordFlags,
    DayFlags,
    Omit<IdentityFlags, 'config'> {
  /** A configuration file in place of the ones that are looked for; null: none. */
  config?: string | null;
  maxMatches?: number;
  safeMode: boolean;
  isolate: Isolation;
  /** Of the bots that the file exports. */
  botClass?: string;
  nats?: string;
  natsName: string;
  /** MB. */
  workerMemory?: number;
  /** Play from a copy of the bot's project. */
  pin?: boolean;
  /** Take the code anew when a file of the bot is saved. */
  watch?: boolean;
  /** True: the file of the usual name. */
  store?: string | true;
  /** The file that says how the session stands. */
  status?: string;
  /** Keep the fixtures of the bot. */
  season?: boolean;
  /** Of an invented fixture: epoch milliseconds. */
  dryRunAt?: number;
  /** Where metrics are served. */
  metrics?: MetricsFlag;
  /** URLs and commands. */
  notify?: string[];
  /** Milliseconds. */
  margin?: number;
  json?: boolean;
  /** The whole stacks of the bot's errors. */
  verbose?: boolean;
  /** Seconds. */
  drainGrace: number;
  /** Seconds. */
  lobbyPatience?: number;
  dashboard?: DashboardFlag;
  /** True: takes the lobby from a running session. False: no later one can take it from this one. */
  handover?: boolean;
  /** The bot has to play poker. Default: what the table plays shows in its matches. */
  needsDecide?: boolean;
}

/** @throws {OptionError} for flags that do not go together. */
export function agentOptionsOf(flags: RunFlags, config: ChipzenConfig | null): AgentOptions {
  const { env, url, botId, token, maxMatches, safeMode, drainGrace, lobbyPatience } = flags;
  const { isolate, workerMemory, margin } = flags;
  return {
    config,
    safeMode,
    isolate,
    drainGraceMs: drainGrace * 1000,
    ...(env !== undefined && { env }),
    ...(url !== undefined && { url }),
    ...(botId !== undefined && { botId }),
    ...(token !== undefined && { token }),
    ...(maxMatches !== undefined && { maxMatches }),
    ...(workerMemory !== undefined && { workerMemoryMb: workerMemory }),
    ...(flags.watch !== undefined && { watch: flags.watch }),
    ...(margin !== undefined && { marginMs: margin }),
    ...(flags.handover !== false && { handover: flags.handover === true ? 'take' : 'listen' }),
    ...recordOptionOf(flags),
    ...(flags.status !== undefined && { status: flags.status }),
    ...seasonOptionOf(flags),
    ...(flags.metrics !== undefined && { metrics: flags.metrics }),
    ...(flags.notify !== undefined && { notify: flags.notify }),
    ...dayOptionsOf(flags),
    ...(lobbyPatience !== undefined && { lobbyRefusedMs: lobbyPatience * 1000 }),
  };
}

/** @throws {OptionError} */
function seasonOptionOf({ season, dryRunAt }: RunFlags): Pick<AgentOptions, 'season'> {
  if (dryRunAt !== undefined && season !== true)
    throw new OptionError('dry run at', 'A dry run takes the way of --season: give --season as well.');
  if (season !== true) return {};
  return { season: dryRunAt === undefined ? true : { dryRunAt } };
}
