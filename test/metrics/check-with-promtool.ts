/** What Prometheus' own checker says of a text of metrics. */
import { spawnSync } from 'node:child_process';
import { requireProgram } from '../../scripts/verify/programs.mjs';

export function promtoolOn(text: string) {
  const { status, stdout, stderr } = spawnSync(requireProgram('promtool'), ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}
