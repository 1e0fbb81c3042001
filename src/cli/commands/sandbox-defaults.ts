/** What `chipzen-agent sandbox` takes for flags that are not given. */
import { recordDefaults } from '../../recording/folder-limits.js';
import { gameDefaults } from './game-flags.js';

export const sandboxDefaults = {
  ...gameDefaults,
  port: 8001,
  host: '127.0.0.1',
  ante: 0,
  bots: 1,
  speed: 1,
  recordSize: recordDefaults.sizeMb,
} as const;
