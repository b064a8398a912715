package io.ghostworks.records.rollup;

/**
 * Counts of the log records of a part, in a file beside it: a {@link
 * io.ghostworks.storage.part.PartWriter} file of kind 0x524c, version 1. Integers as {@link
 * io.ghostworks.storage.bytes.BytesOutput} puts them.
 *
 * <pre>
 * section "cells"     := frame[chunks]            // BlockFraming: a length and a checksum each
 * frame content       := zstd(cells[streams of the chunk])
 * cells               := cellDelta:varint[entries] level:varint[entries] rows:varint[entries] bytes:varint[entries]
 * section "directory" := rawLength:varint zstd(directory)
 * directory := levels:varint level:string[levels] chunks:varint chunk[chunks] tenants:varint tenant[tenants]
 * chunk     := offset:varint length:varint rawLength:varint       // of a frame in the section of cells
 * tenant    := id:string streams:varint stream[streams]
 * stream    := labelsLength:varint packedLabels minTimeNanos:i64 maxTimeNanos:i64 step:u8
 *              firstCell:zigzag chunk:varint offset:varint entries:varint
 * step      := 0 to 3 for 15 s, 1 min, 5 min, 1 h; 255: the stream is not counted, its rows must be read
 * </pre>
 *
 * A level is "" where none was to be looked for. What a cell is stands at {@link RollupCells}.
 * Entries are in the order of their cells, the first delta is to firstCell; a cell has an entry for
 * each level. A stream has the finest step at which an entry has {@value #ROWS_MIN} rows on
 * average: where rows are few, reading them costs as little. Equal rows within the part are counted
 * once.
 */
final class RollupFormat {

  static final int KIND = 0x524c;
  static final int VERSION = 1;
  static final String CELLS = "cells";
  static final String DIRECTORY = "directory";
  static final int NOT_COUNTED = 255;
  static final int ROWS_MIN = 16;
  static final int LEVELS_MAX = 256;
  static final int RAW_BYTES_MAX = 512 << 20;

  private RollupFormat() {}
}
