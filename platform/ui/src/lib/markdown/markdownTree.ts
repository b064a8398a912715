import { lexer, type Token, type Tokens } from 'marked';
import { decodeEntities, readHtml } from './htmlText';
import { SafeTreeBuilder, type SafeTree } from './safeTree';

const MAX_CHARS = 100_000;

/** Markdown as GitHub has it, with the HTML in it, as a tree of the white list. */
export function markdownTree(source: string): SafeTree {
  const builder = new SafeTreeBuilder();
  const text = source.slice(0, MAX_CHARS);
  try {
    new Reader(builder).blocks(lexer(text, { gfm: true }), 0);
  } catch {
    builder.unwind(0);
    builder.text(text); // Nested beyond what the reader takes: shown as it was written.
  }
  const tree = builder.tree();
  return source.length > MAX_CHARS ? { ...tree, cut: true } : tree;
}

class Reader {
  constructor(private readonly into: SafeTreeBuilder) {}

  /** HTML blocks may stay open over the blocks that follow, as `<div>` around a list; everything else ends with its block. */
  blocks(tokens: readonly Token[], barrier: number): void {
    for (const token of tokens) {
      if (token.type === 'html') {
        readHtml(token.raw, this.into, barrier);
      } else {
        this.block(token);
      }
    }
  }

  private block(token: Token): void {
    switch (token.type) {
      case 'heading':
        this.element(`h${(token as Tokens.Heading).depth}`, () => this.inlines(token));
        return;
      case 'paragraph':
        this.element('p', () => this.inlines(token));
        return;
      case 'blockquote':
        this.element('blockquote', (barrier) => this.blocks((token as Tokens.Blockquote).tokens, barrier));
        return;
      case 'list':
        this.list(token as Tokens.List);
        return;
      case 'code':
        this.element('pre', () => this.element('code', () => this.into.text((token as Tokens.Code).text)));
        return;
      case 'table':
        this.table(token as Tokens.Table);
        return;
      case 'hr':
        this.into.open('hr');
        return;
      case 'space':
      case 'def':
        return;
      default:
        this.inline(token, this.into.depth());
    }
  }

  private list(list: Tokens.List): void {
    this.element(list.ordered ? 'ol' : 'ul', () => {
      for (const item of list.items) {
        this.element('li', (barrier) => {
          for (const token of item.tokens) {
            if (token.type === 'text' || token.type === 'checkbox') this.inline(token, barrier);
            else this.blocks([token], barrier);
          }
        });
      }
    }, list.ordered && list.start !== '' ? { start: String(list.start) } : {});
  }

  private table(table: Tokens.Table): void {
    const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
      this.element('tr', () => cells.forEach((cell) => this.element(tag, () => this.inlines(cell), cell.align === null ? {} : { align: cell.align })));
    this.element('table', () => {
      this.element('thead', () => row(table.header, 'th'));
      this.element('tbody', () => table.rows.forEach((cells) => row(cells, 'td')));
    });
  }

  private inlines(holder: { readonly tokens?: readonly Token[] | undefined }): void {
    const barrier = this.into.depth();
    (holder.tokens ?? []).forEach((token) => this.inline(token, barrier));
  }

  private inline(token: Token, barrier: number): void {
    switch (token.type) {
      case 'strong':
      case 'em':
      case 'del':
        this.element(token.type, () => this.inlines(token as Tokens.Strong));
        return;
      case 'link':
        this.element('a', () => this.inlines(token as Tokens.Link), withTitle({ href: (token as Tokens.Link).href }, (token as Tokens.Link).title));
        return;
      case 'image':
        this.into.open('img', withTitle({ src: (token as Tokens.Image).href, alt: (token as Tokens.Image).text }, (token as Tokens.Image).title));
        return;
      case 'codespan':
        this.element('code', () => this.into.text((token as Tokens.Codespan).text));
        return;
      case 'br':
        this.into.open('br');
        return;
      case 'checkbox':
        this.into.open('input', { type: 'checkbox', ...((token as Tokens.Checkbox).checked ? { checked: '' } : {}) });
        return;
      case 'html':
        readHtml(token.raw, this.into, barrier);
        return;
      case 'text': {
        const { tokens, text, escaped } = token as Tokens.Text;
        if (tokens) this.inlines({ tokens });
        else this.into.text(escaped === true ? text : decodeEntities(text));
        return;
      }
      case 'escape':
        this.into.text((token as Tokens.Escape).text);
        return;
      default:
        this.into.text(decodeEntities(token.raw));
    }
  }

  private element(tag: string, content: (barrier: number) => void, attributes: Readonly<Record<string, string>> = {}): void {
    const depth = this.into.depth();
    this.into.open(tag, attributes);
    content(this.into.depth());
    this.into.unwind(depth);
  }
}

function withTitle(attributes: Readonly<Record<string, string>>, title: string | null | undefined): Readonly<Record<string, string>> {
  return title ? { ...attributes, title } : attributes;
}
