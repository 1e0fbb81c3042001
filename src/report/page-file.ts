/** The file of a report: one page with its data in it. It is made in Node, and by the page itself of a part of its data. */
import type { PageData } from './page-data.js';

const dataStart = '<script type="application/json" id="report-data">';
const titlePlace = /<title>[^<]*<\/title>/;

/**
 * @param page the page without data, or with other data: a text that `npm run build` made.
 * @throws {RangeError} for a text that is no such page.
 */
export function pageFile(page: string, data: PageData): string {
  const start = page.indexOf(dataStart);
  const end = page.indexOf('</script>', start);
  if (start === -1 || end === -1) throw new RangeError('This is no page of a report.');
  const title = `<title>${markupOf(data.title)}</title>`;
  const before = page.slice(0, start + dataStart.length).replace(titlePlace, () => title);
  // In a script nothing but its end is markup.
  return `${before}${JSON.stringify(data).replaceAll('<', '\\u003c')}${page.slice(end)}`;
}

function markupOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
