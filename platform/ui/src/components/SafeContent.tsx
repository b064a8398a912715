import { createElement, type CSSProperties, type ReactNode } from 'react';
import type { SafeElement, SafeNode, SafeTree } from '../lib/markdown/safeTree';
import { VOID_TAGS } from '../lib/markdown/safeTree';
import { isElsewhere, ownImage, safeHref } from '../lib/safeUrl';
import './safeContent.css';

/** Draws a tree of the white list, and says what was left out of it. */
export function SafeContent({ tree }: { tree: SafeTree }) {
  return (
    <div className="safe-content">
      {children(tree.nodes)}
      {tree.cut && <p className="safe-note">The text is too long; its end is not shown.</p>}
      {tree.leftOut.length > 0 && <p className="safe-note">Left out, since it could run, load or send something: {tree.leftOut.join(', ')}.</p>}
    </div>
  );
}

const RENAMED: Readonly<Record<string, string>> = { colspan: 'colSpan', rowspan: 'rowSpan', datetime: 'dateTime' };

function children(nodes: readonly SafeNode[]): ReactNode[] {
  return nodes.map((node, index) => (typeof node === 'string' ? node : <Element key={index} node={node} />));
}

function Element({ node }: { node: SafeElement }): ReactNode {
  const style: CSSProperties | undefined = Object.keys(node.style).length === 0 ? undefined : node.style;
  switch (node.tag) {
    case 'a':
      return <SafeLink node={node} style={style} />;
    case 'img':
      return <SafeImage node={node} style={style} />;
    case 'input':
      return <input type="checkbox" disabled checked={node.attributes['checked'] !== undefined} readOnly aria-label={node.attributes['checked'] === undefined ? 'to do' : 'done'} />;
    default: {
      // Headings stand below the title of the panel.
      const level = /^h([1-6])$/.exec(node.tag)?.[1];
      const tag = level === undefined ? node.tag : `h${Math.min(6, Number(level) + 3)}`;
      const attributes = Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [RENAMED[name] ?? name, name === 'open' || name === 'reversed' ? true : value]));
      const properties = { ...attributes, style, ...(level === undefined ? {} : { className: `safe-h${level}` }) };
      return VOID_TAGS.has(tag) ? createElement(tag, properties) : createElement(tag, properties, ...children(node.children));
    }
  }
}

function SafeLink({ node, style }: { node: SafeElement; style: CSSProperties | undefined }) {
  const href = safeHref(node.attributes['href'] ?? '');
  if (href === undefined) {
    return <span style={style}>{children(node.children)}</span>;
  }
  const apart = isElsewhere(href) || node.attributes['target'] === '_blank';
  return (
    <a href={href} title={node.attributes['title']} style={style} {...(apart ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
      {children(node.children)}
    </a>
  );
}

/** Pictures of this server are shown; those of others would tell them who looks, and are offered as a link. */
function SafeImage({ node, style }: { node: SafeElement; style: CSSProperties | undefined }) {
  const { src = '', alt = '', title, width, height } = node.attributes;
  const own = ownImage(src, document.baseURI);
  if (own !== undefined) {
    return <img src={own} alt={alt} title={title} width={width} height={height} style={style} loading="lazy" />;
  }
  const href = safeHref(src);
  const words = `picture${alt === '' ? '' : `: ${alt}`}`;
  return href === undefined ? (
    <span className="safe-note">[{words}, not shown]</span>
  ) : (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer">
      [{words}]
    </a>
  );
}
