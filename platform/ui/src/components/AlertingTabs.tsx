import { Link, useLocation } from 'wouter';
import { useHref } from '../app/urlState';

/** The pages about alerts and what makes them. */
export const ALERTING_PAGES = [
  { path: '/alerting', label: 'Overview' },
  { path: '/alerting/alerts', label: 'Alerts' },
  { path: '/alerting/incidents', label: 'Incidents' },
  { path: '/alerting/rules', label: 'Rules' },
  { path: '/alerting/silences', label: 'Silences' },
  { path: '/alerting/notifications', label: 'Notifications' },
  { path: '/alerting/routing', label: 'Routing' },
  { path: '/alerting/receivers', label: 'Receivers' },
  { path: '/alerting/templates', label: 'Templates' },
  { path: '/alerting/backtest', label: 'Backtest' },
  { path: '/alerting/review', label: 'Review' },
  { path: '/alerting/lint', label: 'Lint' },
] as const;

/** Leads from one of them to the others. */
export function AlertingTabs() {
  const [location] = useLocation();
  const href = useHref();
  const current = currentPage(location);
  return (
    <nav aria-label="Pages of alerting" className="tabs">
      {ALERTING_PAGES.map((page) => (
        <Link key={page.path} href={href(page.path)} className="tab" {...(page.path === current ? { 'aria-current': location === page.path ? ('page' as const) : ('true' as const), ref: intoView } : {})}>
          {page.label}
        </Link>
      ))}
    </nav>
  );
}

/** The longest path that the address is, or is below; a new rule belongs to the rules. */
function currentPage(location: string): string | undefined {
  if (location === '/alerting/new') {
    return '/alerting/rules';
  }
  return ALERTING_PAGES.findLast(({ path }) => location === path || (path !== '/alerting' && location.startsWith(`${path}/`)))?.path;
}

/** Where the line is longer than the window is wide, the current page's name is still seen. */
function intoView(link: HTMLAnchorElement | null) {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
