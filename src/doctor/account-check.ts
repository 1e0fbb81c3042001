import { createPlatformClient } from '../platform/platform-client.js';
import { PlatformRefusedError, PlatformUnreachableError } from '../platform/platform-error.js';
import { ChipzenError } from '../protocol/errors.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';

/** What tells that the platform knows the token, whatever else it says. */
const badToken = 'EXTAPI_INVALID_TOKEN';

/**
 * Asks for the bot's next fixtures, which needs its token, changes nothing, and disturbs no running session. The
 * token goes to the lobby's own origin only.
 */
export async function checkAccount({
  settings,
  ports,
  limits,
  signal,
}: DoctorContext): Promise<DoctorFinding[]> {
  const { lobby, token, proxy } = settings;
  if (lobby.error !== null || token.error !== null || proxy.error !== null) {
    return [{ grade: 'note', text: 'Not asked: the settings above have to be mended first.' }];
  }
  const client = createPlatformClient({
    lobbyUrl: lobby.value,
    token: token.value.value,
    proxy: proxy.value,
    timeoutMs: limits.accountMs,
    clock: ports.clock,
  });
  try {
    const fixtures = await client.fixtures.upcoming({ signal });
    const next = fixtures.length === 0 ? 'none are to come' : `${fixtures.length} to come`;
    return [{ grade: 'ok', text: `The platform takes the token. Fixtures of a season: ${next}.` }];
  } catch (error) {
    if (!(error instanceof ChipzenError)) throw error;
    return [findingOfError(error)];
  } finally {
    client.close();
  }
}

function findingOfError(error: ChipzenError): DoctorFinding {
  if (error instanceof PlatformUnreachableError) {
    return { grade: 'note', text: `Not known: ${error.message}` };
  }
  if (!(error instanceof PlatformRefusedError)) {
    return { grade: 'note', text: `Not known: ${error.message} The lobby itself can tell (--connect).` };
  }
  const { status, errorCode } = error;
  if (status === 401 || errorCode === badToken) {
    return {
      grade: 'problem',
      code: 'authentication_failed',
      text: `The platform does not take the token: ${error.message}`,
      advice:
        'Make a new one on the platform, for this bot and this deployment, and put it where the old one was.',
    };
  }
  if (status === 404 || status === 405) {
    return {
      grade: 'note',
      text: `Not known: this server has no such request (HTTP ${status}). The lobby itself can tell (--connect).`,
    };
  }
  return { grade: 'warning', text: `Not known: ${error.message}` };
}
