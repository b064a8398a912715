import { useMemo } from 'react';
import { Link, useSearchParams } from 'wouter';
import { searchDashboards, type DashboardSearch, type FoundDashboard } from '../../../../api/dashboardSearch';
import { recentDashboards } from '../../../../app/recentDashboards';
import { useData } from '../../../../app/useData';
import { Empty, Loaded } from '../../../../components/states';
import type { PanelProps } from '../panel';
import { dashboardPath, dashListOptions, type DashListOptions } from './dashListOptions';
import './dashlist.css';

/** Dashboards that are starred, were opened last, or that a search finds. */
export default function DashListPanel({ panel, scope }: PanelProps) {
  const options = useMemo(() => dashListOptions(panel.options), [panel.options]);
  const recent = useMemo(() => recentDashboards().slice(0, options.maxItems), [options.maxItems]);
  if (!options.showStarred && !options.showRecent && !options.showSearch) {
    return <Empty>This list shows nothing: neither starred, recent nor found dashboards are chosen.</Empty>;
  }
  const search = { query: scope.replace(options.query, 'text'), tags: options.tags.map((tag) => scope.replace(tag, 'text')), folderUid: options.folderUid };
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={panel.title === '' ? 'Dashboards' : panel.title}>
      {options.showStarred && <Group heading="Starred dashboards" search={{ starred: true }} none="No dashboard has a star." options={options} />}
      {options.showRecent && <Group heading="Recently viewed dashboards" search={{ uids: recent }} order={recent} none="No dashboard has been opened in this browser." options={options} />}
      {options.showSearch && <Group heading="Search" search={search} none="No dashboard matches the search of this panel." options={options} />}
    </div>
  );
}

interface GroupProps {
  readonly heading: string;
  readonly search: DashboardSearch;
  /** Uids in their order; by title without one. */
  readonly order?: readonly string[];
  readonly none: string;
  readonly options: DashListOptions;
}

function Group({ heading, search, order, none, options }: GroupProps) {
  const wanted = { ...search, limit: options.maxItems };
  const found = useData(['dashboard list', wanted], (access, signal) => (order?.length === 0 ? Promise.resolve([]) : searchDashboards(access, wanted, signal)), { refreshes: false });
  return (
    <section aria-label={heading}>
      {options.showHeadings && <h4 className="dash-heading">{heading}</h4>}
      <Loaded data={found} height={30}>
        {(list) => <Dashboards list={sorted(list, order).slice(0, options.maxItems)} none={none} options={options} />}
      </Loaded>
    </section>
  );
}

function sorted(list: readonly FoundDashboard[], order: readonly string[] | undefined): readonly FoundDashboard[] {
  return order === undefined
    ? [...list].sort((a, b) => a.title.localeCompare(b.title))
    : order.flatMap((uid) => list.filter((entry) => entry.uid === uid));
}

function Dashboards({ list, none, options }: { list: readonly FoundDashboard[]; none: string; options: DashListOptions }) {
  const [params] = useSearchParams();
  if (list.length === 0) {
    return <p className="dash-none">{none}</p>;
  }
  return (
    <ul className="dash-list">
      {list.map((entry) => (
        <li key={entry.uid}>
          <Link href={dashboardPath(entry.uid, options, params)} className="dash-link">
            <span className="dash-title">{entry.title === '' ? entry.uid : entry.title}</span>
            {options.showFolders && <span className="dash-folder">{entry.folder === '' ? 'General' : entry.folder}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
