/** What takes the tags and texts of a reader. */
export interface MarkupSink {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string, barrier?: number): void;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', hellip: '…', mdash: '—', ndash: '–', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”',
  bull: '•', middot: '·', times: '×', divide: '÷', deg: '°', micro: 'µ', plusmn: '±', larr: '←', uarr: '↑', rarr: '→', darr: '↓', euro: '€', pound: '£', yen: '¥', cent: '¢', sect: '§', para: '¶', laquo: '«', raquo: '»',
  frac12: '½', frac14: '¼', frac34: '¾', infin: '∞', ne: '≠', le: '≤', ge: '≥', asymp: '≈', check: '✓', cross: '✗', zwj: '\u200d', zwnj: '\u200c', ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', shy: '\u00ad',
  auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ntilde: 'ñ',
};

/** The text with its character references read; what is not known stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,30}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole;
    }
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** Reads the tags and texts between them; a tag that does not end is text. It takes time in proportion to the length. */
export function readHtml(html: string, into: MarkupSink, barrier = 0): void {
  let from = 0;
  while (from < html.length) {
    const start = html.indexOf('<', from);
    if (start < 0) break;
    into.text(decodeEntities(html.slice(from, start)));
    if (html.startsWith('<!--', start)) {
      const end = html.indexOf('-->', start + 4);
      if (end < 0) return;
      from = end + 3;
      continue;
    }
    if (!/^<\/?[a-zA-Z!?]/.test(html.slice(start, start + 3))) {
      into.text('<');
      from = start + 1;
      continue;
    }
    const end = tagEnd(html, start);
    if (end < 0) {
      into.text(html.slice(start));
      return;
    }
    readTag(html.slice(start + 1, end), into, barrier);
    from = end + 1;
  }
  into.text(decodeEntities(html.slice(from)));
}

/** The `>` that ends the tag, outside quoted values; -1 without one. */
function tagEnd(html: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < html.length; at++) {
    const char = html.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (char === '>') {
      return at;
    }
  }
  return -1;
}

const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const MAX_TAG_CHARS = 4000;

function readTag(inside: string, into: MarkupSink, barrier: number): void {
  const name = /^\/?([a-zA-Z][\w:-]*)/.exec(inside)?.[1];
  if (name === undefined) return; // A declaration or an instruction.
  if (inside.startsWith('/')) {
    into.close(name, barrier);
    return;
  }
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single, bare] of inside.slice(name.length, MAX_TAG_CHARS).matchAll(ATTRIBUTE)) {
    const lower = key.toLowerCase();
    if (!Object.hasOwn(attributes, lower)) attributes[lower] = decodeEntities(double ?? single ?? bare ?? '');
  }
  into.open(name, attributes);
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * The same HTML written anew without handlers and base addresses. A parser of the browser would run neither, but would
 * report each to the console as held back by the content security policy.
 */
export function quietHtml(html: string): string {
  const parts: string[] = [];
  const escape = (text: string) => text.replace(/[&<>"]/g, (char) => ESCAPED[char] ?? char);
  readHtml(html, {
    open: (name, attributes) => {
      if (name.toLowerCase() === 'base') return;
      const kept = Object.entries(attributes).filter(([attribute]) => /^(?!on)[a-z][a-z-]*$/.test(attribute));
      parts.push(`<${name}${kept.map(([attribute, value]) => ` ${attribute}="${escape(value)}"`).join('')}>`);
    },
    text: (text) => parts.push(escape(text)),
    close: (name) => parts.push(`</${name}>`),
  });
  return parts.join('');
}
