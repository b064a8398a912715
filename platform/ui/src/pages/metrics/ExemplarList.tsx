import { Anchor, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Exemplar } from '../../api/prometheus';
import { useHref } from '../../app/urlState';
import { traceIdOf } from '../../components/exemplars';
import { formatSeries } from '../../lib/labels';
import { formatDateTime } from '../../lib/time';
import { formatValue } from '../../lib/units/format';

const MAX_ROWS = 100;

/** The exemplars of the graph as a list, largest value first: the way to their traces without a pointer. */
export function ExemplarList({ exemplars }: { exemplars: readonly Exemplar[] }) {
  const [open, setOpen] = useState(false);
  const href = useHref();
  const rows = exemplars
    .flatMap((exemplar) => {
      const traceId = traceIdOf(exemplar);
      return traceId === undefined ? [] : [{ exemplar, traceId }];
    })
    .sort((a, b) => b.exemplar.value - a.exemplar.value);
  return (
    <div className="table-scroll">
      <UnstyledButton px={4} py={4} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Text size="sm">
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {rows.length} exemplars
        </Text>
      </UnstyledButton>
      {open && (
        <div style={{ maxHeight: 'min(60dvh, 480px)', overflow: 'auto' }} tabIndex={0} role="region" aria-label="Exemplars">
          <Table verticalSpacing={4} className="stack-table">
            <Table.Tbody>
              {rows.slice(0, MAX_ROWS).map(({ exemplar, traceId }, index) => (
                <Table.Tr key={`${traceId} ${index}`}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(exemplar.timeMs)}</Table.Td>
                  <Table.Td className="numeric">{formatValue(exemplar.value, 'none')}</Table.Td>
                  <Table.Td>
                    <Anchor component={Link} size="sm" className="mono" href={href(`/explore/traces/${traceId}`)}>
                      {traceId}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="mono wrap-anywhere">{formatSeries(exemplar.seriesLabels)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </div>
  );
}
