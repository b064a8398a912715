import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { rulesNamed } from '../../../api/alerting';
import { queryRange } from '../../../api/prometheus';
import { useTime } from '../../../app/time';
import { useHref } from '../../../app/urlState';
import { useData } from '../../../app/useData';
import { Chart, type ChartSeries } from '../../../components/Chart';
import { paletteColor } from '../../../components/palette';
import { Empty, Loaded } from '../../../components/states';
import { ruleOf, seriesOfAlert, type AlertRule } from '../../../lib/alerting/alertRule';
import { thresholdOf } from '../../../lib/alerting/threshold';
import type { GridFrame } from '../../../lib/frames';
import { alignRange, queryInterval } from '../../../lib/interval';
import { formatSeries, type Labels } from '../../../lib/labels';
import { describeRange, formatDuration } from '../../../lib/time';
import { ruleLink } from '../rules/ruleLinks';

const POINTS = 400;
const MAX_SERIES = 20;
const LIMIT_COLOR = '#e03131';

/** The rule that finds an alert, and its expression over the time range with the threshold. */
export function RuleGraph({ labels }: { labels: Labels }) {
  const name = labels['alertname'] ?? '';
  const rule = useData(['alerting', 'rules named', name], async (access, signal) => ruleOf(await rulesNamed(access, name, signal), labels) ?? null);
  return <Loaded data={rule}>{(found) => (found === null ? <Empty>No rule here has this alert's name: another system has sent it.</Empty> : <Found found={found} labels={labels} />)}</Loaded>;
}

function Found({ found: { group, rule }, labels }: { found: AlertRule; labels: Labels }) {
  const href = useHref();
  const threshold = group.language === 'promql' ? thresholdOf(rule.query) : undefined;
  return (
    <Stack gap="xs" p="sm">
      <Code block style={{ whiteSpace: 'pre-wrap' }} className="wrap-anywhere">
        {rule.query}
      </Code>
      <Group gap="sm">
        <Anchor component={Link} href={href(...ruleLink(group, rule))} size="sm">
          Rule {rule.name} of {group.name}
        </Anchor>
        {group.language !== 'traceql' && (
          <Anchor component={Link} href={group.language === 'promql' ? href('/explore/metrics', { expr: rule.query }) : href('/explore/logs', { query: rule.query })} size="sm">
            Explore
          </Anchor>
        )}
        <Text size="xs" c="dimmed">
          {rule.forSeconds > 0 ? `fires when it holds for ${formatDuration(rule.forSeconds * 1000)}` : 'fires at once'}
          {rule.keepFiringForSeconds > 0 && `, and keeps firing for ${formatDuration(rule.keepFiringForSeconds * 1000)}`}
        </Text>
      </Group>
      {group.language === 'promql' ? (
        <Graph expr={threshold?.expr ?? rule.query} limit={threshold?.limit} limitExpr={threshold?.limitExpr} operator={threshold?.operator} labels={labels} />
      ) : (
        <Text size="sm" c="dimmed">
          Expressions of {group.language === 'logql' ? 'LogQL' : 'TraceQL'} are drawn on the pages of logs and traces.
        </Text>
      )}
    </Stack>
  );
}

interface GraphProps {
  readonly expr: string;
  readonly limit: number | undefined;
  readonly limitExpr: string | undefined;
  readonly operator: string | undefined;
  readonly labels: Labels;
}

function Graph({ expr, limit, limitExpr, operator, labels }: GraphProps) {
  const { absolute, range } = useTime();
  const { stepMs } = queryInterval({ range: absolute, maxDataPoints: POINTS });
  const aligned = alignRange(absolute, stepMs);
  const key = ['alerting', 'rule graph', expr, limitExpr, range.from, range.to, stepMs];
  const frames = useData(key, async (access, signal) => {
    const compared = limit === undefined && limitExpr !== undefined ? queryRange(access, limitExpr, aligned, stepMs, signal) : undefined;
    return { own: await queryRange(access, expr, aligned, stepMs, signal), limits: await compared };
  });
  return (
    <Loaded data={frames} height={180}>
      {({ own, limits }) => (own.series.length === 0 ? <Empty>The expression finds nothing in this time ({describeRange(range).toLowerCase()}).</Empty> : <Drawn own={own} limits={limits} limit={limit} operator={operator} labels={labels} expr={expr} />)}
    </Loaded>
  );
}

interface DrawnProps {
  readonly own: GridFrame;
  readonly limits: GridFrame | undefined;
  readonly limit: number | undefined;
  readonly operator: string | undefined;
  readonly labels: Labels;
  readonly expr: string;
}

function Drawn({ own, limits, limit, operator, labels, expr }: DrawnProps) {
  const { zoom } = useTime();
  const chosen = useMemo(() => {
    const mine = own.series.filter((series) => seriesOfAlert(series.labels, labels));
    return mine.length > 0 ? mine : own.series;
  }, [own, labels]);
  const series = useMemo((): ChartSeries[] => {
    const drawn = chosen.slice(0, MAX_SERIES).map((each, index) => ({ name: Object.keys(each.labels).length === 0 ? expr : formatSeries(each.labels), color: paletteColor(index), grid: own.grid, values: each.values }));
    const compared = (limits?.series ?? []).filter((each) => seriesOfAlert(each.labels, labels)).slice(0, MAX_SERIES);
    return [...drawn, ...compared.map((each) => ({ name: `limit ${formatSeries(each.labels)}`, color: LIMIT_COLOR, grid: limits?.grid ?? own.grid, values: each.values }))];
  }, [chosen, own.grid, limits, labels, expr]);
  return (
    <>
      <Chart
        series={series}
        label={`${expr} over time`}
        height={200}
        legendHeight={60}
        {...(limit === undefined ? {} : { lines: [{ value: limit, color: LIMIT_COLOR }] })}
        onZoom={(fromMs, toMs) => zoom({ fromMs, toMs })}
      />
      <Text size="xs" c="dimmed">
        {limit !== undefined && `The line is the threshold: the condition holds where the value is ${operator ?? ''} ${limit}. `}
        {chosen.length === own.series.length ? `${own.series.length} series of the expression` : `${chosen.length} of ${own.series.length} series of the expression belong to this alert`}
        {chosen.length > MAX_SERIES && `; the first ${MAX_SERIES} are drawn`}.
      </Text>
    </>
  );
}
