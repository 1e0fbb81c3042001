/** Which platform's records a command reads, and the folder where they are kept. */
import { join } from 'node:path';
import { connectToPlatform } from '../../agent/connect-to-platform.js';
import { homeFolder, keptFolder } from '../../files/home-folder.js';
import type { Environment } from '../../io/settings/agent-options.js';
import { configPaths, loadChipzenConfig } from '../../io/settings/config.js';
import {
  defaultEnvironment,
  ENV_VAR_NAME,
  environments,
  parseBaseUrl,
  parseEnvironment,
} from '../../io/settings/endpoints.js';
import { createPlatformClient, type PlatformClient } from '../../platform/platform-client.js';
import type { PlatformClientOptions } from '../../platform/platform-options.js';
import { MissingTokenError, MissingUrlError, OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

const defaults = { maxWarningLength: 1_000 } as const;

export interface PlaceFlags {
  cache?: string;
  api?: string;
  config?: string;
  env?: Environment;
}

type RecordOptions = Pick<
  PlatformClientOptions,
  'recordPaceMs' | 'recordBackOffMs' | 'recordGate' | 'onEvent' | 'clock'
>;

/** The cache of all platforms. @throws {OptionError} for a user without a home. */
export function cacheFolderOf({ cache }: PlaceFlags, { env }: Terminal): string {
  if (cache !== undefined) return cache;
  if (homeFolder(env) === null)
    throw new OptionError('cache', 'There is no home folder: name one with --cache.');
  return join(keptFolder(env), 'scout');
}

/**
 * A client for records: with the bot and the token that an agent would find, and without where there are none.
 *
 * @throws as `connectToPlatform` for what was found and cannot be used.
 */
export function connectToRecords(
  flags: PlaceFlags,
  io: Terminal,
  options: RecordOptions = {},
): PlatformClient {
  const { config: file, env, api } = flags;
  const onWarning = (message: string) =>
    printLine(io.stderr, printable(`warning: ${message}`, defaults.maxWarningLength, io.redact));
  const config = loadChipzenConfig(file === undefined ? configPaths(io.env) : [file], {
    onWarning,
    isRequired: file !== undefined,
  });
  const address = api === undefined ? {} : { apiUrl: api };
  try {
    return connectToPlatform({
      ...options,
      ...address,
      config,
      ...(env !== undefined && { env }),
      processEnv: io.env,
    });
  } catch (error) {
    if (!(error instanceof MissingTokenError) && !(error instanceof MissingUrlError)) throw error;
  }
  const named = env ?? parseEnvironment(io.env[ENV_VAR_NAME]) ?? defaultEnvironment;
  const base = env === undefined ? parseBaseUrl(io.env['CHIPZEN_BASE_URL']) : null;
  return createPlatformClient({
    ...options,
    apiUrl: (base ?? environments[named]).replace(/^ws/, 'http'),
    ...address,
  });
}
