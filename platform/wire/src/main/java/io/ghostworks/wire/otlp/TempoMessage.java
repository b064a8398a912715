package io.ghostworks.wire.otlp;

import io.ghostworks.wire.otlp.OtlpSchema.Kind;
import io.ghostworks.wire.otlp.OtlpSchema.Message;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.List;

/**
 * The messages that Tempo answers with. They are written as protobuf, and printed as JSON from
 * that, as protobuf prescribes it: 64-bit numbers as texts, ids in base64, what is zero or empty
 * left out.
 *
 * <p>Source: Tempo's {@code pkg/tempopb/tempo.proto}.
 */
public final class TempoMessage {
  public static final TempoMessage TRACE_BY_ID =
      new TempoMessage(
          new Message("TraceByIDResponse")
              .one(1, "trace", OtlpSchema.TRACES)
              .one(
                  2,
                  "metrics",
                  new Message("TraceByIDMetrics").one(1, "inspectedBytes", Kind.UINT64))
              .constant(3, "status", partial())
              .one(4, "message", Kind.STRING));

  public static final TempoMessage SEARCH =
      new TempoMessage(
          new Message("SearchResponse")
              .many(1, "traces", traceMetadata())
              .listed(1)
              .one(2, "metrics", searchMetrics()));

  public static final TempoMessage TAGS =
      new TempoMessage(
          new Message("SearchTagsResponse")
              .many(1, "tagNames", Kind.STRING)
              .listed(1)
              .one(2, "metrics", metadataMetrics()));

  public static final TempoMessage TAGS_V2 =
      new TempoMessage(
          new Message("SearchTagsV2Response")
              .many(
                  1,
                  "scopes",
                  new Message("SearchTagsV2Scope")
                      .one(1, "name", Kind.STRING)
                      .many(2, "tags", Kind.STRING))
              .listed(1)
              .one(2, "metrics", metadataMetrics()));

  public static final TempoMessage TAG_VALUES =
      new TempoMessage(
          new Message("SearchTagValuesResponse")
              .many(1, "tagValues", Kind.STRING)
              .listed(1)
              .one(2, "metrics", metadataMetrics()));

  public static final TempoMessage TAG_VALUES_V2 =
      new TempoMessage(
          new Message("SearchTagValuesV2Response")
              .many(
                  1,
                  "tagValues",
                  new Message("TagValue").one(1, "type", Kind.STRING).one(2, "value", Kind.STRING))
              .listed(1)
              .one(2, "metrics", metadataMetrics()));

  public static final TempoMessage QUERY_RANGE =
      new TempoMessage(
          new Message("QueryRangeResponse")
              .many(1, "series", series())
              .listed(1)
              .one(2, "metrics", searchMetrics())
              .constant(3, "status", partial())
              .one(4, "message", Kind.STRING));

  public static final TempoMessage QUERY_INSTANT =
      new TempoMessage(
          new Message("QueryInstantResponse")
              .many(
                  1,
                  "series",
                  new Message("InstantSeries")
                      .many(1, "labels", OtlpSchema.KEY_VALUE)
                      .one(2, "value", Kind.DOUBLE))
              .one(2, "metrics", searchMetrics())
              .constant(3, "status", partial())
              .one(4, "message", Kind.STRING));

  private final Message schema;

  private TempoMessage(Message schema) {
    this.schema = schema;
  }

  /**
   * The JSON form of a message.
   *
   * @param protobuf the values of repeated fields together
   */
  public byte[] json(ProtoWriter protobuf) {
    return OtlpJsonText.print(
        schema, OtlpJsonText.Style.PROTOBUF, protobuf.array(), protobuf.size());
  }

  private static List<String> partial() {
    return List.of("COMPLETE", "PARTIAL");
  }

  private static Message traceMetadata() {
    Message span =
        new Message("Span")
            .one(1, "spanID", Kind.STRING)
            .one(2, "name", Kind.STRING)
            .one(3, "startTimeUnixNano", Kind.UINT64)
            .one(4, "durationNanos", Kind.UINT64)
            .many(5, "attributes", OtlpSchema.KEY_VALUE);
    Message spanSet =
        new Message("SpanSet")
            .many(1, "spans", span)
            .one(2, "matched", Kind.INT32)
            .many(3, "attributes", OtlpSchema.KEY_VALUE);
    return new Message("TraceSearchMetadata")
        .one(1, "traceID", Kind.STRING)
        .one(2, "rootServiceName", Kind.STRING)
        .one(3, "rootTraceName", Kind.STRING)
        .one(4, "startTimeUnixNano", Kind.UINT64)
        .one(5, "durationMs", Kind.INT32)
        .one(6, "spanSet", spanSet)
        .many(7, "spanSets", spanSet)
        .map(
            8,
            "serviceStats",
            new Message("ServiceStats")
                .one(1, "spanCount", Kind.INT32)
                .one(2, "errorCount", Kind.INT32));
  }

  private static Message searchMetrics() {
    return new Message("SearchMetrics")
        .one(1, "inspectedTraces", Kind.INT32)
        .one(2, "inspectedBytes", Kind.UINT64)
        .one(3, "totalBlocks", Kind.INT32)
        .one(4, "completedJobs", Kind.INT32)
        .one(5, "totalJobs", Kind.INT32)
        .one(6, "totalBlockBytes", Kind.UINT64)
        .one(7, "inspectedSpans", Kind.UINT64);
  }

  private static Message metadataMetrics() {
    return new Message("MetadataMetrics")
        .one(1, "inspectedBytes", Kind.UINT64)
        .one(2, "totalJobs", Kind.INT32)
        .one(3, "completedJobs", Kind.INT32)
        .one(4, "totalBlocks", Kind.INT32)
        .one(5, "totalBlockBytes", Kind.UINT64);
  }

  private static Message series() {
    return new Message("TimeSeries")
        .many(1, "labels", OtlpSchema.KEY_VALUE)
        .many(
            2,
            "samples",
            new Message("Sample").one(1, "value", Kind.DOUBLE).one(2, "timestampMs", Kind.INT64))
        .many(
            4,
            "exemplars",
            new Message("Exemplar")
                .many(1, "labels", OtlpSchema.KEY_VALUE)
                .one(2, "value", Kind.DOUBLE)
                .one(3, "timestampMs", Kind.INT64));
  }
}
