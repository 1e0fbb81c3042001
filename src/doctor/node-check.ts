import { existsSync } from 'node:fs';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';

/** As `engines` of package.json. */
const oldestNode = [20, 9] as const;

export function checkNode({ ports: { runtime, env } }: DoctorContext): DoctorFinding[] {
  const [major = 0, minor = 0] = runtime.node.split('.').map(Number);
  const isNewEnough = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const findings: DoctorFinding[] = [
    isNewEnough
      ? { grade: 'ok', text: `Node ${runtime.node} on ${runtime.platform} ${runtime.arch}.` }
      : {
          grade: 'problem',
          text: `Node ${runtime.node} is too old.`,
          advice: `Install ${oldestNode.join('.')} or newer; a version with long-term support is best.`,
        },
  ];
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    findings.push({
      grade: 'problem',
      code: 'bad_config',
      text: 'NODE_TLS_REJECT_UNAUTHORIZED=0 makes Node trust every certificate: the token would go to whoever answers.',
      advice: 'Unset it. For a certificate of your own set NODE_EXTRA_CA_CERTS to its file.',
    });
  }
  const extra = env.NODE_EXTRA_CA_CERTS;
  if (extra) {
    findings.push(
      existsSync(extra)
        ? { grade: 'note', text: `Certificates of ${extra} are trusted, too (NODE_EXTRA_CA_CERTS).` }
        : {
            grade: 'warning',
            text: `NODE_EXTRA_CA_CERTS names ${extra}, and there is no such file: Node goes on without it.`,
            advice: 'Correct the path.',
          },
    );
  }
  return findings;
}
