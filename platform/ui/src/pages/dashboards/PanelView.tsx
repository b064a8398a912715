import { ActionIcon, Loader, Tooltip } from '@mantine/core';
import { useElementSize, useInViewport } from '@mantine/hooks';
import { useEffect, useState, type CSSProperties } from 'react';
import { Link } from 'wouter';
import { useHref } from '../../app/urlState';
import { Icon } from '../../components/Icon';
import { Failure } from '../../components/states';
import type { Panel } from '../../lib/dashboard';
import { interpolate, type VariableValues } from '../../lib/variables';
import { PanelBody } from './PanelBody';
import { usePanelData } from './usePanelData';

/** A panel's frame. It asks for data only while it can be seen. */
export function PanelView({ panel, values, style }: { panel: Panel; values: VariableValues; style: CSSProperties }) {
  const { ref: viewRef, inViewport } = useInViewport<HTMLDivElement>();
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (inViewport) setSeen(true);
  }, [inViewport]);
  const data = usePanelData(panel, values, width, seen && inViewport);
  const href = useHref();
  const title = interpolate(panel.title, values, 'text');
  const exprs = data.queries.filter((query) => query.dataSource === 'prometheus').map((query) => query.expr);
  return (
    <article ref={viewRef} aria-label={title} className="card panel" style={style} data-panel={title}>
      <header className="panel-head">
        <h3 className="panel-title" title={title}>
          {title}
        </h3>
        {data.loading && <Loader size={12} aria-label="Loading" />}
        <span className="panel-tools">
        {panel.description !== '' && (
          <Tooltip label={interpolate(panel.description, values, 'text')} multiline maw={320}>
            <ActionIcon variant="subtle" color="gray" size="xs" aria-label="What this panel shows">
              <Icon name="info" size={13} />
            </ActionIcon>
          </Tooltip>
        )}
        {exprs.length > 0 && (
          <Tooltip label="Explore">
            <ActionIcon component={Link} href={href('/explore/metrics', { expr: exprs })} variant="subtle" color="gray" size="xs" aria-label={`Explore ${title}`}>
              <Icon name="external" size={13} />
            </ActionIcon>
          </Tooltip>
        )}
        </span>
      </header>
      <div className="panel-body" ref={sizeRef}>
        {data.failures.map((message) => (
          <Failure key={message} message={message} />
        ))}
        {seen && <PanelBody panel={panel} data={data} values={values} />}
      </div>
    </article>
  );
}
