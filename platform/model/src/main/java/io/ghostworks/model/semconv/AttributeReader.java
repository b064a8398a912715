package io.ghostworks.model.semconv;

import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds attributes of a batch by their meaning. Made once for a batch that is filled; looking up
 * allocates nothing but the texts that are asked for. Not thread-safe where the batch is not.
 */
public final class AttributeReader {
  private static final int[] NONE = {};

  /**
   * By meaning: the ids of those of its keys that the batch has, in the order in which they count.
   */
  private final Map<SpanAttribute, int[]> keyIds = new EnumMap<>(SpanAttribute.class);

  /**
   * @param keys of the batch
   */
  public AttributeReader(StringTable keys) {
    for (SpanAttribute meaning : SpanAttribute.values()) {
      keyIds.put(meaning, ids(keys, meaning));
    }
  }

  private static int[] ids(StringTable keys, SpanAttribute meaning) {
    int[] ids = NONE;
    for (String key : meaning.keys()) {
      int id = keys.find(key);
      if (id >= 0) {
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
      }
    }
    return ids;
  }

  private int[] idsOf(SpanAttribute meaning) {
    return keyIds.getOrDefault(meaning, NONE);
  }

  /** Whether any row of the batch may have the attribute. */
  public boolean isUsed(SpanAttribute meaning) {
    return idsOf(meaning).length > 0;
  }

  /** The entry of an attribute in a row, or −1. */
  public int entry(AttributeColumns attributes, int row, SpanAttribute meaning) {
    for (int id : idsOf(meaning)) {
      int entry = attributes.find(row, id);
      if (entry >= 0 && attributes.values().type(entry) != ValueColumn.NONE) {
        return entry;
      }
    }
    return -1;
  }

  public boolean has(AttributeColumns attributes, int row, SpanAttribute meaning) {
    return entry(attributes, row, meaning) >= 0;
  }

  /** The text of an attribute, numbers in decimal, or null where the row has none. */
  public @Nullable String findText(AttributeColumns attributes, int row, SpanAttribute meaning) {
    int entry = entry(attributes, row, meaning);
    return entry < 0 ? null : ValueText.of(attributes.values(), entry);
  }

  /**
   * The number of an attribute; senders write status codes and ports as texts, too.
   *
   * @param absent where the row has none, or no number
   */
  public long number(AttributeColumns attributes, int row, SpanAttribute meaning, long absent) {
    int entry = entry(attributes, row, meaning);
    if (entry < 0) {
      return absent;
    }
    ValueColumn values = attributes.values();
    return switch (values.type(entry)) {
      case ValueColumn.INT -> values.payload(entry);
      case ValueColumn.DOUBLE -> (long) values.doubleValue(entry);
      case ValueColumn.STRING -> parsed(values.string(entry), absent);
      default -> absent;
    };
  }

  private static long parsed(String text, long absent) {
    if (text.isEmpty() || text.length() > 18) {
      return absent;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return absent;
      }
      value = value * 10 + digit - '0';
    }
    return value;
  }

  /**
   * The name of what a client or producer calls, as far as its span alone tells it: the peer's
   * service, else the server's address, else the network peer with its port, else the database, the
   * destination of messages or the RPC service.
   */
  public Optional<String> peerName(AttributeColumns attributes, int row) {
    String peer = findText(attributes, row, SpanAttribute.PEER_SERVICE);
    if (isEmpty(peer)) {
      peer = findText(attributes, row, SpanAttribute.SERVER_ADDRESS);
    }
    if (isEmpty(peer)) {
      peer = networkPeer(attributes, row);
    }
    for (SpanAttribute fallback : FALLBACKS) {
      if (isEmpty(peer)) {
        peer = findText(attributes, row, fallback);
      }
    }
    return isEmpty(peer) ? Optional.empty() : Optional.ofNullable(peer);
  }

  private static final SpanAttribute[] FALLBACKS = {
    SpanAttribute.DB_NAMESPACE,
    SpanAttribute.DB_SYSTEM,
    SpanAttribute.MESSAGING_DESTINATION,
    SpanAttribute.MESSAGING_SYSTEM,
    SpanAttribute.RPC_SERVICE
  };

  private @Nullable String networkPeer(AttributeColumns attributes, int row) {
    String address = findText(attributes, row, SpanAttribute.NETWORK_PEER_ADDRESS);
    String port = findText(attributes, row, SpanAttribute.NETWORK_PEER_PORT);
    return isEmpty(address) || isEmpty(port) ? address : address + ":" + port;
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
