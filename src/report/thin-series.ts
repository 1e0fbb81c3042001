/**
 * A long line of values in a limited number of points: each stretch of it keeps its lowest, its highest and its last value,
 * so that a drawing that is no wider shows what all values would.
 */

const defaults = { stretches: 400 } as const;

interface Point<Mark> {
  readonly x: number;
  readonly y: number;
  readonly mark: Mark;
}

interface Stretch<Mark> {
  values: number;
  lowest: Point<Mark>;
  highest: Point<Mark>;
  last: Point<Mark>;
}

export interface ThinSeries<Mark> {
  /** In the order of `x`. @param mark anything that is known of this point. */
  add(x: number, y: number, mark: Mark): void;
  /** In their order, each once. */
  points(): Point<Mark>[];
}

/** @param stretches at most so many; when there would be more, each two become one. */
export function createThinSeries<Mark>(stretches: number = defaults.stretches): ThinSeries<Mark> {
  let all: Stretch<Mark>[] = [];
  /** Values in a whole stretch. */
  let size = 1;

  function double(): void {
    const halved: Stretch<Mark>[] = [];
    for (let index = 0; index < all.length; index += 2) {
      const [one, other] = [all[index] as Stretch<Mark>, all[index + 1]];
      halved.push(other === undefined ? one : joined(one, other));
    }
    all = halved;
    size *= 2;
  }

  return {
    add(x, y, mark) {
      const point = { x, y, mark };
      const open = all.at(-1);
      if (open !== undefined && open.values < size) {
        open.values += 1;
        if (y < open.lowest.y) open.lowest = point;
        if (y > open.highest.y) open.highest = point;
        open.last = point;
        return;
      }
      if (all.length >= stretches) {
        double();
        this.add(x, y, mark);
        return;
      }
      all.push({ values: 1, lowest: point, highest: point, last: point });
    },
    points: () =>
      all.flatMap(({ lowest, highest, last }) =>
        [...new Set([lowest, highest, last])].toSorted((a, b) => a.x - b.x),
      ),
  };
}

function joined<Mark>(one: Stretch<Mark>, other: Stretch<Mark>): Stretch<Mark> {
  return {
    values: one.values + other.values,
    lowest: other.lowest.y < one.lowest.y ? other.lowest : one.lowest,
    highest: other.highest.y > one.highest.y ? other.highest : one.highest,
    last: other.last,
  };
}
