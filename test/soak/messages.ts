/** What the soak tells its platform. */
export type Order =
  | { type: 'matches'; count: number; atOnce: number }
  | { type: 'lobbyDrops'; times: number };

/** What the platform tells the soak. */
export type Report =
  | { type: 'ready'; lobbyUrl: string; token: string }
  | { type: 'done' }
  | { type: 'failed'; message: string };
