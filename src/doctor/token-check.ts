import { requirePlatformToken, type SessionToken } from '../io/settings/session-token.js';
import { tokenLength, tokenPrefix } from '../protocol/credential.js';
import { ChipzenError } from '../protocol/errors.js';
import { isLoopback } from '../protocol/loopback.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';

const platformShape = new RegExp(`^${tokenPrefix}[0-9A-Za-z]{${tokenLength}}$`);

/** What the token looks like. None of it is shown. */
export function checkToken({ settings: { token, server, given } }: DoctorContext): DoctorFinding[] {
  if (token.error !== null) {
    const advice =
      token.error.code === 'missing_token'
        ? 'Set CHIPZEN_EXTBOT_TOKEN, or put token under [external_api] in chipzen.toml (chmod 600).'
        : undefined;
    return [
      {
        grade: 'problem',
        code: token.error.code,
        text: token.error.message,
        ...(advice !== undefined && { advice }),
      },
    ];
  }
  const findings = [shapeOf(token.value, server !== null && isLoopback(server.hostname))];
  if (given.token !== undefined) {
    findings.push({
      grade: 'warning',
      text: 'Other users of this machine can see --token in the list of processes.',
      advice: 'Set CHIPZEN_EXTBOT_TOKEN instead.',
    });
  }
  return findings;
}

function shapeOf(token: SessionToken, isHere: boolean): DoctorFinding {
  const { value, place } = token;
  if (platformShape.test(value)) {
    return {
      grade: 'ok',
      text: `${place} has the shape of a token: ${tokenPrefix} and ${tokenLength} letters and digits.`,
    };
  }
  if (isHere) {
    return {
      grade: 'note',
      text: `${place} is not the shape of the platform's tokens; a local platform may take it.`,
    };
  }
  try {
    requirePlatformToken(token);
  } catch (error) {
    if (error instanceof ChipzenError) return { grade: 'problem', code: error.code, text: error.message };
    throw error;
  }
  return {
    grade: 'warning',
    text: `${place} is not of the usual shape: ${faultOf(value)}.`,
    advice: `A token is ${tokenPrefix} and ${tokenLength} letters and digits: copy it again from the platform.`,
  };
}

function faultOf(value: string): string {
  if (/^["'].*["']$/.test(value)) return 'it has quotes around it';
  if (!value.startsWith(tokenPrefix)) return `it does not begin with ${tokenPrefix}`;
  const length = value.length - tokenPrefix.length;
  return length === tokenLength
    ? 'it has something else than letters and digits'
    : `it has ${length} characters behind ${tokenPrefix}, not ${tokenLength}`;
}
