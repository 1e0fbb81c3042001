import { describe, expect, it } from 'vitest';
import type { PageData } from '../../src/report/page-data.js';
import { pageFile } from '../../src/report/page-file.js';

const page =
  '<title>x</title><script type="application/json" id="report-data"></script><script>$& code</script>';

const data: PageData = {
  title: '</title><b>$& & "Bob"',
  madeAt: 0,
  package: '0.0.0',
  statistics: null,
  matches: [],
  totalHands: 0,
  hidesCards: false,
};

const dataIn = (file: string): unknown =>
  JSON.parse(/id="report-data">(.*?)<\/script>/s.exec(file)?.[1] ?? '') as unknown;

describe('the file of a report', () => {
  it('has its data in it, whatever names are', () => {
    const title = '</script><script>alert(1)</script><!--';
    const file = pageFile(page, { ...data, title });
    expect(dataIn(file)).toEqual({ ...data, title });
    expect(file.match(/<\/script>/g)).toHaveLength(2);
    expect(file).not.toContain('<!--');
  });

  it('has its title as text', () => {
    expect(pageFile(page, data)).toContain('<title>&lt;/title&gt;&lt;b&gt;$&amp; &amp; "Bob"</title>');
  });

  it('is the same page again with other data', () => {
    const other = { ...data, title: 'one hand', totalHands: 1 };
    expect(pageFile(pageFile(page, data), other)).toBe(pageFile(page, other));
  });

  it('is made of a page of a report alone', () => {
    expect(() => pageFile('<html></html>', data)).toThrow(RangeError);
  });
});
