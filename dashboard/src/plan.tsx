import type { PlannedView, PlanView } from '../../src/dashboard/page-view.js';
import { fixtureWords, hoursWords, matchesWords, queueWords } from '../../src/session-view/plan-words.js';
import { useNow } from './use-now.js';
import { timeOfDay } from './words.js';

interface Entry {
  name: string;
  lines: { text: string; tone?: 'warning' | 'good' | 'muted' }[];
}

const toneOfQueue = { waiting: 'good', resting: 'muted', out: 'warning' } as const;

/** When it begins where the reader is: `19:40`, or with the day. */
function beginning({ startsAt }: PlannedView, now: number): string {
  const date = new Date(startsAt);
  const time = timeOfDay(startsAt).slice(0, 5);
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })} ${time}`;
}

function fixtureLines({ fixtures, later, trouble }: PlanView, now: number): Entry['lines'] {
  const lines: Entry['lines'] = (fixtures ?? []).map((fixture) => ({
    text: `${fixtureWords(fixture, now)} · ${beginning(fixture, now)}`,
    ...(fixture.standing !== 'coming' && { tone: 'warning' as const }),
  }));
  return [
    ...(lines.length === 0 ? [{ text: 'none is known', tone: 'muted' as const }] : lines),
    ...(later > 0 ? [{ text: `and ${later} more`, tone: 'muted' as const }] : []),
    ...(trouble === null ? [] : [{ text: trouble, tone: 'warning' as const }]),
  ];
}

function entriesOf(plan: PlanView, now: number): Entry[] {
  const { fixtures, queue, day, rating } = plan;
  return [
    ...(fixtures === null ? [] : [{ name: 'Fixtures', lines: fixtureLines(plan, now) }]),
    ...(queue === null
      ? []
      : [{ name: 'Queue', lines: [{ text: queueWords(queue, now), tone: toneOfQueue[queue.place] }] }]),
    ...(day === null
      ? []
      : [
          {
            name: `Day ${day.day}, UTC`,
            lines: [{ text: matchesWords(day) }, { text: hoursWords(day, now) }],
          },
        ]),
    ...(rating === null
      ? []
      : [
          {
            name: 'Rating',
            lines: [
              { text: String(Math.round(rating.rating)) },
              ...(rating.deviation === null
                ? []
                : [{ text: `deviation ${Math.round(rating.deviation)}`, tone: 'muted' as const }]),
            ],
          },
        ]),
  ];
}

/** What the bot has before it. */
export function Plan({ plan, ahead }: { plan: PlanView; ahead: number }) {
  const now = useNow() + ahead;
  return (
    <section class="panel plan" aria-label="Plan" data-testid="plan">
      <dl>
        {entriesOf(plan, now).map(({ name, lines }) => (
          <div key={name}>
            <dt>{name}</dt>
            {lines.map(({ text, tone }) => (
              <dd key={text} class={tone ?? ''}>
                {text}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
