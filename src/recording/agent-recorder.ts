/** Records the matches of an agent: their frames, what the agent reports of them, and their results. */
import { dirname } from 'node:path';
import type { LoadedCode } from '../io/hosting/code/kept-files.js';
import { eventJson } from '../io/reports/event-json.js';
import type { FrameRecorder } from '../io/sockets/frame-tap.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { MatchResult } from '../protocol/results.js';
import { version } from '../protocol/version.js';
import { gitOf, hashOfFiles } from './played-code.js';
import { type OpenRecording, openRecordFolder, type RecordFolderOptions } from './record-folder.js';
import {
  type PlayedCode,
  type RecordedBot,
  type RecordedResult,
  type RecordingHeader,
  recordingSchema,
} from './recording-shape.js';

/** Where the code of the bot is known from. */
export interface BotOrigin {
  /** What was loaded of it; null where it was given as an object, or is on another machine. */
  code: () => LoadedCode | null;
  /** Why its files are not known, where they are not. */
  why: string;
}

export interface AgentRecorderOptions extends RecordFolderOptions {
  label: string | null;
  /** Asked anew for each header and result: a bot that is saved may be another class. */
  bot: () => RecordedBot;
  origin: BotOrigin;
  env: string | null;
  lobby: string | null;
  /** The bot's own id in a match that no lobby announces. Default: not known. */
  participantId?: string | null;
  /** For git, without secrets. */
  variables: EnvironmentVariables;
  /** Called when a result is kept. */
  onResult?: (result: RecordedResult) => void;
}

export interface AgentRecorder {
  readonly onFrame: FrameRecorder;
  readonly onEvent: (event: TimedAgentEvent) => void;
  /** Asks git; resolves within some seconds, before anything is played. */
  prepare(): Promise<void>;
  /** The bot can be made: what it loaded for that is what plays. Also after each change of what plays. */
  plays(): void;
  /** The match is played now. */
  isLive(matchId: string): boolean;
  close(): Promise<void>;
}

interface LiveMatch {
  file: OpenRecording;
  played: PlayedCode;
  opponents: string[];
}

/** @throws {OptionError} when there can be no such folder. */
export function openAgentRecorder(options: AgentRecorderOptions): AgentRecorder {
  const { label, bot, origin, env, lobby, variables, wallNow } = options;
  const folder = openRecordFolder(options);
  const live = new Map<string, LiveMatch>();
  let session: OpenRecording | null = null;
  let git: Pick<PlayedCode, 'git' | 'gitWhy'> = { git: null, gitWhy: 'git was not asked yet.' };
  let code: Pick<PlayedCode, 'hash' | 'why' | 'files'> = { hash: null, why: origin.why, files: [] };

  const playedNow = (): PlayedCode => ({ ...code, ...git });

  const headerOf = (matchId: string | null, participantId: string | null): RecordingHeader => ({
    type: 'header',
    schema: recordingSchema,
    at: 0,
    by: 'agent',
    matchId,
    participantId,
    package: version,
    node: process.version,
    pid: process.pid,
    label,
    bot: bot(),
    env,
    lobby,
    played: playedNow(),
  });

  const sessionFile = (): OpenRecording => {
    session ??= folder.openSession(headerOf(null, null));
    return session;
  };

  const openMatch = (matchId: string, participantId: string | null): LiveMatch => {
    const file = folder.openMatch(matchId, headerOf(matchId, participantId));
    const match = { file, played: playedNow(), opponents: [] };
    live.set(matchId, match);
    return match;
  };

  const matchOf = (event: TimedAgentEvent): LiveMatch | undefined => {
    if (!('matchId' in event) || event.matchId === null) return undefined;
    const { type, matchId } = event;
    const match = live.get(matchId);
    if (match !== undefined) return match;
    if (type === 'match.announced') return openMatch(matchId, event.participantId);
    return type === 'match.connecting' ? openMatch(matchId, options.participantId ?? null) : undefined;
  };

  const keepResult = (match: LiveMatch, result: MatchResult): void => {
    const { end: _, detail: __, ...facts } = result;
    const { file, opponents, played } = match;
    const kept: RecordedResult = {
      schema: recordingSchema,
      at: Math.round(wallNow()),
      ...facts,
      opponents,
      label,
      bot: bot(),
      env,
      package: version,
      hash: played.hash,
      git: played.git,
      file: file.name,
    };
    folder.addResult(kept);
    options.onResult?.(kept);
    live.delete(result.matchId);
    file.close();
  };

  const askGit = async (): Promise<void> => {
    const loaded = origin.code();
    git = await gitOf(loaded === null ? process.cwd() : dirname(loaded.file), variables);
  };

  const plays = (): void => {
    const loaded = origin.code();
    code =
      loaded === null || loaded.files.length === 0
        ? { hash: null, why: origin.why, files: [] }
        : { ...hashOfFiles(loaded), why: null };
  };

  return {
    onFrame(matchId, direction, text) {
      const file = matchId === null ? sessionFile() : live.get(matchId)?.file;
      // In JSON a line feed can only stand between values.
      const line = text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, ' ') : text;
      file?.add(`{"type":"${direction}","at":${Math.round(wallNow())},"frame":${line}}`);
    },
    onEvent(event) {
      const match = matchOf(event);
      if (event.type === 'match.started' && match !== undefined) match.opponents = event.opponents;
      const line = `{"type":"event","at":${Math.round(event.at)},"event":${eventJson(event)}}`;
      (match?.file ?? sessionFile()).add(line);
      if (event.type === 'match.ended' && match !== undefined) keepResult(match, event.result);
      if (event.type !== 'code.changed' || event.plays !== 'new') return;
      plays();
      git = { git: null, gitWhy: 'git was not asked yet since the code changed.' };
      void askGit();
    },
    prepare: askGit,
    plays,
    isLive: (matchId) => live.has(matchId),
    async close() {
      for (const { file } of live.values()) file.close();
      session?.close();
      await folder.close();
    },
  };
}
