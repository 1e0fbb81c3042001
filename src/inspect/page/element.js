/** The elements of the page. */

/** @type {<T extends HTMLElement>(id: string, type: { new (): T }) => T} */
export const element = (id, type) => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`There is no ${id} on this page.`);
  return found;
};

/** @type {<K extends keyof HTMLElementTagNameMap>(tag: K, of?: Partial<HTMLElementTagNameMap[K]>, ...inside: (Node | string)[]) => HTMLElementTagNameMap[K]} */
export const make = (tag, of = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), of);
  made.append(...inside);
  return made;
};
