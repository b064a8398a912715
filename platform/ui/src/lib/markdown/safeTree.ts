import { safeHref } from '../safeUrl';
import { safeStyle } from './safeStyle';

/** A text or an element of the white list: what hostile markup is turned into before anything of it is drawn. */
export type SafeNode = string | SafeElement;

export interface SafeElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly SafeNode[];
}

export interface SafeTree {
  readonly nodes: readonly SafeNode[];
  /** Names of elements that were left out, sorted. */
  readonly leftOut: readonly string[];
  /** Whether the end is missing because the text is too long. */
  readonly cut: boolean;
}

const TAGS: ReadonlySet<string> = new Set(
  (
    'h1 h2 h3 h4 h5 h6 p div span a b strong i em u s del ins mark small big sub sup code pre kbd samp var tt blockquote ul ol li dl dt dd ' +
    'table thead tbody tfoot tr th td caption colgroup col hr br img details summary abbr cite q dfn time figure figcaption section article aside address wbr bdi input'
  ).split(' '),
);
/** Names of old or structural elements, by what is drawn instead. */
const RENAMED: Readonly<Record<string, string>> = { center: 'div', font: 'span', header: 'div', footer: 'div', main: 'div', nav: 'div', strike: 's', acronym: 'abbr' };
export const VOID_TAGS: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr', 'col', 'input']);
/** Left out with all that is in them. */
const DROPPED: ReadonlySet<string> = new Set('script style template noscript iframe frame frameset object embed applet svg math title head textarea select option canvas video audio dialog portal'.split(' '));
/** Left out themselves, while what is in them stays. */
const REFUSED: ReadonlySet<string> = new Set('form button label fieldset legend link meta base marquee'.split(' '));
const DROPPED_VOID: ReadonlySet<string> = new Set(['embed', 'link', 'meta', 'base', 'frame', 'source', 'track', 'param']);

const MAX_DEPTH = 60;
const MAX_NODES = 20_000;

interface Open {
  readonly tag: string;
  readonly element: { tag: string; attributes: Record<string, string>; style: Readonly<Record<string, string>>; children: SafeNode[] } | undefined;
}

/** Takes the events of a markup reader and keeps what the white list has; a close without its open is nothing. */
export class SafeTreeBuilder {
  private readonly roots: SafeNode[] = [];
  private readonly stack: Open[] = [];
  private readonly refused = new Set<string>();
  /** The element whose content is being left out, how often its name is open in itself, and how deep it stands. */
  private dropping: { readonly tag: string; depth: number; readonly at: number } | undefined;
  private count = 0;
  private full = false;

  open(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    const tag = name.toLowerCase();
    if (this.dropping) {
      if (this.dropping.tag === tag && !DROPPED_VOID.has(tag)) this.dropping.depth++;
      return;
    }
    if (DROPPED.has(tag) || REFUSED.has(tag)) {
      this.refused.add(tag);
      if (DROPPED.has(tag) && !DROPPED_VOID.has(tag)) this.dropping = { tag, depth: 1, at: this.stack.length };
      return;
    }
    if (tag === 'input' && attributes['type'] !== 'checkbox') {
      this.refused.add(tag);
      return;
    }
    const shown = RENAMED[tag] ?? tag;
    const known = TAGS.has(shown) && this.stack.length < MAX_DEPTH;
    if (!known) {
      if (!VOID_TAGS.has(shown)) this.stack.push({ tag, element: undefined });
      return;
    }
    const element = { tag: shown, attributes: safeAttributes(shown, attributes), style: styleOf(tag, attributes), children: [] as SafeNode[] };
    if (this.add(element) && !VOID_TAGS.has(shown)) this.stack.push({ tag, element });
  }

  text(text: string): void {
    if (!this.dropping && text !== '') this.add(text);
  }

  /** Closes the newest open element of that name above `barrier`, with all that is open in it. */
  close(name: string, barrier = 0): void {
    const tag = name.toLowerCase();
    if (this.dropping) {
      if (this.dropping.tag === tag && --this.dropping.depth === 0) this.dropping = undefined;
      return;
    }
    for (let at = this.stack.length - 1; at >= barrier; at--) {
      if (this.stack[at]?.tag === tag) {
        this.stack.length = at;
        return;
      }
    }
  }

  /** How many elements are open: a barrier for `close` and `unwind`. */
  depth(): number {
    return this.stack.length;
  }

  /** Closes everything that was opened since, also what is being left out. */
  unwind(depth: number): void {
    if (this.dropping && depth < this.dropping.at) this.dropping = undefined;
    this.stack.length = Math.min(this.stack.length, depth);
  }

  tree(): SafeTree {
    return { nodes: this.roots, leftOut: [...this.refused].sort(), cut: this.full };
  }

  private add(node: SafeNode): boolean {
    if (this.count >= MAX_NODES) {
      this.full = true;
      return false;
    }
    this.count++;
    const parent = this.stack.findLast((open) => open.element !== undefined)?.element;
    (parent?.children ?? this.roots).push(node);
    return true;
  }
}

const EVERYWHERE: ReadonlySet<string> = new Set(['title', 'lang', 'dir']);
const OF_TAG: Readonly<Record<string, readonly string[]>> = {
  img: ['alt', 'width', 'height'],
  th: ['colspan', 'rowspan', 'scope'],
  td: ['colspan', 'rowspan'],
  col: ['span'],
  ol: ['start', 'reversed'],
  details: ['open'],
  time: ['datetime'],
  input: ['checked'],
};
const NUMERIC: ReadonlySet<string> = new Set(['width', 'height', 'colspan', 'rowspan', 'span', 'start']);

function safeAttributes(tag: string, attributes: Readonly<Record<string, string>>): Record<string, string> {
  const safe: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const allowed = EVERYWHERE.has(name) || (OF_TAG[tag] ?? []).includes(name);
    if (allowed && (!NUMERIC.has(name) || /^\d{1,4}%?$/.test(value))) safe[name] = value;
  }
  if (tag === 'a') {
    const href = safeHref(attributes['href'] ?? '');
    if (href !== undefined) safe['href'] = href;
    if (attributes['target'] === '_blank') safe['target'] = '_blank';
  }
  if (tag === 'img') {
    safe['src'] = attributes['src'] ?? '';
  }
  return safe;
}

/** The style with what old attributes meant: `align`, and colour and size of `font`. */
function styleOf(tag: string, attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const old: string[] = [];
  if (tag === 'center') old.push('text-align: center');
  if (/^(left|right|center|justify)$/.test(attributes['align'] ?? '') && tag !== 'img') old.push(`text-align: ${attributes['align']}`);
  if (tag === 'font' && attributes['color'] !== undefined) old.push(`color: ${attributes['color']}`);
  if (attributes['bgcolor'] !== undefined) old.push(`background-color: ${attributes['bgcolor']}`);
  return safeStyle([...old, attributes['style'] ?? ''].join(';'));
}
