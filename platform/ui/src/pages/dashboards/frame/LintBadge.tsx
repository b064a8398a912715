import { Badge, Popover, ScrollArea, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { lintPanel } from '../../../api/ruler';
import { useData } from '../../../app/useData';
import { FindingList } from '../../../components/FindingList';
import type { PreparedTarget } from '../../../lib/query/prepare';

/** How long a panel must have been quiet before its queries are looked at: data come first. */
const IDLE_MS = 3000;

/** What `check` finds in the panel's queries with the data: a ratio of a series to itself, a metric that is not there. */
export function LintBadge({ title, targets, idle }: { title: string; targets: readonly PreparedTarget[]; idle: boolean }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    if (!idle || ready) {
      return undefined;
    }
    const timer = window.setTimeout(() => setReady(true), IDLE_MS);
    return () => window.clearTimeout(timer);
  }, [idle, ready]);
  const exprs = targets.flatMap((target) => (target.kind === 'prometheus' ? [target.expr] : []));
  const found = useData(['lint', ...exprs], (access, signal) => lintPanel(access, title, exprs, signal), { enabled: ready && exprs.length > 0, refreshes: false });
  if (found.kind !== 'loaded' || found.value.length === 0) {
    return null;
  }
  const problems = found.value.filter((finding) => finding.severity === 'problem').length;
  return (
    <Popover width={420} position="bottom-end" shadow="md" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton aria-label={`${found.value.length} findings in the queries of ${title}`} className="panel-lint">
          <Badge size="xs" color={problems > 0 ? 'red' : 'blue'} variant="light" style={{ cursor: 'pointer' }}>
            {found.value.length}
          </Badge>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw="95vw">
        <ScrollArea.Autosize mah={320}>
          <FindingList findings={found.value} />
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
