/**
 * Reads the text that Prometheus takes (exposition format 0.0.4), strictly: what `promtool` lets pass and Prometheus reads
 * wrongly is an error here, such as a series that comes twice.
 */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

/** @throws {Error} for what is not allowed, with the line. */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.');
  const families = new Map<string, Family & { samples: Sample[] }>();
  const seen = new Set<string>();
  let current: (Family & { samples: Sample[] }) | null = null;
  let help: { name: string; text: string } | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    if (line === '') continue;
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      help = { name, text: rest };
      continue;
    }
    if (kind === 'TYPE') {
      if (families.has(name)) fail('A family comes twice');
      if (help?.name !== name) fail('A family without its help');
      current = { name, help: help?.text ?? '', type: rest, samples: [] };
      families.set(name, current);
      continue;
    }
    const sample = sampleOf(line) ?? fail('Not a sample');
    if (current === null || familyOf(sample.name, current.type) !== current.name) fail('Not of its family');
    const series = `${sample.name}${keyOf(sample.labels)}`;
    if (seen.has(series)) fail('A series comes twice');
    seen.add(series);
    current?.samples.push(sample);
  }
  for (const family of families.values()) if (family.type === 'histogram') assertHistogram(family);
  return families;
}

const keyOf = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/** The value of a series; undefined when it is not there. */
export function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const key = keyOf(labels);
  return [...families.values()]
    .flatMap(({ samples }) => samples)
    .find((one) => one.name === name && keyOf(one.labels) === key)?.value;
}

/** All values of a metric with one label, by that label's value. */
export function valuesBy(
  families: ReadonlyMap<string, Family>,
  name: string,
  label: string,
): Record<string, number> {
  const { samples = [] } = families.get(name) ?? {};
  return Object.fromEntries(samples.map(({ labels, value }) => [labels[label] ?? '', value]));
}

function familyOf(name: string, type: string): string {
  return type === 'histogram' ? name.replace(/_(?:bucket|sum|count)$/, '') : name;
}

function sampleOf(line: string): Sample | null {
  const [, name = '', labels = '', value = ''] =
    /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\S+)$/.exec(line) ?? [];
  const number = value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value);
  if (name === '' || Number.isNaN(number)) return null;
  const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)];
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label = '', text = '']) => [label, unescaped(text)])),
    value: number,
  };
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));

function assertHistogram({ name, samples }: Family): void {
  const of = (part: string) => samples.filter((sample) => sample.name === `${name}_${part}`);
  const buckets = of('bucket').map(({ labels, value }) => ({ le: labels['le'] ?? '', value }));
  const bounds = buckets.map(({ le }) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)));
  if (buckets.at(-1)?.le !== '+Inf') throw new Error(`${name} has no bucket for everything.`);
  if (bounds.some((bound, index) => index > 0 && !(bound > (bounds[index - 1] ?? 0))))
    throw new Error(`The buckets of ${name} are not sorted.`);
  if (buckets.some(({ value }, index) => index > 0 && value < (buckets[index - 1]?.value ?? 0)))
    throw new Error(`The buckets of ${name} are not sums.`);
  if (buckets.at(-1)?.value !== of('count')[0]?.value)
    throw new Error(`${name} does not count what it holds.`);
  if (of('sum').length !== 1) throw new Error(`${name} has no sum.`);
}
