/** Texts in XML 1.0. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export const xmlText = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? found);

/** A comment: two hyphens would end it, so that flags and names have a space between theirs. */
export const xmlComment = (text: string): string => `<!-- ${text.replaceAll(/-(?=-)/g, '- ')} -->`;
