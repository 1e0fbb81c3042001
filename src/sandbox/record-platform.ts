/** Records the matches of a local platform as its tables play them, all cards face up (docs/records.md). */
import { eventJson } from '../io/reports/event-json.js';
import { version } from '../protocol/version.js';
import {
  type OpenRecording,
  openRecordFolder,
  type RecordFolderOptions,
} from '../recording/record-folder.js';
import { type RecordingHeader, recordingSchema } from '../recording/recording-shape.js';
import type { SandboxEvent } from './terms/sandbox-events.js';

export interface PlatformRecorder {
  readonly onEvent: (event: SandboxEvent) => void;
  /** Resolves when everything is written, or after two seconds. */
  close(): Promise<void>;
}

/** @throws {OptionError} when there can be no such folder. */
export function recordPlatform(options: Omit<RecordFolderOptions, 'secret'>): PlatformRecorder {
  const { wallNow } = options;
  // Tokens of any bot are masked by their looks.
  const folder = openRecordFolder({ ...options, secret: '' });
  const live = new Map<string, OpenRecording>();

  const openMatch = (matchId: string, players?: string[]): OpenRecording => {
    const header: RecordingHeader = {
      type: 'header',
      schema: recordingSchema,
      at: 0,
      by: 'platform',
      matchId,
      participantId: null,
      package: version,
      node: process.version,
      pid: process.pid,
      label: null,
      bot: null,
      env: null,
      lobby: null,
      played: null,
      ...(players && { players }),
    };
    const file = folder.openMatch(matchId, header);
    live.set(matchId, file);
    return file;
  };

  const fileOf = (event: SandboxEvent): OpenRecording | undefined => {
    if (!('matchId' in event)) return undefined;
    const { type, matchId } = event;
    const file = live.get(matchId);
    if (file !== undefined) return file;
    if (type === 'match.created') return openMatch(matchId, event.players);
    // A match that an earlier run of the platform has created.
    return type === 'match.started' || type === 'table.changed' ? openMatch(matchId) : undefined;
  };

  return {
    onEvent(event) {
      const file = fileOf(event);
      if (file === undefined) return;
      const at = Math.round(wallNow());
      if (event.type === 'table.changed') {
        file.add(`{"type":"fact","at":${at},"fact":${JSON.stringify(event.event)}}`);
        return;
      }
      file.add(`{"type":"platform","at":${at},"event":${eventJson(event)}}`);
      if (event.type !== 'match.ended') return;
      live.delete(event.matchId);
      file.close();
    },
    async close() {
      for (const file of live.values()) file.close();
      await folder.close();
    },
  };
}
