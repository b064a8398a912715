import { Link, useLocation } from 'wouter';
import { useHref } from '../app/urlState';

/** The pages about this process; their addresses are those of Prometheus. */
export const STATUS_PAGES = [
  { path: '/status', label: 'Overview' },
  { path: '/targets', label: 'Targets' },
  { path: '/service-discovery', label: 'Service discovery' },
  { path: '/config', label: 'Configuration' },
  { path: '/flags', label: 'Settings' },
  { path: '/tsdb-status', label: 'Series' },
] as const;

/** Leads from one of them to the others. */
export function StatusTabs() {
  const [location] = useLocation();
  const href = useHref();
  return (
    <nav aria-label="Pages of the status" className="tabs">
      {STATUS_PAGES.map((page) => (
        <Link key={page.path} href={href(page.path)} className="tab" {...(location === page.path ? { 'aria-current': 'page' as const, ref: intoView } : {})}>
          {page.label}
        </Link>
      ))}
    </nav>
  );
}

/** Where the line is longer than the window is wide, the current page's name is still seen. */
function intoView(link: HTMLAnchorElement | null) {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
