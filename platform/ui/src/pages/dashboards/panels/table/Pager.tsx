import { ActionIcon, Group, Text } from '@mantine/core';

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  /** The rows that are shown: the first counted from 0, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

export function Pager({ page, pages, from, to, total, onPage }: PagerProps) {
  return (
    <Group component="nav" justify="flex-end" gap={4} pt={4} wrap="nowrap" aria-label="Pages of the table" style={{ flex: 'none' }}>
      <Text size="xs" c="dimmed">
        {total === 0 ? 'no rows' : `${from + 1} to ${to} of ${total.toLocaleString('en')} rows`}
      </Text>
      <Step label="First page" sign="«" disabled={page === 0} onClick={() => onPage(0)} />
      <Step label="Page before" sign="‹" disabled={page === 0} onClick={() => onPage(page - 1)} />
      <Text size="xs" aria-current="page">
        {page + 1} / {pages}
      </Text>
      <Step label="Next page" sign="›" disabled={page >= pages - 1} onClick={() => onPage(page + 1)} />
      <Step label="Last page" sign="»" disabled={page >= pages - 1} onClick={() => onPage(pages - 1)} />
    </Group>
  );
}

function Step({ label, sign, disabled, onClick }: { label: string; sign: string; disabled: boolean; onClick: () => void }) {
  return (
    <ActionIcon variant="default" size="sm" aria-label={label} disabled={disabled} onClick={onClick}>
      {sign}
    </ActionIcon>
  );
}
