package io.ghostworks.wire.ndjson;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.WireFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of Elasticsearch's bulk API: actions, each on a line, {@code index} and {@code create}
 * followed by a document on the next. What cannot be stored is told of its item alone; what is no
 * action at all refuses the request.
 *
 * <p>Source: Elasticsearch reference, "Bulk API".
 */
public final class BulkRequest {
  private static final int ITEMS_MAX = 1_000_000;
  private static final int ACTION_FIELDS_MAX = 100;

  private final List<Item> items = new ArrayList<>();
  private final JsonRecords records;

  /**
   * One action.
   *
   * @param action its word
   * @param index "" if it names none
   * @param id "" if it names none
   * @param row of the batch, or −1 if the item is refused
   * @param errorType Elasticsearch's word for why it is refused, "" if it is not
   * @param reason why it is refused
   */
  public record Item(
      String action, String index, String id, int row, String errorType, String reason) {}

  private BulkRequest(JsonRecords records) {
    this.records = records;
  }

  /**
   * Reads a request.
   *
   * @param index of actions that name none, as the path has it; "" for none
   * @param nowNanos the time of documents that have none, since the epoch
   * @throws WireFormatException if it is none
   */
  public static BulkRequest read(
      byte[] body, int offset, int length, String index, JsonLineOptions options, long nowNanos) {
    BulkRequest request = new BulkRequest(new JsonRecords(options, nowNanos));
    request.read(body, offset, offset + length, index);
    return request;
  }

  /** In the order of the request. */
  public List<Item> items() {
    return items;
  }

  /** The documents that can be stored. */
  public LogBatch batch() {
    return records.batch();
  }

  private void read(byte[] body, int offset, int end, String pathIndex) {
    FlatObject action = new FlatObject(new ByteArena(256), ACTION_FIELDS_MAX);
    int number = 0;
    int at = offset;
    while (at < end) {
      int lineEnd = JsonLines.lineEnd(body, at, end);
      number++;
      if (JsonLines.isBlank(body, at, lineEnd)) {
        at = lineEnd + 1;
        continue;
      }
      if (items.size() >= ITEMS_MAX) {
        throw malformed(number, "a request may have at most %d actions".formatted(ITEMS_MAX));
      }
      String word = action(action, body, at, lineEnd, number);
      String index = field(action, word + "._index", pathIndex);
      String id = field(action, word + "._id", "");
      at = lineEnd + 1;
      if (word.equals("delete")) {
        refuse(word, index, id);
        continue;
      }
      if (at >= end) {
        throw malformed(number, "the action has no document on the next line");
      }
      int documentEnd = JsonLines.lineEnd(body, at, end);
      number++;
      if (word.equals("update")) {
        refuse(word, index, id);
      } else {
        document(word, index, id, body, at, documentEnd);
      }
      at = documentEnd + 1;
    }
  }

  private static String action(FlatObject action, byte[] body, int from, int to, int number) {
    try {
      action.read(body, from, to);
    } catch (WireFormatException e) {
      throw malformed(number, String.valueOf(e.getMessage()));
    }
    String word = action.size() == 0 ? emptyAction(body, from, to) : action.name(0);
    int dot = word.indexOf('.');
    word = dot < 0 ? word : word.substring(0, dot);
    return switch (word) {
      case "index", "create", "update", "delete" -> word;
      default ->
          throw malformed(
              number,
              "expected an action create, delete, index or update, got '%s'".formatted(word));
    };
  }

  /** The word of an action without fields, as {@code {"create":{}}}. */
  private static String emptyAction(byte[] body, int from, int to) {
    String line = new String(body, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
    int start = line.indexOf('"');
    int end = line.indexOf('"', start + 1);
    return start < 0 || end < 0 ? "" : line.substring(start + 1, end);
  }

  private static WireFormatException malformed(int line, String why) {
    return new WireFormatException(
        "Malformed action/metadata line [%d], %s".formatted(line, why),
        WireFormatException.NOWHERE);
  }

  private static String field(FlatObject action, String name, String absent) {
    int field = action.find(name);
    return field < 0 ? absent : action.text(field);
  }

  private void refuse(String word, String index, String id) {
    items.add(
        new Item(
            word,
            index,
            id,
            -1,
            "illegal_argument_exception",
            "log records are never changed: only create and index are supported, got " + word));
  }

  private void document(String word, String index, String id, byte[] body, int from, int to) {
    if (index.isEmpty()) {
      items.add(
          new Item(word, "", id, -1, "action_request_validation_exception", "index is missing"));
      return;
    }
    int row = records.batch().rows();
    try {
      records.add(body, from, to, index);
      items.add(new Item(word, index, id, row, "", ""));
    } catch (WireFormatException e) {
      items.add(
          new Item(
              word, index, id, -1, "document_parsing_exception", String.valueOf(e.getMessage())));
    }
  }
}
