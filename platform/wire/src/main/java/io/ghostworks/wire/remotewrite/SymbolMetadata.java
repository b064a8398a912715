package io.ghostworks.wire.remotewrite;

import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.label.TypeAndUnit;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * The metadata of series of version 2.0. Those of a family come with each of its series: texts are
 * made only where they are not those that came with the metric's name before. Reused from series to
 * series; not thread-safe.
 */
final class SymbolMetadata {
  private static final int TYPE = 1 << 3 | ProtoReader.VARINT;
  private static final int HELP = 3 << 3 | ProtoReader.VARINT;
  private static final int UNIT = 4 << 3 | ProtoReader.VARINT;

  private final ProtoReader reader;
  private final SymbolTable symbols;
  private final FamilyMetadata families;

  /** By the symbol of a metric's name: the hash of what was kept last with it; 0 if nothing was. */
  private int[] keptOfName = {};

  private int type;
  private long helpRef;
  private long unitRef;

  SymbolMetadata(ProtoReader reader, SymbolTable symbols, FamilyMetadata families) {
    this.reader = reader;
    this.symbols = symbols;
    this.families = families;
  }

  /** Forgets those of the series before. */
  void clear() {
    type = 0;
    helpRef = 0;
    unitRef = 0;
  }

  /** Reads the message that the reader is at. */
  void read() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case TYPE -> type = (int) reader.varint();
        case HELP -> helpRef = reader.varint() & 0xffff_ffffL;
        case UNIT -> unitRef = reader.varint() & 0xffff_ffffL;
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  /** Whether the series has none. */
  boolean isEmpty() {
    return type == 0 && helpRef == 0 && unitRef == 0;
  }

  /** Adds type and unit to a series' labels, where they are known; how many bytes that takes. */
  int addTo(LabelPacker labels) {
    return TypeAndUnit.set(labels, FamilyMetadata.type(type), text(unitRef));
  }

  /** Tells which reference names no symbol; "" if each does. */
  String violation() {
    if (unitRef >= symbols.size() && unitRef != 0) {
      return "metadata unit_ref %d outside of symbols table (size %d)"
          .formatted(unitRef, symbols.size());
    }
    return helpRef >= symbols.size() && helpRef != 0
        ? "metadata help_ref %d outside of symbols table (size %d)"
            .formatted(helpRef, symbols.size())
        : "";
  }

  /**
   * Keeps what was read of a series that is taken.
   *
   * @param metricNameRef the symbol that is the metric's name
   */
  void keep(int metricNameRef) {
    if (isEmpty()) {
      return;
    }
    if (keptOfName.length == 0) {
      keptOfName = new int[symbols.size()];
    }
    int hash = ((int) helpRef * 31 + (int) unitRef) * 31 + type | Integer.MIN_VALUE;
    if (keptOfName[metricNameRef] != hash) {
      keptOfName[metricNameRef] = hash;
      String name = symbols.text(metricNameRef);
      families.add(FamilyMetadata.familyOf(name, type), type, text(helpRef), text(unitRef));
    }
  }

  private String text(long ref) {
    return symbols.find(ref)
        ? families.text(reader.bytes(), symbols.start(), symbols.length())
        : "";
  }
}
