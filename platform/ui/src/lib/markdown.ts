/** The small part of Markdown that text panels use, as a tree that needs no HTML: nothing of a dashboard is ever run. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  let i = 0;
  const takeWhile = (keep: (line: string) => boolean) => {
    const taken: string[] = [];
    for (; i < lines.length && keep(lines[i] ?? ''); i++) taken.push(lines[i] ?? '');
    return taken;
  };
  while (i < lines.length) {
    const line = lines[i] ?? '';
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === '') {
      i++;
    } else if (line.startsWith('```')) {
      i++;
      blocks.push({ kind: 'code', text: takeWhile((text) => !text.startsWith('```')).join('\n') });
      i++;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: (heading[1] ?? '#').length, content: parseInline(heading[2] ?? '') });
      i++;
    } else if (ITEM.test(line)) {
      const ordered = /^\s*\d/.test(line);
      blocks.push({ kind: 'list', ordered, items: takeWhile((text) => ITEM.test(text)).map((text) => parseInline(text.replace(ITEM, ''))) });
    } else {
      const text = takeWhile((next) => next.trim() !== '' && !next.startsWith('```') && !/^#{1,6}\s/.test(next) && !ITEM.test(next));
      blocks.push({ kind: 'paragraph', content: parseInline(text.join(' ')) });
    }
  }
  return blocks;
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const [whole, code, strong, strongToo, emphasis, label, href] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined || strongToo !== undefined) parts.push({ kind: 'strong', text: strong ?? strongToo ?? '' });
    else if (emphasis !== undefined) parts.push({ kind: 'emphasis', text: emphasis });
    else if (label !== undefined && href !== undefined && isSafe(href)) parts.push({ kind: 'link', text: label, href });
    else parts.push({ kind: 'text', text: whole });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** Only addresses that cannot run anything. */
function isSafe(href: string): boolean {
  return /^(https?:\/\/|\/(?!\/)|\.{1,2}\/|#|[\w-]+(\/|$))/.test(href) && !/^\s*(javascript|data|vbscript):/i.test(href);
}
