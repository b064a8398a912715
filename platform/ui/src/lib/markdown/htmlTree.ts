import { quietHtml } from './htmlText';
import { SafeTreeBuilder, type SafeTree } from './safeTree';

/** What is read of a parsed document: the part of the DOM's `Node` that every kind has. */
export interface MarkupNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<MarkupNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const ELEMENT = 1;
const TEXT = 3;
const MAX_CHARS = 200_000;
const MAX_DEPTH = 500;

/** HTML as a tree of the white list. The parser makes a document of its own, in which nothing runs and nothing loads. */
export function htmlTree(html: string): SafeTree {
  const document = new DOMParser().parseFromString(quietHtml(html.slice(0, MAX_CHARS)), 'text/html');
  const tree = markupTree(document.body);
  return html.length > MAX_CHARS ? { ...tree, cut: true } : tree;
}

/** The tree of what is below a parsed node. */
export function markupTree(root: MarkupNode): SafeTree {
  const builder = new SafeTreeBuilder();
  walk(root, builder, 0);
  return builder.tree();
}

function walk(parent: MarkupNode, into: SafeTreeBuilder, depth: number): void {
  if (depth > MAX_DEPTH) {
    return;
  }
  for (const node of Array.from(parent.childNodes)) {
    if (node.nodeType === TEXT) {
      into.text(node.nodeValue ?? '');
    } else if (node.nodeType === ELEMENT) {
      const open = into.depth();
      into.open(node.nodeName, Object.fromEntries(Array.from(node.attributes ?? [], ({ name, value }) => [name.toLowerCase(), value])));
      walk(node, into, depth + 1);
      into.close(node.nodeName, open);
    }
  }
}
