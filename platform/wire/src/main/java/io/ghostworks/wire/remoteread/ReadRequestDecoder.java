package io.ghostworks.wire.remoteread;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code prometheus.ReadRequest}. Hints narrow the range where they have one; the other hints
 * only help a store to plan and are not needed for an exact answer.
 *
 * <p>Source: prometheus prompb/remote.proto, storage/remote/codec.go.
 */
public final class ReadRequestDecoder {
  private static final int QUERY = 1 << 3 | ProtoReader.BYTES;
  private static final int ACCEPTED = 2 << 3 | ProtoReader.VARINT;
  private static final int ACCEPTED_PACKED = 2 << 3 | ProtoReader.BYTES;
  private static final int START = 1 << 3 | ProtoReader.VARINT;
  private static final int END = 2 << 3 | ProtoReader.VARINT;
  private static final int MATCHER = 3 << 3 | ProtoReader.BYTES;
  private static final int HINTS = 4 << 3 | ProtoReader.BYTES;
  private static final int MATCHER_TYPE = 1 << 3 | ProtoReader.VARINT;
  private static final int MATCHER_NAME = 2 << 3 | ProtoReader.BYTES;
  private static final int MATCHER_VALUE = 3 << 3 | ProtoReader.BYTES;
  private static final int HINTS_START = 3 << 3 | ProtoReader.VARINT;
  private static final int HINTS_END = 4 << 3 | ProtoReader.VARINT;
  private static final int QUERIES_MAX = 1_000;
  private static final int MATCHERS_MAX = 1_000;
  private static final int SAMPLES = 0;
  private static final int STREAMED_XOR_CHUNKS = 1;

  private final ProtoReader reader;
  private final List<ReadRequest.Query> queries = new ArrayList<>();
  private final List<Long> accepted = new ArrayList<>();

  private ReadRequestDecoder(ProtoReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a request that is already decompressed.
   *
   * @throws WireFormatException if it is damaged, has a regular expression that is none, or accepts
   *     no type of answer that there is
   */
  public static ReadRequest decode(byte[] body) {
    ReadRequestDecoder decoder = new ReadRequestDecoder(new ProtoReader(body, 0, body.length));
    decoder.request();
    return new ReadRequest(decoder.queries, decoder.streamed());
  }

  private void request() {
    while (reader.next()) {
      switch (reader.tag()) {
        case QUERY -> query();
        case ACCEPTED -> accept(reader.varint());
        case ACCEPTED_PACKED -> {
          int outer = reader.enter();
          while (reader.position() < reader.limit()) {
            accept(reader.varint());
          }
          reader.leave(outer);
        }
        default -> reader.skip();
      }
    }
  }

  private void accept(long type) {
    if (accepted.size() < 100) {
      accepted.add(type);
    }
  }

  /** The first of the types that is known counts. */
  private boolean streamed() {
    for (long type : accepted) {
      if (type == SAMPLES || type == STREAMED_XOR_CHUNKS) {
        return type == STREAMED_XOR_CHUNKS;
      }
    }
    if (accepted.isEmpty()) {
      return false;
    }
    throw new WireFormatException(
        "server does not support any of the requested response types: %s; supported: SAMPLES, STREAMED_XOR_CHUNKS"
            .formatted(accepted),
        0);
  }

  private void query() {
    if (queries.size() == QUERIES_MAX) {
      throw reader.malformed("a request may have at most %d queries".formatted(QUERIES_MAX));
    }
    int outer = reader.enter();
    List<LabelMatcher> matchers = new ArrayList<>();
    long start = 0;
    long end = 0;
    long hintedStart = 0;
    long hintedEnd = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case START -> start = reader.varint();
        case END -> end = reader.varint();
        case MATCHER -> matchers.add(matcher(matchers.size()));
        case HINTS -> {
          int query = reader.enter();
          while (reader.next()) {
            switch (reader.tag()) {
              case HINTS_START -> hintedStart = reader.varint();
              case HINTS_END -> hintedEnd = reader.varint();
              default -> reader.skip();
            }
          }
          reader.leave(query);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    boolean hinted = hintedStart != 0 || hintedEnd != 0;
    queries.add(
        new ReadRequest.Query(
            matchers,
            hinted ? Math.max(start, hintedStart) : start,
            hinted ? Math.min(end, hintedEnd) : end));
  }

  private LabelMatcher matcher(int before) {
    if (before == MATCHERS_MAX) {
      throw reader.malformed("a query may have at most %d matchers".formatted(MATCHERS_MAX));
    }
    int outer = reader.enter();
    long type = 0;
    String name = "";
    String value = "";
    while (reader.next()) {
      switch (reader.tag()) {
        case MATCHER_TYPE -> type = reader.varint();
        case MATCHER_NAME -> name = text();
        case MATCHER_VALUE -> value = text();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    try {
      return switch ((int) type) {
        case 0 -> new LabelMatcher.Equal(name, value);
        case 1 -> new LabelMatcher.NotEqual(name, value);
        case 2 -> new LabelMatcher.Matches(name, AnchoredRegex.compile(value));
        case 3 -> new LabelMatcher.NotMatches(name, AnchoredRegex.compile(value));
        default -> throw reader.malformed("invalid matcher type %d".formatted(type));
      };
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("a matcher of a remote read: " + e.getMessage(), e);
    }
  }

  private String text() {
    int length = reader.textLength();
    int start = reader.position();
    reader.skipBytes(length);
    return new String(reader.bytes(), start, length, StandardCharsets.UTF_8);
  }
}
