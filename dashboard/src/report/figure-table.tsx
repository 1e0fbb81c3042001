import type { ReportCell, ReportTable } from '../../../src/report/page-data.js';

/** A table; estimates are drawn with their intervals on a line that all rows share. */
export function FigureTable({ table: { id, title, about, columns, rows } }: { table: ReportTable }) {
  const range = rangeOf(rows);
  return (
    <section class="panel" aria-labelledby={`${id}-title`} data-testid={id}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
      </div>
      {about !== '' && <p class="muted about">{about}</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, the table`}>
        <table class="figures">
          <thead>
            <tr>
              {columns.map(({ heading, isNumber }) => (
                <th key={heading} scope="col" class={isNumber ? 'number' : ''}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at} class={row[0] === 'all' ? 'total' : ''}>
                {row.map((cell, index) =>
                  index === 0 ? (
                    <th key={index} scope="row">
                      {textOf(cell)}
                    </th>
                  ) : (
                    <td key={index} class={columns[index]?.isNumber ? 'number' : ''}>
                      {textOf(cell)}
                      {typeof cell !== 'string' && range !== null && <Whisker cell={cell} range={range} />}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const textOf = (cell: ReportCell): string => (typeof cell === 'string' ? cell : cell.text);

interface Range {
  from: number;
  to: number;
}

/** What all rows have room in; an interval that is far wider than most is cut off. */
function rangeOf(rows: readonly (readonly ReportCell[])[]): Range | null {
  const cells = rows.flat().filter((cell) => typeof cell !== 'string');
  const ends = cells.flatMap(({ value, interval }) => [
    value,
    interval?.low ?? value,
    interval?.high ?? value,
  ]);
  if (ends.length === 0) return null;
  const reaches = ends.map(Math.abs).toSorted((a, b) => a - b);
  const most = Math.max(...cells.map(({ value }) => Math.abs(value)));
  const reach = Math.max(
    most * 1.1,
    Math.min(reaches.at(-1) ?? 1, 3 * (reaches[Math.floor(reaches.length / 2)] ?? 1)),
    1e-9,
  );
  return { from: -reach, to: reach };
}

function Whisker({ cell, range }: { cell: Exclude<ReportCell, string>; range: Range }) {
  const place = (value: number): number =>
    Math.max(0, Math.min(100, (100 * (value - range.from)) / (range.to - range.from)));
  const { value, interval } = cell;
  const [low, high] = [place(interval?.low ?? value), place(interval?.high ?? value)];
  return (
    <span class="whisker" aria-hidden="true">
      <span class="zero" />
      <span class="reach" style={{ left: `${low}%`, width: `${high - low}%` }} />
      <span class="dot" style={{ left: `${place(value)}%` }} />
    </span>
  );
}
