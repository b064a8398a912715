package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.query.QueryContext;
import java.io.IOException;
import java.util.List;

/**
 * The statistics of an answer, with every field that Loki's have. What was read stands as read from
 * the store; what only Loki's parts have (ingesters, caches, an index) is 0.
 */
final class LokiStatistics {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final List<String> CACHES =
      List.of(
          "chunk",
          "index",
          "result",
          "statsResult",
          "volumeResult",
          "seriesResult",
          "labelResult",
          "instantMetricResult");

  private LokiStatistics() {}

  /**
   * Writes the object.
   *
   * @param entries lines or series of the answer
   */
  static void write(JsonGenerator json, QueryContext context, long entries) throws IOException {
    double seconds = Math.max(context.elapsedNanos(), 1) / NANOS_PER_SECOND;
    json.writeStartObject();
    json.writeObjectFieldStart("summary");
    json.writeNumberField("bytesProcessedPerSecond", (long) (context.bytesRead() / seconds));
    json.writeNumberField("linesProcessedPerSecond", (long) (context.rowsRead() / seconds));
    json.writeNumberField("totalBytesProcessed", context.bytesRead());
    json.writeNumberField("totalLinesProcessed", context.rowsRead());
    json.writeNumberField("execTime", seconds);
    zeros(json, "queueTime", "subqueries");
    json.writeNumberField("totalEntriesReturned", entries);
    zeros(json, "splits");
    json.writeNumberField("shards", 1);
    json.writeNumberField("totalPostFilterLines", entries);
    zeros(json, "totalStructuredMetadataBytesProcessed");
    json.writeEndObject();
    json.writeObjectFieldStart("querier");
    store(json, context.bytesRead(), context.rowsRead(), entries);
    json.writeEndObject();
    json.writeObjectFieldStart("ingester");
    zeros(json, "totalReached", "totalChunksMatched", "totalBatches", "totalLinesSent");
    store(json, 0, 0, 0);
    json.writeEndObject();
    caches(json);
    json.writeObjectFieldStart("index");
    zeros(json, "totalChunks", "postFilterChunks", "shardsDuration");
    json.writeBooleanField("usedBloomFilters", false);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void store(JsonGenerator json, long bytes, long lines, long entries)
      throws IOException {
    json.writeObjectFieldStart("store");
    zeros(json, "totalChunksRef", "totalChunksDownloaded", "chunksDownloadTime");
    json.writeBooleanField("queryReferencedStructuredMetadata", false);
    json.writeObjectFieldStart("chunk");
    zeros(json, "headChunkBytes", "headChunkLines");
    json.writeNumberField("decompressedBytes", bytes);
    json.writeNumberField("decompressedLines", lines);
    zeros(json, "compressedBytes", "totalDuplicates");
    json.writeNumberField("postFilterLines", entries);
    zeros(json, "headChunkStructuredMetadataBytes", "decompressedStructuredMetadataBytes");
    json.writeEndObject();
    zeros(json, "chunkRefsFetchTime", "congestionControlLatency", "pipelineWrapperFilteredLines");
    json.writeEndObject();
  }

  private static void caches(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("cache");
    for (String cache : CACHES) {
      json.writeObjectFieldStart(cache);
      zeros(
          json,
          "entriesFound",
          "entriesRequested",
          "entriesStored",
          "bytesReceived",
          "bytesSent",
          "requests",
          "downloadTime",
          "queryLengthServed");
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void zeros(JsonGenerator json, String... names) throws IOException {
    for (String name : names) {
      json.writeNumberField(name, 0);
    }
  }
}
