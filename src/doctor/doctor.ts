/** `chipzen-agent doctor` as a function: looks at all that a session needs, and says all that is wrong. */
import { homeFolder } from '../files/home-folder.js';
import { messageOf } from '../protocol/message-of.js';
import { createMask, printable } from '../protocol/redact.js';
import { version } from '../protocol/version.js';
import { timesOf } from '../time/clock.js';
import { checkAccount } from './account-check.js';
import { checkAddresses } from './addresses-check.js';
import { checkClock } from './clock-check.js';
import { checkConfig } from './config-check.js';
import { checkDns } from './dns-check.js';
import { type Check, createContext, type DoctorLimits, doctorLimits } from './doctor-context.js';
import { type DoctorPorts, systemPorts } from './doctor-ports.js';
import {
  type CheckName,
  checkTitles,
  type DoctorFinding,
  type DoctorReport,
  type Section,
} from './finding.js';
import { checkLobby } from './lobby-check.js';
import { checkNats } from './nats-check.js';
import { checkNode } from './node-check.js';
import { checkProxy } from './proxy-check.js';
import { type GivenSettings, readSettings } from './read-settings.js';
import { checkRoundTrip } from './round-trip-check.js';
import { checkSettings } from './settings-check.js';
import { checkTls } from './tls-check.js';
import { checkToken } from './token-check.js';

const defaults = { maxTextLength: 600 } as const;

export interface DoctorOptions extends GivenSettings {
  /** Log in to the lobby, which evicts a running session of the same bot. Default: false. */
  connect?: boolean | undefined;
  /** Time limits other than the defaults, in ms. */
  limits?: Partial<DoctorLimits> | undefined;
  /** Called with each section of the report as soon as it and all before it are there. */
  onSection?: ((section: Section) => void) | undefined;
}

const checks: Readonly<Record<CheckName, Check>> = {
  node: checkNode,
  config: checkConfig,
  settings: checkSettings,
  token: checkToken,
  proxy: checkProxy,
  dns: checkDns,
  addresses: checkAddresses,
  tls: checkTls,
  clock: checkClock,
  'round-trip': checkRoundTrip,
  account: checkAccount,
  lobby: checkLobby,
  nats: checkNats,
};

/**
 * Looks at everything, side by side, each check within a time limit. Unless `connect` is set, the token goes nowhere
 * but to the platform's HTTP interface, and no running session notices.
 */
export async function examine(
  options: DoctorOptions = {},
  ports: DoctorPorts = systemPorts(),
): Promise<DoctorReport> {
  const settings = readSettings(options, ports.env);
  const mask = createMask(settings.secrets);
  const over = new AbortController();
  const context = createContext({
    settings,
    ports,
    limits: { ...doctorLimits, ...options.limits },
    signal: over.signal,
    redact: mask.text,
    connects: options.connect ?? false,
  });
  const shown = (text: string): string =>
    printable(withoutHome(text, ports.env), defaults.maxTextLength, mask.text);
  const running = Object.entries(checks).map(async ([name, run]): Promise<Section> => {
    const check = name as CheckName;
    const findings = await findingsOfCheck(() => run(context));
    return {
      check,
      title: checkTitles[check],
      findings: findings.map((finding) => showable(finding, shown)),
    };
  });
  const sections: Section[] = [];
  try {
    for (const pending of running) {
      const section = await pending;
      if (section.findings.length === 0) continue;
      sections.push(section);
      options.onSection?.(section);
    }
  } finally {
    over.abort();
  }
  return {
    version,
    node: ports.runtime.node,
    system: `${ports.runtime.platform} ${ports.runtime.arch}`,
    at: new Date(timesOf(ports.clock).wallNow()).toISOString(),
    sections,
  };
}

/** A check that fails must not hide what the others found. */
async function findingsOfCheck(
  run: () => Promise<DoctorFinding[]> | DoctorFinding[],
): Promise<DoctorFinding[]> {
  try {
    return await run();
  } catch (error) {
    return [
      {
        grade: 'problem',
        code: 'internal',
        text: `This check failed, which is a defect of chipzen-agent: ${messageOf(error)}`,
        advice: 'Report it with this text.',
      },
    ];
  }
}

function showable(
  { text, advice, facts, ...finding }: DoctorFinding,
  shown: (text: string) => string,
): DoctorFinding {
  return {
    ...finding,
    text: shown(text),
    ...(advice !== undefined && { advice: shown(advice) }),
    ...(facts !== undefined && {
      facts: Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [
          name,
          typeof value === 'string' ? shown(value) : value,
        ]),
      ),
    }),
  };
}

/** The name of the user is in the path of the home folder. */
function withoutHome(text: string, env: NodeJS.ProcessEnv): string {
  const home = env.HOME || env.USERPROFILE || homeFolder({}) || '';
  return home.length > 1 ? text.replaceAll(`${home}/`, '~/') : text;
}
