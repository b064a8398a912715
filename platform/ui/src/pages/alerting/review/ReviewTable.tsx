import { Anchor, Badge, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { ReviewedRule } from '../../../api/ruler';
import { useHref, useUrlState } from '../../../app/urlState';
import { Empty } from '../../../components/states';
import { count, formatSeconds } from '../../../lib/alerting/figures';
import type { ReviewSort } from '../../../lib/alerting/reviewTable';
import { formatAge, formatDateTime } from '../../../lib/time';
import { ruleLink } from '../rules/ruleLinks';

const COLUMNS: readonly (readonly [sort: ReviewSort, title: string])[] = [
  ['fired', 'Fired'],
  ['firingSeconds', 'In all'],
  ['longestSeconds', 'Longest'],
  ['flaps', 'Flaps'],
  ['acknowledged', 'Acknowledged'],
  ['silenced', 'Silenced'],
  ['lastFiredMs', 'Last fired'],
];
const PAGE = 200;

/** One line for each rule, with what to look at in words. */
export function ReviewTable({ rules, sort }: { rules: readonly ReviewedRule[]; sort: ReviewSort }) {
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <Table verticalSpacing={6} className="stack-table">
        <Table.Thead>
          <Table.Tr>
            <SortHeader column="rule" title="Rule" sort={sort} />
            {COLUMNS.map(([column, title]) => (
              <SortHeader key={column} column={column} title={title} sort={sort} numeric />
            ))}
            <Table.Th>Told</Table.Th>
            <Table.Th>What to look at</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.slice(0, shown).map((rule, index) => (
            <ReviewLine key={`${rule.file} ${rule.group} ${rule.rule} ${index}`} rule={rule} />
          ))}
        </Table.Tbody>
      </Table>
      {rules.length > shown && (
        <Empty>
          <UnstyledButton onClick={() => setShown(shown + PAGE)}>
            <Anchor component="span" size="sm">
              Show {count(Math.min(PAGE, rules.length - shown), 'more')} of {rules.length - shown}
            </Anchor>
          </UnstyledButton>
        </Empty>
      )}
    </>
  );
}

function SortHeader({ column, title, sort, numeric = false }: { column: ReviewSort; title: string; sort: ReviewSort; numeric?: boolean }) {
  const { patch } = useUrlState();
  const current = sort === column;
  return (
    <Table.Th aria-sort={current ? (column === 'rule' ? 'ascending' : 'descending') : 'none'} {...(numeric ? { className: 'numeric' } : {})}>
      <UnstyledButton fz="inherit" fw={600} onClick={() => patch({ sort: current ? undefined : column })}>
        {title}
        {current && (column === 'rule' ? ' ↑' : ' ↓')}
      </UnstyledButton>
    </Table.Th>
  );
}

function ReviewLine({ rule }: { rule: ReviewedRule }) {
  const href = useHref();
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ minWidth: 180 }}>
        <Anchor component={Link} href={href(...ruleLink({ language: 'promql', file: rule.file, name: rule.group }, { name: rule.rule, index: 0 }))} size="sm" fw={600} className="wrap-anywhere">
          {rule.rule}
        </Anchor>
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          {rule.group} · {rule.file}
        </Text>
        {rule.firingNow > 0 && (
          <Badge color="red" variant="light" size="sm">
            {rule.firingNow} firing
          </Badge>
        )}
      </Table.Td>
      <Figure name="Fired">{String(rule.fired)}</Figure>
      <Figure name="In all">{rule.firingSeconds === 0 ? '–' : formatSeconds(rule.firingSeconds)}</Figure>
      <Figure name="Longest">{rule.longestSeconds === 0 ? '–' : formatSeconds(rule.longestSeconds)}</Figure>
      <Figure name="Flaps">{String(rule.flaps)}</Figure>
      <Figure name="Acknowledged">{String(rule.acknowledged)}</Figure>
      <Figure name="Silenced">{String(rule.silenced)}</Figure>
      <Figure name="Last fired">{rule.lastFiredMs === undefined ? '–' : <span title={formatDateTime(rule.lastFiredMs)}>{formatAge(Date.now() - rule.lastFiredMs)} ago</span>}</Figure>
      <Table.Td data-name="Told" className="wrap-anywhere">
        {rule.receivers.length === 0 ? (
          <Badge color="red" variant="light">
            nobody
          </Badge>
        ) : (
          rule.receivers.join(', ')
        )}
      </Table.Td>
      <Table.Td style={{ minWidth: 200 }}>
        <Stack gap={2}>
          {[...rule.remarks, ...(rule.error === undefined ? [] : [rule.error]), ...(rule.noData === undefined ? [] : [rule.noData])].filter((text, index, all) => all.indexOf(text) === index).map((text) => (
            <Text key={text} size="xs" className="wrap-anywhere">
              {text}
            </Text>
          ))}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Table.Td className="numeric" data-name={name}>
      {children}
    </Table.Td>
  );
}
