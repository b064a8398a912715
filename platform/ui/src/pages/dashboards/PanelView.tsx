import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useIntersection } from '@mantine/hooks';
import { lazy, Suspense, useState, type CSSProperties } from 'react';
import { useTime } from '../../app/time';
import { Failure } from '../../components/states';
import type { PanelModel } from '../../lib/dashboard/model';
import type { TemplateScope } from '../../lib/template/scope';
import { useDashboard } from './dashboardContext';
import { usePanelData, usePreparedTargets } from './data/usePanelData';
import { LintBadge } from './frame/LintBadge';
import { PanelContent } from './frame/PanelContent';
import { PanelLinks, PanelNotes, PanelNotices } from './frame/PanelHead';
import { PanelMenu } from './frame/PanelMenu';
import { ShareDialog } from './frame/ShareDialog';
import { WhyEmpty } from './frame/WhyEmpty';
import type { PanelData } from './panels/panel';
import { panelKind } from './panels/registry';

const PanelActions = lazy(() => import('./edit/PanelActions'));

/** Panels ask a little before they come into view. */
const AHEAD = { rootMargin: '200px 0px' };

interface Props {
  readonly panel: PanelModel;
  readonly scope: TemplateScope;
  readonly style: CSSProperties;
}

/** A panel in its frame. It asks for data only while it is in view or about to be. */
export function PanelView({ panel, scope, style }: Props) {
  const { ref: viewRef, entry } = useIntersection<HTMLElement>(AHEAD);
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>();
  const [shared, setShared] = useState(false);
  const { loadAll, editing, isMovable } = useDashboard();
  const inView = loadAll || (entry?.isIntersecting ?? false);
  const data = usePanelData(panel, scope, width, inView);
  const { targets, time } = usePreparedTargets(panel, scope, width);
  const title = scope.replace(panel.title, 'text');
  return (
    <article ref={viewRef} aria-label={title} className={panel.transparent ? 'panel panel-transparent' : 'card panel'} style={style} data-panel={title} data-panel-type={panel.type}>
      <header className="panel-head">
        <h3 className="panel-title" title={title}>
          {title}
        </h3>
        <PanelNotes description={scope.replace(panel.description, 'text')} note={time.note} loading={data.state === 'loading'} />
        <PanelNotices data={data} />
        <LintBadge title={title} targets={targets} idle={inView && data.state === 'done'} />
        {editing && (
          <Suspense fallback={null}>
            <PanelActions id={panel.id} title={title} movable={isMovable?.(panel.id) ?? false} editing={editing} />
          </Suspense>
        )}
        <span className="panel-tools">
          <PanelLinks panel={panel} scope={scope} />
          <PanelMenu panel={panel} title={title} targets={targets} onShare={() => setShared(true)} />
        </span>
      </header>
      <div className="panel-body">
        {data.failures.map((failure) => (
          <Failure key={`${failure.refId} ${failure.message}`} message={failure.message} />
        ))}
        <div className="panel-drawing" ref={sizeRef}>
          {width > 0 && height > 0 && <Body panel={panel} scope={scope} data={data} width={width} height={height} targets={targets} />}
        </div>
      </div>
      {shared && <ShareDialog panelKey={panel.key} title={title} onClose={() => setShared(false)} />}
    </article>
  );
}

interface BodyProps {
  readonly panel: PanelModel;
  readonly scope: TemplateScope;
  readonly data: PanelData;
  readonly width: number;
  readonly height: number;
  readonly targets: ReturnType<typeof usePreparedTargets>['targets'];
}

function Body({ panel, scope, data, width, height, targets }: BodyProps) {
  const { zoom, timeZone, absolute } = useTime();
  const { sync, annotate } = useDashboard();
  const dark = useComputedColorScheme('light') === 'dark';
  const queries = panelKind(panel.type).queries;
  if (queries && data.frames.every((frame) => frame.length === 0)) {
    const settled = data.state === 'done' && data.failures.length === 0;
    return settled ? <WhyEmpty panel={panel} scope={scope} targets={targets} /> : null;
  }
  const own = targets[0]?.range ?? absolute;
  return (
    <PanelContent
      panel={panel}
      data={data}
      scope={scope}
      range={own}
      timeZone={timeZone}
      width={width}
      height={height}
      dark={dark}
      sync={sync}
      onZoom={zoom}
      onAnnotate={annotate && ((stretch) => annotate(panel.id, stretch))}
    />
  );
}
