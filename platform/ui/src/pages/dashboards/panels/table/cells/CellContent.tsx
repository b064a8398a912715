import { useMemo, type ReactNode } from 'react';
import { SafeContent } from '../../../../../components/SafeContent';
import { markdownTree } from '../../../../../lib/markdown/markdownTree';
import { isElsewhere, ownImage, safeHref } from '../../../../../lib/safeUrl';
import { cut, pillsOf, plainText, prettyText } from '../../../../../lib/table/cellText';
import { cellText, type Column } from '../columns';
import { GaugeCell } from './GaugeCell';
import { PillCell } from './PillCell';
import { SparklineCell } from './SparklineCell';

interface CellContentProps {
  readonly column: Column;
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

/** What the type of a cell draws of its value. */
export function CellContent({ column, row, width, height, dark }: CellContentProps): ReactNode {
  const { options, field } = column;
  const value = field.values[row];
  switch (options.type) {
    case 'auto':
    case 'color-text':
    case 'color-background':
      return cellText(column, row);
    case 'json-view':
      return <span className="mono">{cut(options.wrap ? prettyText(value) : typeof value === 'string' ? value : plainText(value))}</span>;
    case 'data-links':
      return null; // The links are all there is.
    case 'pill':
      return <PillCell pills={pillsOf(value)} field={field} dark={dark} />;
    case 'markdown':
      return <MarkdownText text={plainText(value)} />;
    case 'gauge':
      return <GaugeCell display={field.display(value)} mode={options.mode} valueMode={options.valueMode} dark={dark} />;
    case 'sparkline':
      return <SparklineCell column={column} value={value} width={width} height={height} hideValue={options.hideValue} filled={options.filled} />;
    case 'image':
      return <ImageText address={plainText(value)} alt={options.alt} title={options.title} height={height} />;
    case 'unknown':
      return options.name === 'actions' ? (
        <span className="safe-note" title="Cells of the type “actions” send requests from the browser. That is not offered here.">
          actions are not offered
        </span>
      ) : (
        <span title={`Cells of the type “${options.name}” are not drawn; this is the value.`}>{cellText(column, row)}</span>
      );
  }
}

function MarkdownText({ text }: { text: string }) {
  const tree = useMemo(() => markdownTree(cut(text)), [text]);
  return <SafeContent tree={tree} />;
}

const PADDING_PX = 8;

/** A picture of this server, or the link to one elsewhere: the page loads nothing from other hosts. */
function ImageText({ address, alt, title, height }: { address: string; alt: string; title: string; height: number }) {
  const own = ownImage(address, document.baseURI);
  if (own !== undefined) {
    return <img src={own} alt={alt} title={title === '' ? undefined : title} style={{ maxHeight: height - PADDING_PX, maxWidth: '100%' }} loading="lazy" />;
  }
  const href = safeHref(address);
  if (href !== undefined && isElsewhere(href)) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer" title="Pictures of other hosts are not loaded; this opens it.">
        {alt === '' ? href : alt}
      </a>
    );
  }
  return address === '' ? null : <span className="safe-note">no picture: its address is not http(s)</span>;
}
