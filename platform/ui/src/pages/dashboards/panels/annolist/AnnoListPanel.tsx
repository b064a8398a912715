import { Badge } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { listAnnotations, type ListedAnnotation } from '../../../../api/annotationList';
import { useHref } from '../../../../app/urlState';
import { useData } from '../../../../app/useData';
import { SafeContent } from '../../../../components/SafeContent';
import { Empty, Loaded } from '../../../../components/states';
import { htmlTree } from '../../../../lib/markdown/htmlTree';
import { encodePart } from '../../../../lib/safeUrl';
import { formatDate } from '../../../../lib/units/dates';
import type { PanelProps } from '../panel';
import { annoListOptions, type AnnoListOptions } from './annoListOptions';
import './annolist.css';

/** Annotations, incidents among them: newest first, each leading to its time. */
export default function AnnoListPanel({ panel, scope, range, timeZone }: PanelProps) {
  const options = useMemo(() => annoListOptions(panel.options), [panel.options]);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const uid = scope.replace('${__dashboard.uid}', 'text');
  const query = {
    tags: [...options.tags.map((tag) => scope.replace(tag, 'text')), ...chosen],
    limit: options.limit,
    dashboardUid: options.onlyThisDashboard && !uid.startsWith('$') ? uid : undefined,
    range: options.onlyInRange ? range : undefined,
  };
  const found = useData(['annotation list', query], (access, signal) => listAnnotations(access, query, signal));
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={panel.title === '' ? 'Annotations' : panel.title}>
      {chosen.length > 0 && (
        <div className="anno-tags">
          {chosen.map((tag) => (
            <TagButton key={tag} tag={tag} label={`No longer only ${tag}`} onClick={() => setChosen(chosen.filter((other) => other !== tag))} />
          ))}
        </div>
      )}
      <Loaded data={found}>
        {(list) =>
          list.length === 0 ? (
            <Empty>There are no annotations{query.tags.length > 0 ? ` with the tags ${query.tags.join(', ')}` : ''}{options.onlyInRange ? ' in this time range' : ''}.</Empty>
          ) : (
            <ul className="anno-list">
              {list.map((entry, index) => (
                <Entry key={`${entry.id}-${index}`} entry={entry} options={options} timeZone={timeZone} onTag={(tag) => !chosen.includes(tag) && setChosen([...chosen, tag])} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

interface EntryProps {
  readonly entry: ListedAnnotation;
  readonly options: AnnoListOptions;
  readonly timeZone: string | undefined;
  readonly onTag: (tag: string) => void;
}

function Entry({ entry, options, timeZone, onTag }: EntryProps) {
  const href = useHref();
  const tree = useMemo(() => htmlTree(entry.text), [entry.text]);
  const around = { from: String(entry.timeMs - options.beforeMs), to: String(entry.timeEndMs + options.afterMs) };
  const time = formatDate(entry.timeMs, 'YYYY-MM-DD HH:mm:ss', timeZone);
  const target =
    entry.dashboardUid === undefined
      ? entry.tags.includes('incident')
        ? href('/alerting/incidents', around)
        : undefined
      : href(`/d/${encodePart(entry.dashboardUid)}`, { ...around, viewPanel: options.toPanel && entry.panelId !== undefined ? String(entry.panelId) : undefined });
  return (
    <li>
      <div className="anno-text">
        <SafeContent tree={tree} />
      </div>
      <div className="anno-tags">
        {options.showTags && entry.tags.map((tag, index) => <TagButton key={`${tag}-${index}`} tag={tag} label={`Only ${tag}`} onClick={() => onTag(tag)} />)}
        {options.showUser && entry.login !== '' && <span className="anno-time">{entry.login}</span>}
        {target === undefined ? (
          options.showTime && <span className="anno-time">{time}</span>
        ) : (
          <Link href={target} className="anno-time">
            {options.showTime ? time : 'Show'}
          </Link>
        )}
      </div>
    </li>
  );
}

function TagButton({ tag, label, onClick }: { tag: string; label: string; onClick: () => void }) {
  return (
    <Badge component="button" type="button" size="sm" variant="light" tt="none" className="anno-tag" title={label} aria-label={label} onClick={onClick}>
      {tag}
    </Badge>
  );
}
