import type { LRParser } from '@lezer/lr';
import { styleTags, tags } from '@lezer/highlight';
import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import { parser as promql } from '@prometheus-io/lezer-promql';

/** The published grammars, with colours for those that have none of their own. */
export const QUERY_PARSERS: Readonly<Record<'promql' | 'logql' | 'traceql', LRParser>> = {
  promql,
  logql: logql.configure({
    props: [
      styleTags({
        Identifier: tags.labelName,
        LineComment: tags.comment,
        Number: tags.number,
        String: tags.string,
        'Json Logfmt Unpack Pattern Regexp Unwrap LabelFormat LineFormat Decolorize Drop Keep By Without On Ignoring And Or Unless Bool Offset': tags.keyword,
        'RangeOp VectorOp ConvOp': tags.function(tags.variableName),
        'Duration Bytes': tags.number,
      }),
    ],
  }),
  traceql: traceql.configure({
    props: [
      styleTags({
        'LineComment BlockComment': tags.comment,
        String: tags.string,
        'Integer Float Duration': tags.number,
        'IntrinsicField Parent AttributeField Identifier': tags.labelName,
        'Aggregate GroupOperation SelectOperation CoalesceOperation MetricsOperation MetricsOverTimeType MetricsOperationBasicType MetricsAggregatorFunctionType': tags.function(tags.variableName),
        'With And Or': tags.keyword,
      }),
    ],
  }),
};
