/** XML 1.0 as far as files of service managers use it. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plainOf = (text: string): string =>
  text.replaceAll(/&(\w*);?/g, (whole, name: string) => {
    const plain = entities[name];
    if (plain === undefined || !whole.endsWith(';')) throw new Error(`no entity: ${whole}`);
    return plain;
  });

/** @throws for a text that is not well-formed. */
export function readXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token =
    /<\?[^?]*\?>|<!DOCTYPE[^>]*>|<!--([\s\S]*?)-->|<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not well-formed: ${text.slice(at, at + 60)}`);
    const [, comment, closes, name, attributes = '', isEmpty, plain] = match;
    const inner = open.at(-1) as XmlElement;
    if (comment?.includes('--')) throw new Error(`a comment with two hyphens: ${comment}`);
    if (plain !== undefined) inner.text += plainOf(plain);
    if (name === undefined) continue;
    if (closes === '/') {
      if (inner.name !== name) throw new Error(`</${name}> closes <${inner.name}>`);
      open.pop();
      continue;
    }
    const element: XmlElement = {
      name,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
          key,
          plainOf(value),
        ]),
      ),
      children: [],
      text: '',
    };
    inner.children.push(element);
    if (isEmpty !== '/') open.push(element);
  }
  const [only, ...more] = root.children;
  if (open.length > 1 || only === undefined || more.length > 0 || root.text.trim() !== '')
    throw new Error('not one element');
  return only;
}

/** A property list as a value. */
export function readPlist(text: string): unknown {
  const { name, children } = readXml(text);
  if (name !== 'plist' || children[0] === undefined) throw new Error('no property list');
  return plistValue(children[0]);
}

function plistValue({ name, children, text }: XmlElement): unknown {
  if (name === 'string') return text;
  if (name === 'integer') return Number(text);
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'array') return children.map(plistValue);
  if (name !== 'dict') throw new Error(`no value: ${name}`);
  const entries: [string, unknown][] = [];
  for (let at = 0; at < children.length; at += 2) {
    const [key, value] = [children[at], children[at + 1]];
    if (key?.name !== 'key' || value === undefined) throw new Error('a key without a value');
    entries.push([key.text, plistValue(value)]);
  }
  return Object.fromEntries(entries);
}
