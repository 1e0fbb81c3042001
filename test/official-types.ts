/** Code with the types of the official SDK: that it compiles is the test. Its names are those of `official-names.ts`. */
import {
  Action,
  type ActionHistoryEntry,
  type ActionKind,
  Bot,
  type BotFactory,
  type Card,
  type ChipzenConfig,
  type ConformanceCheck,
  type ConnectionConfig,
  type ConnectToChipzenOptions,
  cardFromString,
  connectToChipzen,
  type EnvName,
  type GameState,
  loadChipzenConfig,
  type MatchResult,
  parseGameState,
  RetryPolicy,
  type RetryPolicyOptions,
  type RunBotOptions,
  type RunConformanceOptions,
  type RunExternalBotOptions,
  resolveToken,
  resolveUrl,
  runBot,
  runConformanceChecks,
  runExternalBot,
  type ScaffoldOptions,
  type Severity,
  scaffoldBot,
  type ValidateOptions,
  type ValidationResult,
  validateBot,
} from '../src/index.js';

class Typed extends Bot {
  private kinds: ActionKind[] = [];
  decide(state: GameState): Action {
    const seen: readonly Card[] = [...state.holeCards, ...state.board];
    const entries: readonly ActionHistoryEntry[] = state.actionHistory;
    return seen.length > entries.length ? Action.call() : Action.fold();
  }
  override onMatchStart(matchInfo: Record<string, unknown>): void {
    this.kinds = matchInfo['seats'] === undefined ? [] : ['fold'];
  }
  override onRoundStart(message: Record<string, unknown>): void {
    this.onPhaseChange(message);
  }
  override onPhaseChange(_message: Record<string, unknown>): void {}
  override onTurnResult(message: Record<string, unknown>): void {
    this.kinds.push((message['details'] as { action: ActionKind }).action);
  }
  override onRoundResult(_message: Record<string, unknown>): void {}
  override onMatchEnd(results: Record<string, unknown>): void {
    this.onRoundResult(results);
  }
  override onDecisionLatency(latencyMs: number): void {
    this.onMatchEnd({ latencyMs });
  }
}

const nullable: { token: string | null; env: EnvName | null; maxMatches: number | null } = {
  token: process.env['TOKEN'] ?? null,
  env: null,
  maxMatches: null,
};

/** Never called. */
export async function useOfficialTypes(url: string): Promise<unknown[]> {
  const factory: BotFactory = () => new Typed();
  const config: ChipzenConfig | null = loadChipzenConfig();
  const policy: RetryPolicyOptions = { maxReconnectAttempts: 2 };
  const options: ConnectToChipzenOptions = { retryPolicy: new RetryPolicy(policy), config };
  const connection: ConnectionConfig = connectToChipzen('b', nullable.env, options);
  const known: RunBotOptions = { token: nullable.token, ticket: null, maxRetries: 1 };
  const end: Record<string, unknown> | null = await runBot(url, new Typed(), known);
  const external: RunExternalBotOptions = { url: connection.url, ...nullable, config };
  const results: MatchResult[] = await runExternalBot(factory, external);
  const limits: RunConformanceOptions = { timeoutMs: 100 };
  const checks: ConformanceCheck[] = await runConformanceChecks(new Typed(), limits);
  const terms: ValidateOptions = { checkConnectivity: true };
  const found: ValidationResult[] = await validateBot('folder', terms);
  const where: ScaffoldOptions = { parentDir: '.' };
  const folder: string = await scaffoldBot('name', where);
  const worst: Severity | undefined = [...checks, ...found].find(
    ({ severity }) => severity === 'fail',
  )?.severity;
  const state: GameState = parseGameState({ request_id: 'r', state: { your_hole_cards: ['Ah'] } });
  const card: Card = cardFromString('Ah');
  const wire: { action: ActionKind; params: Record<string, unknown> } = Action.call().toWire();
  const token: string | null = resolveToken({ explicitToken: null, explicitTicket: null, config });
  const lobby: string | null = resolveUrl({ explicitUrl: null, config });
  return [end, results, folder, worst, state, card, wire, token, lobby];
}
