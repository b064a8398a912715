import { ActionIcon, Badge, Button, Group, Switch, Text, Tooltip } from '@mantine/core';
import { Link } from 'wouter';
import { useHref, useUrlState } from '../../app/urlState';
import { Icon } from '../../components/Icon';
import { PageTitle } from '../../components/PageTitle';
import type { DashboardModel } from '../../lib/dashboard/model';
import type { TemplateScope } from '../../lib/template/scope';
import type { AnnotationSwitch } from './data/useAnnotations';
import { useDashboard } from './dashboardContext';
import { DashboardLinks } from './DashboardLinks';
import { HistoryLink } from './history/HistoryLink';
import { PrintButton } from './PrintButton';

interface Props {
  readonly model: DashboardModel;
  readonly scope: TemplateScope;
  readonly switches: readonly AnnotationSwitch[];
  readonly printing: boolean;
  readonly onPrint: (printing: boolean) => void;
}

/** The title of a dashboard with its tags, links, annotation switches and the way into the kiosk. */
export function DashboardHead({ model, scope, switches, printing, onPrint }: Props) {
  const { params, patch } = useUrlState();
  const href = useHref();
  const { canEdit } = useDashboard();
  const kiosk = params.has('kiosk');
  return (
    <div className="dashboard-head">
      <PageTitle title={model.title}>
        <Group gap={6} className="dashboard-tools">
          {params.has('viewPanel') && (
            <Button size="compact-sm" variant="default" onClick={() => patch({ viewPanel: undefined })}>
              Back to the dashboard
            </Button>
          )}
          {model.tags.map((tag) => (
            <Badge key={tag} component={Link} href={href('/dashboards', { tag })} size="sm" variant="light" tt="none" style={{ cursor: 'pointer' }}>
              {tag}
            </Badge>
          ))}
          {canEdit && (
            <Button size="compact-sm" variant="default" onClick={() => patch({ edit: 'on', viewPanel: undefined })}>
              Edit
            </Button>
          )}
          <HistoryLink uid={model.uid} />
          <PrintButton printing={printing} onChange={onPrint} />
          <Tooltip label={kiosk ? 'Show everything' : 'Only the dashboard (kiosk)'}>
            <ActionIcon variant="default" size={30} aria-label={kiosk ? 'Leave kiosk mode' : 'Kiosk mode'} onClick={() => patch({ kiosk: kiosk ? undefined : 'true' })}>
              <Icon name="screen" />
            </ActionIcon>
          </Tooltip>
        </Group>
      </PageTitle>
      {model.description !== '' && (
        <Text size="sm" c="dimmed">
          {model.description}
        </Text>
      )}
      <Group gap="md" className="dashboard-controls">
        {switches.map(({ query, on, failure, toggle }) => (
          <Switch key={query.name} size="xs" label={query.name} checked={on} onChange={toggle} error={failure} />
        ))}
        <DashboardLinks links={model.links} scope={scope} uid={model.uid} />
      </Group>
    </div>
  );
}
