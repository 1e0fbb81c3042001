/** Reads calendars as other programs do: unfolds lines, then takes the escapes out of values. */

/** The properties of each event by name; those of its alarm begin with `VALARM.`. */
export function readCalendar(text: string): Record<string, string>[] {
  const events: Record<string, string>[] = [];
  const inside: string[] = [];
  for (const line of text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)) {
    const at = line.indexOf(':');
    const [name, value] = [line.slice(0, at), line.slice(at + 1)];
    if (name === 'BEGIN') {
      inside.push(value);
      if (value === 'VEVENT') events.push({});
    } else if (name === 'END') {
      if (inside.pop() !== value) throw new Error(`END:${value} ends something else.`);
    } else if (inside.length > 1) {
      const prefix = inside.at(-1) === 'VALARM' ? 'VALARM.' : '';
      Object.assign(events.at(-1) ?? {}, { [prefix + name]: plain(value) });
    }
  }
  return events;
}

const plain = (value: string) =>
  value.replaceAll(/\\([^])/g, (_, escape) => (escape === 'n' ? '\n' : escape));
