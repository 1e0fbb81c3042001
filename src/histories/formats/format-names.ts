/** The formats that hands are exported in. */

export const exportFormats = {
  phh: { ending: 'phh', about: 'Poker Hand History, one file a hand' },
  phhs: { ending: 'phhs', about: 'Poker Hand History, many hands in a file' },
  pokerstars: { ending: 'txt', about: 'the text that trackers read' },
  ohh: { ending: 'ohh', about: 'Open Hand History' },
  acpc: { ending: 'log', about: 'lines of the Annual Computer Poker Competition' },
  'fpdb-json': { ending: 'jsonl', about: 'hands as a player got them over the wire' },
} as const;

export type ExportFormat = keyof typeof exportFormats;
