package io.ghostworks.wire.logs;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import java.nio.charset.StandardCharsets;

/**
 * One batch while it is completed. What a key means is worked out once a batch; what a stream says
 * of the level, once a stream; so that a row costs a look at its attributes and its line.
 */
final class BatchFields {
  private static final int ROLE_MASK = 0xff;
  private static final int SEVERITY_NUMBER = 253;
  private static final int DETECTED = 254;
  private static final int TRACE = 1 << 8;
  private static final int SPAN = 1 << 9;

  /** That a stream, or a row, says nothing of the level. */
  private static final long NO_LEVEL = -1;

  private final LogBatch batch;
  private final boolean wanted;
  private final ByteArena arena;
  private final AttributeColumns attributes;
  private final LevelFields levels;
  private final LineLevels lines;
  private final TraceContext context;

  /** What a key means: the place of a level field and 1, or another role; bits of ids. */
  private final int[] roles;

  private final int severityTextField;
  private final long[] words = new long[LevelWords.WORDS.size()];
  private final long[] streamLevels;
  private int best;
  private long bestSlice;
  private int severityEntry;
  private AttributeColumns severityIn;
  private boolean detected;

  /**
   * @param wanted whether rows get levels
   */
  BatchFields(
      LogBatch batch, boolean wanted, LevelFields levels, LineLevels lines, TraceContext context) {
    this.batch = batch;
    this.wanted = wanted;
    this.arena = batch.arena();
    this.attributes = batch.attributes();
    this.levels = levels;
    this.lines = lines;
    this.severityIn = batch.attributes();
    this.context = context;
    this.roles = new int[batch.keys().size()];
    this.severityTextField = levels.names().indexOf("severity_text");
    this.streamLevels = new long[batch.streams().size()];
  }

  void complete() {
    for (int key = 0; key < roles.length; key++) {
      roles[key] = role(batch.keys(), key);
    }
    for (int stream = 0; wanted && stream < streamLevels.length; stream++) {
      streamLevels[stream] = levelOfStream(stream);
    }
    long[] slices = new long[batch.rows()];
    for (int row = 0; row < slices.length; row++) {
      slices[row] = wanted ? level(row) : ByteArena.EMPTY;
      context(row);
    }
    if (wanted) {
      batch.addFoundLevels(slices);
    } else {
      batch.setNoLevels();
    }
  }

  private int role(StringTable keys, int key) {
    long slice = keys.slice(key);
    byte[] bytes = keys.arena().array();
    int from = ByteArena.offset(slice);
    int to = from + ByteArena.length(slice);
    int ids =
        (context.isTraceName(bytes, from, to) ? TRACE : 0)
            | (context.isSpanName(bytes, from, to) ? SPAN : 0);
    String name = AttributeNames.LOKI.labelOrKey(keys.text(key));
    return ids
        | switch (name) {
          case DetectedLevel.NAME -> DETECTED;
          case "severity_number" -> SEVERITY_NUMBER;
          default -> levels.names().indexOf(name) + 1;
        };
  }

  private long levelOfStream(int stream) {
    LabelSetTable streams = batch.streams();
    Labels labels = streams.labels(stream);
    for (String field : levels.names()) {
      String value = labels.find(field);
      if (value != null) {
        return normalized(arena.append(value));
      }
    }
    return NO_LEVEL;
  }

  /** The slice of the level that a row gets; the empty one if it has its own, or an empty one. */
  private long level(int row) {
    best = Integer.MAX_VALUE;
    bestSlice = NO_LEVEL;
    severityEntry = -1;
    detected = false;
    look(attributes, row);
    if (detected) {
      return ByteArena.EMPTY;
    }
    long ofStream = streamLevels[batch.stream(row)];
    if (ofStream != NO_LEVEL) {
      return ofStream;
    }
    if (severityTextField >= 0
        && severityTextField < best
        && ByteArena.length(batch.severityText(row)) > 0) {
      best = severityTextField;
      bestSlice = batch.severityText(row);
    }
    boolean ownNumber = severityEntry < 0 && batch.severityNumber(row) != 0;
    look(batch.resources().attributes(), batch.resource(row));
    look(batch.scopes().attributes(), batch.scope(row));
    if (bestSlice != NO_LEVEL) {
      return normalized(bestSlice);
    }
    if (ownNumber) {
      return word(LevelWords.ofSeverity(batch.severityNumber(row)));
    }
    return word(severityEntry >= 0 ? ofNumberText(row) : lineLevel(row));
  }

  /** Looks through attributes for the field that counts most. */
  private void look(AttributeColumns from, int row) {
    for (int entry = from.start(row), end = from.end(row); entry < end; entry++) {
      int role = roles[from.keyId(entry)] & ROLE_MASK;
      if (role == 0) {
        continue;
      }
      if (role == DETECTED && from == attributes) {
        normalizeOwn(entry);
        return;
      }
      if (role == SEVERITY_NUMBER) {
        if (severityEntry < 0) {
          severityEntry = entry;
          severityIn = from;
        }
      } else if (role != DETECTED && role - 1 < best) {
        best = role - 1;
        bestSlice = text(from.values(), entry);
      }
    }
  }

  private void normalizeOwn(int entry) {
    ValueColumn values = attributes.values();
    long slice = text(values, entry);
    long normalized = normalized(slice);
    if (normalized != slice) {
      values.set(entry, ValueColumn.STRING, normalized);
    }
    detected = true;
  }

  private long text(ValueColumn values, int entry) {
    if (values.type(entry) == ValueColumn.STRING) {
      return values.payload(entry);
    }
    String text = ValueText.of(values, entry);
    return text == null ? ByteArena.EMPTY : arena.append(text);
  }

  /** A level as Loki spells it; a word that it does not know stays as it is. */
  private long normalized(long slice) {
    int from = ByteArena.offset(slice);
    int level = LevelWords.ofWord(arena.array(), from, from + ByteArena.length(slice));
    return level == LevelWords.NONE ? slice : word(level);
  }

  private long word(int level) {
    if (words[level] == ByteArena.EMPTY) {
      words[level] = arena.append(LevelWords.WORDS.get(level));
    }
    return words[level];
  }

  /** The level of a severity number that is an attribute; what is no number counts as info. */
  private int ofNumberText(int row) {
    String text = arena.text(text(severityIn.values(), severityEntry));
    try {
      return text.isEmpty() ? lineLevel(row) : LevelWords.ofSeverity(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return LevelWords.INFO;
    }
  }

  private int lineLevel(int row) {
    ValueColumn body = batch.body();
    if (body.type(row) == ValueColumn.STRING) {
      int from = ByteArena.offset(body.payload(row));
      return lines.of(arena.array(), from, from + ByteArena.length(body.payload(row)));
    }
    byte[] text = bodyText(row);
    return lines.of(text, 0, text.length);
  }

  private byte[] bodyText(int row) {
    String text = ValueText.of(batch.body(), row);
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  private void context(int row) {
    if ((batch.traceIdHigh(row) | batch.traceIdLow(row)) != 0) {
      return;
    }
    context.reset();
    for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
      int role = roles[attributes.keyId(entry)];
      if ((role & (TRACE | SPAN)) != 0) {
        long value = text(attributes.values(), entry);
        int from = ByteArena.offset(value);
        int to = from + ByteArena.length(value);
        if ((role & TRACE) != 0) {
          context.trace(arena.array(), from, to);
        } else {
          context.span(arena.array(), from, to);
        }
      }
    }
    if (!context.hasTrace()) {
      contextOfLine(row);
    }
    if (context.hasTrace()) {
      long span = batch.spanId(row) != 0 ? batch.spanId(row) : context.span();
      batch.setFoundContext(row, context.traceHigh(), context.traceLow(), span);
    }
  }

  private void contextOfLine(int row) {
    ValueColumn body = batch.body();
    if (body.type(row) == ValueColumn.STRING) {
      int from = ByteArena.offset(body.payload(row));
      context.line(arena.array(), from, from + ByteArena.length(body.payload(row)));
    } else if (ValueColumn.isSlice(body.type(row))) {
      byte[] text = bodyText(row);
      context.line(text, 0, text.length);
    }
  }
}
