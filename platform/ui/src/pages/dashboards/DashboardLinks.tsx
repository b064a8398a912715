import { Anchor, Button, Menu } from '@mantine/core';
import { Link } from 'wouter';
import { searchDashboards } from '../../api/datasources';
import { useData } from '../../app/useData';
import { useUrlState } from '../../app/urlState';
import { Icon } from '../../components/Icon';
import type { DashboardLink } from '../../lib/dashboard/model';
import { safeHref } from '../../lib/safeUrl';
import { array, object, string } from '../../lib/json';
import type { TemplateScope } from '../../lib/template/scope';
import { linkAddress, passedOn } from './dashboardLinkAddress';

interface Props {
  readonly links: readonly DashboardLink[];
  readonly scope: TemplateScope;
  /** Of the dashboard, which does not link to itself. */
  readonly uid: string;
}

/** The links of a dashboard: to an address, or to the dashboards of some tags, side by side or in a menu. */
export function DashboardLinks({ links, scope, uid }: Props) {
  return (
    <>
      {links.map((link, index) => (link.type === 'dashboards' ? <TaggedLinks key={index} link={link} uid={uid} /> : <PlainLink key={index} link={link} scope={scope} />))}
    </>
  );
}

const BLANK = { target: '_blank', rel: 'noopener noreferrer' };

function PlainLink({ link, scope }: { link: DashboardLink; scope: TemplateScope }) {
  const { params } = useUrlState();
  const title = scope.replace(link.title, 'text');
  const href = safeHref(linkAddress(scope.replace(link.url, 'url'), passedOn(params, link)));
  if (href === undefined) {
    return <span title="This address may not be followed: only http, https and addresses of this host.">{title}</span>;
  }
  return (
    <Anchor size="sm" href={href} title={scope.replace(link.tooltip, 'text') || undefined} {...(link.targetBlank ? BLANK : {})}>
      {title === '' ? href : title} {link.targetBlank && <Icon name="external" size={11} />}
    </Anchor>
  );
}

interface Found {
  readonly uid: string;
  readonly title: string;
}

function TaggedLinks({ link, uid }: { link: DashboardLink; uid: string }) {
  const { params } = useUrlState();
  const found = useData(['tagged', ...link.tags], async (access, signal): Promise<Found[]> => array((await searchDashboards(access, '', link.tags, signal)).value).map(object).map((item) => ({ uid: string(item['uid']), title: string(item['title']) })), { refreshes: false });
  const others = found.kind === 'loaded' ? found.value.filter((entry) => entry.uid !== uid) : [];
  const address = (entry: Found) => linkAddress(`/d/${encodeURIComponent(entry.uid)}`, passedOn(params, link));
  if (others.length === 0) {
    return null;
  }
  if (!link.asDropdown) {
    return (
      <>
        {others.map((entry) => (
          <Anchor key={entry.uid} component={Link} size="sm" href={address(entry)} {...(link.targetBlank ? BLANK : {})}>
            {entry.title}
          </Anchor>
        ))}
      </>
    );
  }
  return (
    <Menu withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          {link.title === '' ? link.tags.join(', ') : link.title} ▾
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {others.map((entry) => (
          <Menu.Item key={entry.uid} component={Link} href={address(entry)} {...(link.targetBlank ? BLANK : {})}>
            {entry.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
