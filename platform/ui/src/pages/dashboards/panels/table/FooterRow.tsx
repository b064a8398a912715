import type { Column } from './columns';
import type { FooterLine } from './footer';

interface FooterRowProps {
  readonly columns: readonly Column[];
  readonly shown: readonly number[];
  readonly cells: readonly (readonly FooterLine[])[];
}

/** What the columns come to. */
export function FooterRow({ columns, shown, cells }: FooterRowProps) {
  return (
    <div role="rowgroup" className="table-foot">
      <div role="row" className="table-header-row">
        {shown.map((at) => (
          <div key={at} role="gridcell" aria-colindex={at + 1} className={`table-footer align-${columns[at]?.align ?? 'left'}`} style={{ gridColumn: `calc(${at + 1} + var(--table-first))` }}>
            {(cells[at] ?? []).map((line, index) => (
              <div key={index} title={line.text}>
                {line.name !== undefined && <span className="table-footer-name">{line.name} </span>}
                {line.text}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
