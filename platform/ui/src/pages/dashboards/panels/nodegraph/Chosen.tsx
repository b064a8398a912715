import { linksOf } from '../../../../lib/field/links';
import type { FrameRow, GraphEdge, GraphNode } from '../../../../lib/nodegraph/readGraph';
import { isElsewhere, safeHref } from '../../../../lib/safeUrl';
import type { TemplateScope } from '../../../../lib/template/scope';

export type Choice = { readonly kind: 'node'; readonly node: GraphNode } | { readonly kind: 'edge'; readonly edge: GraphEdge; readonly source: GraphNode | undefined; readonly target: GraphNode | undefined };

/** All that is known of a node or an edge, with its links. */
export function Chosen({ choice, scope }: { choice: Choice; scope: TemplateScope }) {
  const item = choice.kind === 'node' ? choice.node : choice.edge;
  const rows: (readonly [string, string])[] = [
    ...(choice.kind === 'node'
      ? [['id', choice.node.id] as const, ...choice.node.arcs.map((arc) => [arc.name, `${Math.round(arc.share * 1000) / 10}%`] as const)]
      : [['from', choice.source?.title || choice.edge.source] as const, ['to', choice.target?.title || choice.edge.target] as const]),
    ['main', item.main],
    ['secondary', item.secondary],
    ...item.details.map((detail) => [detail.name, detail.text] as const),
  ];
  return (
    <>
      <strong className="graph-text">{choice.kind === 'node' ? nodeName(choice.node) : 'Edge'}</strong>
      {choice.kind === 'node' && choice.node.subtitle !== '' && <div className="graph-text">{choice.node.subtitle}</div>}
      <table className="field-table">
        <tbody>
          {rows
            .filter(([, text]) => text !== '')
            .map(([name, text], index) => (
              <tr key={index}>
                <th scope="row">{name}</th>
                <td className="graph-text">{text}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {item.from && <Links from={item.from} scope={scope} />}
    </>
  );
}

export function nodeName(node: GraphNode): string {
  return node.title === '' ? node.id : node.title;
}

function Links({ from, scope }: { from: FrameRow; scope: TemplateScope }) {
  const links = from.frame.fields
    .flatMap((field) => linksOf(field, from.row, scope))
    .flatMap((link) => {
      const href = safeHref(link.href);
      return href === undefined ? [] : [{ ...link, href }];
    });
  return (
    <ul className="graph-links">
      {links.map((link, index) => (
        <li key={index}>
          <a href={link.href} {...(link.targetBlank || isElsewhere(link.href) ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
            {link.title}
          </a>
        </li>
      ))}
    </ul>
  );
}
