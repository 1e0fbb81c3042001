/** The recorder of an agent, from its options. */
import { basename, extname } from 'node:path';
import type { BotSource } from '../bot/bot.js';
import { type BotModule, isBotModule, pathOfModule } from '../io/hosting/bot-module.js';
import type { LoadedCode } from '../io/hosting/code/kept-files.js';
import { classNameOf } from '../io/hosting/create-bot.js';
import { isRemoteBot, type RemoteBot } from '../io/hosting/remote/remote-bot.js';
import type { AgentOptions } from '../io/settings/agent-options.js';
import { withoutSecrets } from '../io/settings/config.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { apiAddressOf } from '../platform/api-address.js';
import { createPlatformClient } from '../platform/platform-client.js';
import type { PlatformClientOptions } from '../platform/platform-options.js';
import { type AgentRecorder, type BotOrigin, openAgentRecorder } from '../recording/agent-recorder.js';
import { recordLimitsOf } from '../recording/folder-limits.js';
import type { RecordedBot } from '../recording/recording-shape.js';
import { type Clock, clockWithTimes, type Times } from '../time/clock.js';
import { type EndKeeper, type EndKeeperOptions, keepEnds } from './keep-ends.js';
import { keepRatings, type RatingKeeper, type RatingKeeperOptions } from './keep-ratings.js';
import type { LoadedHere } from './world.js';

export interface RecordedSession extends Times {
  bot: BotSource | BotModule | RemoteBot;
  record: NonNullable<AgentOptions['record']>;
  env: string | null;
  lobby: string | null;
  /** Of the one match that is played. Default: a lobby names it. */
  participantId?: string | null;
  secret: string;
  clock: Clock;
  variables: EnvironmentVariables;
  /** Where the bot was loaded on this thread. */
  loaded: LoadedHere | undefined;
  /** Of files that are copies. */
  truePath?: ((path: string) => string) | undefined;
  /** The code of a bot in threads or processes; null for others. */
  playing: () => LoadedCode | null;
  /** How the platform of the lobby is asked for the rating. */
  platform?: Pick<PlatformClientOptions, 'userAgent' | 'proxy'>;
  /** Called with what the platform says of the bot after a rated match. */
  onRating?: RatingKeeperOptions['onRating'];
  /** Called with what the platform says of a match whose end was not seen. */
  onEndTold?: EndKeeperOptions['onTold'];
  onTrouble: (message: string) => void;
}

const ignore = (): void => undefined;

/** @throws {OptionError} when there can be no such folder. */
export function recordSession(session: RecordedSession): AgentRecorder {
  const { record, secret, clock, now, wallNow, env, lobby, onTrouble } = session;
  const { folder, label, ...given } = typeof record === 'string' ? { folder: record } : record;
  const askers = askersOf(session, folder, (matchId) => recorder.isLive(matchId));
  const recorder = openAgentRecorder({
    folder,
    limits: recordLimitsOf(given),
    label: label ?? null,
    secret,
    clock,
    now,
    wallNow,
    env,
    lobby,
    participantId: session.participantId ?? null,
    bot: () => trueBot(recordedBot(session), session.truePath),
    origin: trueOrigin(originOf(session), session.truePath),
    variables: withoutSecrets(session.variables, secret),
    onResult(result) {
      askers.ratings?.matchEnded(result);
      askers.ends?.matchEnded(result);
    },
    onTrouble,
  });
  return {
    ...recorder,
    plays() {
      recorder.plays();
      askers.ends?.begin();
    },
    async close() {
      await Promise.all([recorder.close(), askers.close()]);
    },
  };
}

/** What asks the platform about matches, beside their recording. */
interface Askers {
  readonly ratings: RatingKeeper | null;
  readonly ends: EndKeeper | null;
  close(): Promise<void>;
}

/** None where no lobby leads to the platform; no rating where the lobby does not tell whose it is. */
function askersOf(session: RecordedSession, folder: string, isLive: (matchId: string) => boolean): Askers {
  const { lobby, secret, clock, wallNow, platform, onRating, onEndTold = ignore, onTrouble } = session;
  if (lobby === null) return { ratings: null, ends: null, close: async () => undefined };
  const { botId } = apiAddressOf({ lobbyUrl: lobby });
  const client = createPlatformClient({
    lobbyUrl: lobby,
    token: secret,
    clock: clockWithTimes(clock, session),
    ...platform,
  });
  const common = { folder, platform: client, secret, clock, wallNow, onTrouble };
  const ratings = botId === null ? null : keepRatings({ ...common, botId, ...(onRating && { onRating }) });
  const ends = keepEnds({ ...common, botId, lobbyUrl: lobby, isLive, onTold: onEndTold });
  return {
    ratings,
    ends,
    async close() {
      await Promise.all([ratings?.close(), ends.close()]);
      client.close();
    },
  };
}

function originOf({ bot, loaded, playing }: RecordedSession): BotOrigin {
  if (loaded !== undefined) return { code: loaded.code, why: 'Nothing was loaded of the bot file.' };
  if (isBotModule(bot)) {
    const file = pathOfModule(bot);
    return {
      code: () => playing() ?? { file, files: [] },
      why: 'The bot was loaded on the thread of the agent, where its files are not kept.',
    };
  }
  const why = isRemoteBot(bot)
    ? 'The workers have the bot, and its files.'
    : 'The bot was given as code, not as a file.';
  return { code: () => null, why };
}

type TruePath = RecordedSession['truePath'];

const trueBot = (bot: RecordedBot, truePath: TruePath): RecordedBot =>
  truePath === undefined || bot.file === null ? bot : { ...bot, file: truePath(bot.file) };

/** Recordings tell of the files that the copy was made of, and of their repository. */
function trueOrigin(origin: BotOrigin, truePath: TruePath): BotOrigin {
  if (truePath === undefined) return origin;
  return {
    ...origin,
    code() {
      const code = origin.code();
      if (code === null) return null;
      const files = code.files.map((file) => ({ ...file, path: truePath(file.path) }));
      return { file: truePath(code.file), files };
    },
  };
}

function recordedBot({ bot, loaded, playing }: RecordedSession): RecordedBot {
  if (isRemoteBot(bot)) return { name: bot.name ?? null, file: null };
  const file = isBotModule(bot) ? pathOfModule(bot) : (loaded?.file ?? null);
  const name = isBotModule(bot) ? (bot.export ?? playing()?.name ?? null) : classNameOf(bot);
  return { name: name ?? (file === null ? null : basename(file, extname(file))), file };
}
