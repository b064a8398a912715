package io.ghostworks.records.part;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.records.column.Blob;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.records.column.DoublesCodec;
import io.ghostworks.records.column.LongsCodec;
import io.ghostworks.records.column.TextsCodec;
import io.ghostworks.records.column.Zone;
import io.ghostworks.records.text.BlockTokens;
import io.ghostworks.records.text.TextColumnWriter;
import io.ghostworks.records.text.TokenFilter;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.Crc32c;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the columns of one block after the other for {@link ColumnPartWriter}, which specifies
 * them. Not thread-safe.
 */
final class BlockEncoder implements ColumnSink {

  /** A part has so many columns of keys and types at most; beyond them values are packed. */
  static final int OWN_COLUMNS_MAX = 256;

  private final Traces traces;
  private final TextColumnWriter texts = new TextColumnWriter();
  private final Crc32c crc = new Crc32c();
  private final Set<OwnColumn> ownColumns = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final BytesOutput chunks = new BytesOutput(1 << 20, RecordPartWriter.RAW_BYTES_MAX);
  private @Nullable StringTable keys;
  private final BlockTokens tokens = new BlockTokens();
  private boolean hasBodies;

  /** Numbers the traces of a part. */
  @FunctionalInterface
  interface Traces {
    /** The ordinal of a trace, from 1; 0 of none. */
    long ordinal(long high, long low, long startNanos, long endNanos);
  }

  private record OwnColumn(ColumnKind kind, String key, byte type) {}

  private record Entry(
      ColumnKind kind, int key, byte type, int lengthBytes, int crc, @Nullable Zone zone) {}

  BlockEncoder(Traces traces) {
    this.traces = traces;
  }

  /** Begins a block. */
  void begin() {
    entries.clear();
    chunks.clear();
    keys = null;
    tokens.clear();
    hasBodies = false;
  }

  /** Ends a block; its bodies' tokens are known after it. */
  void end() {
    if (hasBodies) {
      int from = chunks.position();
      TokenFilter.write(tokens, chunks);
      end(ColumnKind.TOKENS, 0, ValueColumn.NONE, from, null);
    }
  }

  /** The tokens of the block's bodies. */
  BlockTokens tokens() {
    return tokens;
  }

  /** Whether the block has bodies. */
  boolean hasBodies() {
    return hasBodies;
  }

  /** The columns of the block, end to end. */
  BytesOutput chunks() {
    return chunks;
  }

  /** What a reader must know before it reads columns. */
  BytesOutput header(int rows) {
    StringTable table = table();
    BytesOutput header = new BytesOutput(1024, Blob.BYTES_MAX);
    header.putVarint(rows);
    header.putVarint(table.size());
    for (int key = 0; key < table.size(); key++) {
      long slice = table.slice(key);
      header.putLengthAndBytes(
          table.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
    header.putVarint(entries.size());
    for (Entry entry : entries) {
      header.putByte(entry.kind().code());
      if (entry.kind().isTyped()) {
        header.putVarint(entry.key());
        header.putByte(entry.type());
      }
      header.putVarint(entry.lengthBytes());
      header.putInt(entry.crc());
      Zone.put(header, entry.zone());
    }
    return header;
  }

  private StringTable table() {
    StringTable table = keys;
    if (table == null) {
      throw new IllegalStateException("a block has keys before its columns");
    }
    return table;
  }

  @Override
  public void keys(StringTable table) {
    keys = table;
  }

  @Override
  public void bytes(ColumnKind kind, BytesOutput bytes) {
    int from = chunks.position();
    Blob.put(chunks, bytes.array(), 0, bytes.position());
    end(kind, 0, ValueColumn.NONE, from, null);
  }

  @Override
  public void longs(ColumnKind kind, long[] values, int count) {
    int from = chunks.position();
    LongsCodec.put(chunks, values, count);
    end(kind, 0, ValueColumn.NONE, from, Zone.ofLongs(values, count));
  }

  @Override
  public void texts(ColumnKind kind, ByteArena arena, long[] slices, int count) {
    int from = chunks.position();
    TextsCodec.put(chunks, arena, slices, count);
    end(kind, 0, ValueColumn.NONE, from, Zone.ofTexts(arena, slices, count));
  }

  @Override
  public void traces(long[] high, long[] low, long[] startNanos, long[] endNanos, int count) {
    long[] ordinals = new long[count];
    for (int row = 0; row < count; row++) {
      ordinals[row] = traces.ordinal(high[row], low[row], startNanos[row], endNanos[row]);
    }
    longs(ColumnKind.TRACE, ordinals, count);
  }

  @Override
  public boolean isOwn(ColumnKind kind, int key, byte type) {
    OwnColumn column = new OwnColumn(kind, table().text(key), type);
    return ownColumns.contains(column)
        || (ownColumns.size() < OWN_COLUMNS_MAX && ownColumns.add(column));
  }

  @Override
  public void values(
      ColumnKind kind, int key, byte type, ByteArena arena, long[] payloads, int count) {
    int from = chunks.position();
    Zone zone = null;
    if (kind == ColumnKind.BODY) {
      hasBodies = true;
      if (type != ValueColumn.STRING) {
        addTokens(type, arena, payloads, count);
      }
    }
    if (kind == ColumnKind.BODY && type == ValueColumn.STRING) {
      texts.write(arena, payloads, count, chunks, tokens);
    } else if (type == ValueColumn.DOUBLE) {
      DoublesCodec.put(chunks, payloads, count);
    } else if (ValueColumn.isSlice(type)) {
      TextsCodec.put(chunks, arena, payloads, count);
      zone = Zone.ofTexts(arena, payloads, count);
    } else {
      LongsCodec.put(chunks, payloads, count);
      zone = Zone.ofLongs(payloads, count);
    }
    end(kind, key, type, from, zone);
  }

  /** Bodies that are no texts are searched as the texts that they are shown as. */
  private void addTokens(byte type, ByteArena arena, long[] payloads, int count) {
    for (int i = 0; i < count; i++) {
      String text = ValueText.of(type, payloads[i], arena);
      if (text != null) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tokens.text(bytes, 0, bytes.length);
      }
    }
  }

  private void end(ColumnKind kind, int key, byte type, int from, @Nullable Zone zone) {
    int length = chunks.position() - from;
    entries.add(new Entry(kind, key, type, length, crc.of(chunks.array(), from, length), zone));
  }
}
