package io.ghostworks.collector.attribute;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.otlp.AnyValueText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies actions to every row of attributes, one after the other, as the Collector does. Immutable
 * and thread-safe.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib internal/coreinternal/attraction.
 */
public final class AttributeEditor {
  private final List<AttributeAction> actions;

  public AttributeEditor(List<AttributeAction> actions) {
    this.actions = List.copyOf(actions);
  }

  /** Changes all rows. */
  public void apply(AttributeColumns attributes) {
    attributes.rewrite((before, row, after) -> {
      Row editing = new Row(before, row);
      actions.forEach(editing::apply);
      editing.writeTo(after);
    });
  }

  /** The entries of one row while it is changed: the place of a value is its index in a column. */
  private static final class Row {
    private final AttributeColumns source;
    private final ValueColumn values;
    private final IntColumn keyIds = new IntColumn();
    private final IntColumn places = new IntColumn();

    Row(AttributeColumns source, int row) {
      this.source = source;
      this.values = new ValueColumn(source.values().arena());
      for (int entry = source.start(row); entry < source.end(row); entry++) {
        keyIds.add(source.keyId(entry));
        places.add(values.size());
        values.add(source.values().type(entry), source.values().payload(entry));
      }
    }

    void apply(AttributeAction action) {
      switch (action) {
        case AttributeAction.Insert insert -> {
          int value = find(insert.key()) >= 0 ? -1 : value(insert.source());
          if (value >= 0) {
            put(insert.key(), value);
          }
        }
        case AttributeAction.Update update -> {
          int value = find(update.key()) < 0 ? -1 : value(update.source());
          if (value >= 0) {
            put(update.key(), value);
          }
        }
        case AttributeAction.Upsert upsert -> {
          int value = value(upsert.source());
          if (value >= 0) {
            put(upsert.key(), value);
          }
        }
        case AttributeAction.Delete delete -> delete(delete);
        case AttributeAction.Hash hash -> hash(hash);
        case AttributeAction.Extract extract -> extract(extract);
        case AttributeAction.Convert convert -> convert(convert);
      }
    }

    void writeTo(AttributeColumns after) {
      for (int i = 0; i < keyIds.size(); i++) {
        after.addKey(keyIds.get(i));
        after.values().add(values.type(places.get(i)), values.payload(places.get(i)));
      }
    }

    private int find(String key) {
      for (int i = 0; i < keyIds.size(); i++) {
        if (source.keys().text(keyIds.get(i)).equals(key)) {
          return i;
        }
      }
      return -1;
    }

    /** The place of a source's value, or −1 where there is none. */
    private int value(AttributeAction.Source from) {
      return switch (from) {
        case AttributeAction.Source.FromAttribute attribute -> {
          int at = find(attribute.key());
          yield at < 0 ? -1 : places.get(at);
        }
        case AttributeAction.Source.Literal literal -> {
          switch (literal.value()) {
            case AttributeValue.Text text -> values.addString(text.value());
            case AttributeValue.Whole whole -> values.addInt(whole.value());
            case AttributeValue.Decimal decimal -> values.addDouble(decimal.value());
            case AttributeValue.Truth truth -> values.addBool(truth.value());
          }
          yield values.size() - 1;
        }
      };
    }

    private void put(String key, int place) {
      int at = find(key);
      if (at >= 0) {
        places.set(at, place);
      } else {
        keyIds.add(source.keys().intern(key));
        places.add(place);
      }
    }

    private boolean matches(int index, String key, @Nullable Pattern pattern) {
      String name = source.keys().text(keyIds.get(index));
      return name.equals(key) || (pattern != null && pattern.matcher(name).find());
    }

    private void delete(AttributeAction.Delete delete) {
      int kept = 0;
      for (int i = 0; i < keyIds.size(); i++) {
        if (!matches(i, delete.key(), delete.pattern())) {
          keyIds.set(kept, keyIds.get(i));
          places.set(kept, places.get(i));
          kept++;
        }
      }
      keyIds.truncate(kept);
      places.truncate(kept);
    }

    private void hash(AttributeAction.Hash hash) {
      for (int i = 0; i < keyIds.size(); i++) {
        if (matches(i, hash.key(), hash.pattern())) {
          byte[] bytes = bytesToHash(places.get(i));
          values.addString(bytes.length == 0 ? "" : sha256(bytes));
          places.set(i, values.size() - 1);
        }
      }
    }

    private byte[] bytesToHash(int place) {
      long payload = values.payload(place);
      return switch (values.type(place)) {
        case ValueColumn.NONE -> new byte[0];
        case ValueColumn.STRING, ValueColumn.BYTES -> values.arena().copy(payload);
        case ValueColumn.BOOL -> new byte[] {(byte) payload};
        case ValueColumn.INT, ValueColumn.DOUBLE ->
            ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(payload).array();
        default -> AnyValueText.of(values, place).getBytes(StandardCharsets.UTF_8);
      };
    }

    private static String sha256(byte[] bytes) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    private void extract(AttributeAction.Extract extract) {
      int at = find(extract.key());
      if (at < 0 || values.type(places.get(at)) != ValueColumn.STRING) {
        return;
      }
      Matcher matcher = extract.pattern().matcher(values.string(places.get(at)));
      if (matcher.find()) {
        for (int group = 1; group <= extract.groups().size(); group++) {
          String text = matcher.group(group);
          values.addString(text == null ? "" : text);
          put(extract.groups().get(group - 1), values.size() - 1);
        }
      }
    }

    private void convert(AttributeAction.Convert convert) {
      int at = find(convert.key());
      if (at < 0) {
        return;
      }
      int place = places.get(at);
      switch (convert.target()) {
        case STRING -> values.addString(AnyValueText.of(values, place));
        case INT -> {
          Long whole = whole(place);
          if (whole == null) {
            return;
          }
          values.addInt(whole);
        }
        case DOUBLE -> {
          Double decimal = decimal(place);
          if (decimal == null) {
            return;
          }
          values.addDouble(decimal);
        }
      }
      put(convert.key(), values.size() - 1);
    }

    private @Nullable Long whole(int place) {
      return switch (values.type(place)) {
        case ValueColumn.INT, ValueColumn.BOOL -> values.payload(place);
        case ValueColumn.DOUBLE -> (long) values.doubleValue(place);
        case ValueColumn.STRING -> {
          try {
            yield Long.parseLong(values.string(place));
          } catch (NumberFormatException e) {
            yield null; // What is no number stays a text.
          }
        }
        default -> null;
      };
    }

    private @Nullable Double decimal(int place) {
      return switch (values.type(place)) {
        case ValueColumn.INT, ValueColumn.BOOL -> (double) values.payload(place);
        case ValueColumn.DOUBLE -> values.doubleValue(place);
        case ValueColumn.STRING -> {
          long slice = values.payload(place);
          try {
            int from = ByteArena.offset(slice);
            yield io.ghostworks.wire.number.DecimalReader.parse(
                values.arena().array(), from, from + ByteArena.length(slice));
          } catch (NumberFormatException e) {
            yield null; // What is no number stays a text.
          }
        }
        default -> null;
      };
    }
  }
}
