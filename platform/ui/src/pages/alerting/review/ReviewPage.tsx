import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { review, type Review } from '../../../api/ruler';
import { useUrlState } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { AlertingTabs } from '../../../components/AlertingTabs';
import { PageTitle } from '../../../components/PageTitle';
import { Empty, Loaded } from '../../../components/states';
import { count } from '../../../lib/alerting/figures';
import { REVIEW_FILTERS, REVIEW_SORTS, reviewRows, type ReviewFilter } from '../../../lib/alerting/reviewTable';
import { formatDateTime } from '../../../lib/time';
import { ReviewTable } from './ReviewTable';

const WINDOWS = ['1d', '7d', '14d', '30d', '90d'];

/** How the alerting rules have done: how often and how long they fired, and what became of their alerts. */
export default function ReviewPage() {
  const { params, patch } = useUrlState();
  const window = WINDOWS.find((each) => each === params.get('window')) ?? '7d';
  const data = useData(['review', window], (access, signal) => review(access, window, signal), { refreshes: false });
  const filter = (Object.keys(REVIEW_FILTERS) as ReviewFilter[]).find((name) => name === params.get('show'));
  return (
    <Stack gap="sm">
      <PageTitle title="Review" />
      <AlertingTabs />
      <Group gap="xs" align="flex-end">
        <TextInput size="xs" style={{ flex: '1 1 220px', maxWidth: 400 }} aria-label="Search in the review" placeholder="Rule, group, file, receiver or remark" value={params.get('search') ?? ''} onChange={(event) => patch({ search: event.currentTarget.value }, 'replace')} />
        <Select size="xs" w={200} aria-label="What to show" placeholder="All rules" clearable data={Object.entries(REVIEW_FILTERS).map(([value, { label }]) => ({ value, label }))} value={filter ?? null} onChange={(value) => patch({ show: value ?? undefined })} />
        <Select size="xs" w={130} aria-label="How far back" allowDeselect={false} data={WINDOWS.map((value) => ({ value, label: `last ${value}` }))} value={window} onChange={(value) => patch({ window: value === '7d' ? undefined : (value ?? undefined) })} />
      </Group>
      <Loaded data={data} height={200}>
        {(found) => <Found found={found} filter={filter} />}
      </Loaded>
    </Stack>
  );
}

function Found({ found, filter }: { found: Review; filter: ReviewFilter | undefined }) {
  const { params } = useUrlState();
  const sort = REVIEW_SORTS.find((name) => name === params.get('sort')) ?? 'first';
  const rows = reviewRows(found.rules, filter, params.get('search') ?? '', sort);
  return (
    <>
      <Text size="xs" c="dimmed" role="status">
        {rows.length === found.rules.length ? count(rows.length, 'alerting rule') : `${rows.length} of ${count(found.rules.length, 'alerting rule')}`}, {formatDateTime(found.startMs)} to {formatDateTime(found.endMs)}
      </Text>
      <div className="card table-scroll">{rows.length === 0 ? <Empty>{found.rules.length === 0 ? 'No alerting rules are loaded.' : 'No rule is like that.'}</Empty> : <ReviewTable rules={rows} sort={sort} />}</div>
    </>
  );
}
