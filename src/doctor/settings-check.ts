import { defaultEnvironment } from '../io/settings/endpoints.js';
import type { DoctorContext } from './doctor-context.js';
import type { DoctorFinding } from './finding.js';
import type { ReadSettings } from './read-settings.js';

/** A value that is not to be shown is null. */
interface Source {
  place: string;
  value: string | null | undefined;
}

/** Which setting came from where, and what it hides. */
export function checkSettings({ settings }: DoctorContext): DoctorFinding[] {
  const { lobby, warnings } = settings;
  const [urls, ids, deployments] = [urlSources(settings), idSources(settings), deploymentSources(settings)];
  const hasUrl = urls.length > 0;
  const findings: DoctorFinding[] = [
    ...describe('The lobby URL', urls, false),
    ...describe('The bot id', ids, hasUrl),
    ...describe('The deployment', deployments, hasUrl),
    ...describe('The token', tokenSources(settings), false),
  ];
  for (const text of warnings) findings.push({ grade: 'warning', text });
  if (lobby.error === null) findings.push({ grade: 'ok', text: `The lobby is ${withoutQuery(lobby.value)}` });
  // What is wrong with the token is said there.
  else if (lobby.error.code !== 'authentication_failed') {
    findings.push({ grade: 'problem', code: lobby.error.code, text: lobby.error.message });
  }
  return findings;
}

const given = (sources: Source[]): Source[] =>
  sources.filter(({ value }) => value !== undefined && value !== '');

function urlSources({ given: { url }, env, place, config }: ReadSettings): Source[] {
  return given([
    { place: '--url', value: safeUrl(url) },
    { place: 'CHIPZEN_LOBBY_URL', value: safeUrl(env.CHIPZEN_LOBBY_URL) },
    { place: `url in ${place?.path}`, value: safeUrl(config?.url ?? undefined) },
  ]);
}

function idSources({ given: { botId }, env, place, config }: ReadSettings): Source[] {
  return given([
    { place: '--bot-id', value: botId },
    { place: 'CHIPZEN_BOT_ID', value: env.CHIPZEN_BOT_ID },
    { place: `bot_id in ${place?.path}`, value: config?.botId ?? undefined },
  ]);
}

function deploymentSources({ given: { env: named }, env }: ReadSettings): Source[] {
  return given([
    { place: '--env', value: named },
    { place: 'CHIPZEN_BASE_URL', value: safeUrl(env.CHIPZEN_BASE_URL) },
    { place: 'CHIPZEN_ENV', value: env.CHIPZEN_ENV },
    { place: 'the default', value: defaultEnvironment },
  ]);
}

function tokenSources({ given: { token }, env, place, config }: ReadSettings): Source[] {
  const sources = [
    { place: '--token', value: token },
    { place: 'CHIPZEN_EXTBOT_TOKEN', value: env.CHIPZEN_EXTBOT_TOKEN || undefined },
    { place: `token in ${place?.path}`, value: config?.token ?? undefined },
  ];
  return sources
    .filter(({ value }) => value !== undefined)
    .map(({ place: name }) => ({ place: name, value: null }));
}

/** A URL may hold a password, and a token in its query. */
function safeUrl(text: string | undefined): string | null | undefined {
  if (text === undefined || text === '') return undefined;
  if (!URL.canParse(text)) return null;
  const { protocol, host, pathname, username, password, search } = new URL(text);
  return username === '' && password === '' && search === '' ? `${protocol}//${host}${pathname}` : null;
}

function withoutQuery(text: string): string {
  const { protocol, host, pathname, search } = new URL(text);
  return `${protocol}//${host}${pathname}${search === '' ? '' : '?...'}`;
}

function describe(name: string, sources: readonly Source[], isOverruled: boolean): DoctorFinding[] {
  const [first, ...others] = sources;
  if (first === undefined || (isOverruled && first.place === 'the default')) return [];
  const value = first.value === null ? '' : ` ${first.value}`;
  const hidden = others.filter(({ place }) => place !== 'the default').map(({ place }) => place);
  const unused = isOverruled ? [first.place, ...hidden] : hidden;
  const shadow = unused.length === 0 ? '' : `; not used: ${unused.join(', ')}`;
  return [
    isOverruled
      ? {
          grade: 'note',
          text: `${name}${value} is not used: the lobby URL comes before it (${unused.join(', ')}).`,
        }
      : { grade: 'note', text: `${name}${value} is from ${first.place}${shadow}.` },
  ];
}
