/** A profile as lines of a terminal. */
import { count } from '../../io/reports/describe.js';
import type { Field } from '../../profiles/field.js';
import { outliersOf } from '../../profiles/field.js';
import type { BotProfile } from '../../profiles/profile.js';
import { shareDefinitions, shareNames, sizeBandLabels } from '../../profiles/profile-statistics.js';
import { printable, type Redact } from '../../protocol/redact.js';
import { printedTable } from './printed-table.js';
import { wrapped } from './wrapped.js';

const defaults = { maxNameLength: 60, nodes: 8, minNode: 10 } as const;

/** @param field null: there are no others to compare with. */
export function profileLines(
  profile: BotProfile,
  field: Field | null,
  { redact, room }: { redact: Redact; room?: number | undefined },
): string[] {
  const { name, matches, hands, firstAt, lastAt } = profile;
  const days = firstAt === null || lastAt === null ? '' : `, ${dayOf(firstAt)} to ${dayOf(lastAt)}`;
  const head = `${printable(name, defaults.maxNameLength, redact)}: ${count(hands, 'hand')} in ${count(matches, 'match')}${days}`;
  if (hands === 0) return [head];
  const outliers = field === null ? {} : outliersOf(profile, field);
  const shown = shareNames.filter((share) => profile.shares[share].chances > 0);
  const estimates = shown.map((share) => profile.shares[share]);
  const columns = [
    column(
      '%',
      '%',
      estimates.map(({ rate }) => percent(rate)),
    ),
    column(
      '95 % between',
      'between',
      estimates.map(({ interval }) =>
        interval === null ? '' : `${percent(interval.low)} - ${percent(interval.high)}`,
      ),
    ),
    column(
      'of',
      'of',
      estimates.map(({ chances }) => String(chances)),
    ),
    column(
      'worth',
      'worth',
      estimates.map(({ effective }) => String(Math.round(effective))),
    ),
  ];
  if (field !== null) {
    columns.push(
      column(
        'field 10-90 %',
        'field',
        shown.map((share) => {
          const bounds = field[share];
          return bounds === null ? '' : `${percent(bounds.low)} - ${percent(bounds.high)}`;
        }),
      ),
      column(
        '',
        '',
        shown.map((share) => outliers[share] ?? ''),
      ),
    );
  }
  const labels = shown.map((share) => shareDefinitions[share].label);
  return [
    head,
    ...printedTable(column('', '', labels), columns, room).map((line) => line.trimEnd()),
    ...[...sizeLines(profile), ...nodeLines(profile)].flatMap((line) => hanging(line, room)),
  ];
}

const column = (heading: string, short: string, cells: readonly string[]) => ({ heading, short, cells });

/** A percentage with the digits that it deserves. */
function percent(share: number | null): string {
  return share === null ? '' : (100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0);
}

function sizeLines({ sizes }: BotProfile): string[] {
  return (['preflop', 'postflop'] as const).flatMap((street) => {
    const all = sizes[street].reduce((sum, some) => sum + some, 0);
    if (all === 0) return [];
    const parts = sizes[street].map((some, band) => `${sizeBandLabels[band] ?? ''} ${percent(some / all)} %`);
    const when = street === 'preflop' ? 'before the flop' : 'after it';
    return [`raises ${when} (${all}), chips added by the pot: ${parts.join(', ')}`];
  });
}

function nodeLines({ nodes }: BotProfile): string[] {
  return Object.entries(nodes)
    .filter(([, { fold, call, raise }]) => fold + call + raise >= defaults.minNode)
    .slice(0, defaults.nodes)
    .map(([node, { fold, call, raise }]) => {
      const all = fold + call + raise;
      const answers = `fold ${percent(fold / all)} %, check or call ${percent(call / all)} %, raise ${percent(raise / all)} %`;
      return `${nodeWords(node)} (${all}): ${answers}`;
    });
}

const deeds: Readonly<Record<string, string>> = { f: 'fold', c: 'check or call', r: 'raise' };

/** `preflop:TrUr`, as `nodes` of the library has it, in words. */
function nodeWords(node: string): string {
  const [street = '', before = ''] = node.split(':');
  const acts = before.match(/[TU][a-z]/g) ?? [];
  if (acts.length === 0) return `${street}, first to act`;
  const words = acts.map(
    (act) => `${act.startsWith('T') ? 'its' : "another's"} ${deeds[act.slice(1)] ?? act}`,
  );
  return `${street}, after ${words.join(', ')}`;
}

/** A line that is too long goes on below, further in. */
function hanging(line: string, room: number = Number.POSITIVE_INFINITY): string[] {
  if (line.length < room) return [line];
  const [first = '', ...rest] = wrapped(line, room - 1);
  return [first, ...wrapped(rest.join(' '), Math.max(1, room - 3)).map((part) => `  ${part}`)];
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
