import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TemplateScope } from '../../../../../lib/template/scope';
import { refusedLinks } from '../../../../../lib/field/links';
import { isElsewhere } from '../../../../../lib/safeUrl';
import { cellLinks, type CellLink } from '../cellLinks';
import type { Column } from '../columns';

interface LinkedContentProps {
  readonly column: Column;
  readonly row: number;
  readonly scope: TemplateScope;
  /** The cell has a ground of its own, on which links keep the colour of the text. */
  readonly inColor: boolean;
  readonly children: ReactNode;
}

/** The content as a link where the column has one, as the button of a menu where it has several. */
export function LinkedContent({ column, row, scope, inColor, children }: LinkedContentProps) {
  const links = cellLinks(column, row, scope);
  const [only] = links;
  if (column.options.type === 'data-links') {
    return (
      <span className="cell-links">
        {links.map((link, index) => (
          <Anchor key={index} link={link}>
            {link.title}
          </Anchor>
        ))}
      </span>
    );
  }
  if (only === undefined || column.options.type === 'markdown' || column.options.type === 'image') {
    const [refused] = refusedLinks(column.field, row, scope);
    return (
      <span className="cell-text" title={refused?.reason}>
        {children}
      </span>
    );
  }
  if (links.length === 1) {
    return (
      <Anchor link={only} className={`cell-text cell-link${inColor ? ' inherit' : ''}`}>
        {children}
      </Anchor>
    );
  }
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <button type="button" className={`cell-text cell-link${inColor ? ' inherit' : ''}`}>
          {children}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {links.map((link, index) => (
          <Menu.Item key={index} component="a" href={link.href} {...apart(link)}>
            {link.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Anchor({ link, className, children }: { link: CellLink; className?: string; children: ReactNode }) {
  return (
    <a href={link.href} title={link.title} className={className} {...apart(link)}>
      {children}
    </a>
  );
}

function apart(link: CellLink): { target?: string; rel?: string } {
  return link.newTab || isElsewhere(link.href) ? { target: '_blank', rel: 'noopener noreferrer' } : {};
}
