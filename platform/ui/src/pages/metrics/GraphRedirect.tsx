import { Redirect, useSearchParams } from 'wouter';
import { useHref } from '../../app/urlState';
import { readPrometheusGraph } from './prometheusGraph';

/** Leads from Prometheus' graph page, the address that alerts carry, to the page of metrics. */
export function GraphRedirect() {
  const [params] = useSearchParams();
  const href = useHref();
  return <Redirect to={href('/explore/metrics', readPrometheusGraph(params))} replace />;
}
