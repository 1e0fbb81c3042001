/** An examination of a world that the test describes: names, addresses and a server of its own. */
import { type DoctorOptions, examine } from '../../src/doctor/doctor.js';
import { type DoctorPorts, systemPorts } from '../../src/doctor/doctor-ports.js';
import type { CheckName, DoctorReport } from '../../src/doctor/finding.js';

export const aToken = 'cz_extbot_0123456789ABCDEFGHIJKLMNOPQRSTUV';

/** Without files: there is no home. */
export const emptyEnv: NodeJS.ProcessEnv = { HOME: '/nonexistent' };

export function examineWith(options: DoctorOptions, ports: Partial<DoctorPorts> = {}): Promise<DoctorReport> {
  return examine(options, { ...systemPorts(emptyEnv), ...ports });
}

/** The findings of one check, `grade: text` each. */
export function toldBy({ sections }: DoctorReport, check: CheckName): string[] {
  const found = sections.find((section) => section.check === check)?.findings ?? [];
  return found.map(({ grade, text }) => `${grade}: ${text}`);
}

/** What to do about the findings of a check. */
export function advised({ sections }: DoctorReport, check: CheckName): string[] {
  const found = sections.find((section) => section.check === check)?.findings ?? [];
  return found.flatMap(({ advice }) => advice ?? []);
}

/** An error of the system. */
export const systemError = (code: string): Error => Object.assign(new Error(code), { code });
