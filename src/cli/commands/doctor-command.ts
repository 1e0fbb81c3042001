/** `chipzen-agent doctor`: says what is wrong with settings, machine, network and platform. */

import { explainEnds } from '../../doctor/close-words.js';
import { describeSection, summaryOf } from '../../doctor/describe-findings.js';
import { examine } from '../../doctor/doctor.js';
import { systemPorts } from '../../doctor/doctor-ports.js';
import { type DoctorReport, findingsOf } from '../../doctor/finding.js';
import { visibleJson } from '../../protocol/redact.js';
import { version } from '../../protocol/version.js';
import { exitCodeOf, exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import type { IdentityFlags } from './platform-flags.js';

const defaults = {
  /** After this time a line says that something is still waited for. */
  quietMs: 2_000,
} as const;

export interface DoctorFlags extends IdentityFlags {
  nats?: string;
  connect?: boolean;
  json?: boolean;
  /** A close code or status; true: all. */
  explain?: number | true;
}

/** @returns the exit code with which a session would fail, 0 if nothing stands in its way. */
export async function doctor(flags: DoctorFlags, io: Terminal): Promise<number> {
  const { config, explain, json, ...given } = flags;
  const print = (line: string) => printLine(io.stdout, io.redact(line));
  if (explain !== undefined) {
    for (const line of explainEnds(explain === true ? undefined : explain)) print(line);
    return exitCodes.done;
  }
  if (given.token !== undefined) io.hide(given.token);
  if (given.connect === true) {
    printLine(
      io.stderr,
      'chipzen-agent: --connect logs in to the lobby. A session of this bot that runs now is evicted, and has to be started again.',
    );
  }
  const ports = { ...systemPorts(io.env), clock: { ...systemPorts(io.env).clock, ...io.clock } };
  const timer = io.clock.setTimeout(
    () => printLine(io.stderr, 'Still looking, for up to 20 s. Ctrl-C ends this.'),
    defaults.quietMs,
  );
  const isForPeople = json !== true;
  if (isForPeople) print(`chipzen-agent ${version}, ${new Date().toISOString()}`);
  try {
    const report = await examine(
      {
        ...given,
        configPath: config,
        onSection: isForPeople ? (section) => describeSection(section).forEach(print) : undefined,
      },
      ports,
    );
    const exitCode = exitCodeOfReport(report);
    if (isForPeople)
      print(
        `${summaryOf(report)}${exitCode === 0 ? '' : ` chipzen-agent run would end with exit code ${exitCode}.`}`,
      );
    else printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify({ ...report, exitCode }, null, 2))));
    return exitCode;
  } finally {
    io.clock.clearTimeout(timer);
  }
}

/** That of the first problem: settings come before the network. */
function exitCodeOfReport(report: DoctorReport): number {
  const [first] = findingsOf(report, 'problem');
  if (first === undefined) return exitCodes.done;
  return first.code === undefined ? exitCodes.failed : exitCodeOf(first.code);
}
