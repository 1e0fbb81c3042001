/** Numbers in the tables of a report. */

const grouped = new Intl.NumberFormat('en');

/** `12,300`. */
export const countText = (value: number): string => grouped.format(value);

/** `+12.5`, `−3`, `0`. */
export function signedText(value: number, digits = 0): string {
  const text = Number(Math.abs(value).toFixed(digits)).toLocaleString('en', {
    minimumFractionDigits: digits,
  });
  return /^[0.]+$/.test(text) ? text : `${value > 0 ? '+' : '−'}${text}`;
}
