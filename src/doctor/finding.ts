/** What the doctor finds: checks, each with findings, put together in a report. */
import type { ErrorCode } from '../protocol/errors.js';

/** The checks, in the order of the report. */
export const checkTitles = {
  node: 'Node',
  config: 'Configuration file',
  settings: 'Settings',
  token: 'Token',
  proxy: 'Proxy',
  dns: 'Name of the server',
  addresses: 'Addresses (IPv4, IPv6)',
  tls: 'TLS',
  clock: 'Clock',
  'round-trip': 'Round trip',
  account: 'Token at the platform',
  lobby: 'Lobby',
  nats: 'NATS',
} as const;

export type CheckName = keyof typeof checkTitles;

/**
 * `note`: for information. `warning`: it works, but should be changed. `problem`: a session would fail, or could not
 * be trusted.
 */
export type Grade = 'ok' | 'note' | 'warning' | 'problem';

export interface DoctorFinding {
  grade: Grade;
  /** A sentence: what was found. */
  text: string;
  /** A sentence: what to do about it. */
  advice?: string;
  /** The `code` of the error with which a session would fail for this. */
  code?: ErrorCode;
  /** The same as figures, for programs. */
  facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The findings of one check. */
export interface Section {
  check: CheckName;
  title: string;
  findings: readonly DoctorFinding[];
}

/** Free of secrets: it may be shown to others. */
export interface DoctorReport {
  /** Of this package. */
  version: string;
  node: string;
  /** `linux x64`. */
  system: string;
  /** ISO 8601, UTC. */
  at: string;
  sections: readonly Section[];
}

/** All findings of this grade, in the order of the report. */
export function findingsOf({ sections }: Pick<DoctorReport, 'sections'>, grade: Grade): DoctorFinding[] {
  return sections.flatMap(({ findings }) => findings.filter((finding) => finding.grade === grade));
}
