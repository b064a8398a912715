package io.ghostworks.series;

import io.ghostworks.journal.SegmentDictionary;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.series.head.HeadIndex;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a frame of the series journal.
 *
 * <pre>
 * frame       := version:u8 (2) tenant:string pairs series samples exemplars metadata
 * pairs       := count:u32 (id:varint name:string value:string)[count]             // label pairs with these ids in the segment
 * series      := count:u32 (id:varint labels:varint pair:varint[labels])[count]    // series with these ids; pairs sorted by name
 * samples     := count:varint flags:u8 ids times values [starts]         // flags: bit 0 start timestamps
 * ids         := (difference of ids to the row before:zigzag)[count]
 * times       := (difference in ms to the row before:zigzag)[count]
 * values      := (header:u8 payload)[count]      // 0tttllll: l bytes of the bits, the t lowest bytes left out as zeros; 15: length:varint histogram
 * starts      := (0, or 1 + zigzag of start minus the row's time:varint)[count]      // 0: unknown
 * exemplars   := count:varint (id:varint length:varint packedLabels value:f64 timestampMs:zigzag timed:u8)[count]   // version 1 has no timed; all were
 * metadata    := count:varint (family:string type:u8 help:string unit:string)[count]
 * string      := length:varint utf8
 * </pre>
 */
final class FrameCodec {
  private static final int VERSION = 2;
  private static final int STARTS = 1;
  private static final int HISTOGRAM = 15;

  /** A type's number is its place here; new ones are added at the end. */
  private static final List<MetricType> TYPES =
      List.of(
          MetricType.UNKNOWN,
          MetricType.COUNTER,
          MetricType.GAUGE,
          MetricType.HISTOGRAM,
          MetricType.GAUGEHISTOGRAM,
          MetricType.SUMMARY,
          MetricType.INFO,
          MetricType.STATESET);

  private FrameCodec() {}

  /** Writes rows; the caller holds the head's read lock, since definitions are read there. */
  static void write(Rows rows, SegmentDictionary dictionary, BytesOutput out) {
    HeadIndex index = rows.index;
    out.putByte(VERSION);
    out.putString(rows.tenant.value());
    writeDefinitions(rows, dictionary, out);
    int count = rows.size();
    out.putVarint(count);
    out.putByte(rows.hasStarts() ? STARTS : 0);
    int before = 0;
    for (int i = 0; i < count; i++) {
      int series = rows.series.get(i);
      out.putZigzag(i == 0 ? series + index.firstJournalId() : series - before);
      before = series;
    }
    long timeBefore = 0;
    for (int i = 0; i < count; i++) {
      long time = rows.timestampsMs.get(i);
      out.putZigzag(time - timeBefore);
      timeBefore = time;
    }
    for (int i = 0; i < count; i++) {
      if (rows.kinds.get(i) == Rows.HISTOGRAM) {
        long slice = rows.values.get(i);
        out.putByte(HISTOGRAM);
        out.putLengthAndBytes(
            rows.histograms.array(), ByteArena.offset(slice), ByteArena.length(slice));
      } else {
        writeBits(rows.values.get(i), out);
      }
    }
    if (rows.hasStarts()) {
      for (int i = 0; i < count; i++) {
        long start = rows.startsMs.get(i);
        long difference = start - rows.timestampsMs.get(i);
        out.putVarint(start == 0 ? 0 : 1 + ((difference << 1) ^ (difference >> 63)));
      }
    }
    out.putVarint(rows.exemplars.size());
    for (Rows.SeriesExemplar exemplar : rows.exemplars) {
      out.putVarint(index.firstJournalId() + exemplar.series());
      writeExemplar(exemplar.exemplar(), out);
    }
    writeMetadata(rows.metadata, out);
  }

  /** Reads tenant and definitions only; pairs are kept for later frames of the segment. */
  static Frame readDefinitions(BytesInput in, SegmentPairs pairs) throws DamagedDataException {
    return readDefinitions(in.getByte(), in, pairs);
  }

  private static Frame readDefinitions(int version, BytesInput in, SegmentPairs pairs)
      throws DamagedDataException {
    if (version < 1 || version > VERSION) {
      throw new DamagedDataException(
          "this release reads frames of versions up to %d, got %d".formatted(VERSION, version));
    }
    Frame frame = new Frame(tenant(in.getString()));
    for (int left = in.getInt(); left > 0; left--) {
      pairs.define(in.getVarint(), in);
    }
    for (int left = in.getInt(); left > 0; left--) {
      readSeries(in, pairs, frame);
    }
    return frame;
  }

  /** Reads a whole frame. */
  static Frame read(BytesInput in, SegmentPairs pairs) throws DamagedDataException {
    int version = in.getByte();
    Frame frame = readDefinitions(version, in, pairs);
    int count = in.getVarint(in.remaining());
    int flags = in.getByte();
    long series = 0;
    for (int i = 0; i < count; i++) {
      series += in.getZigzag();
      frame.ids.add(series);
    }
    long time = 0;
    for (int i = 0; i < count; i++) {
      time += in.getZigzag();
      frame.timestampsMs.add(time);
    }
    for (int i = 0; i < count; i++) {
      readValue(in, frame);
    }
    for (int i = 0; i < count; i++) {
      long encoded = (flags & STARTS) == 0 ? 0 : in.getVarint();
      long zigzag = encoded - 1;
      long difference = (zigzag >>> 1) ^ -(zigzag & 1);
      frame.startsMs.add(encoded == 0 ? 0 : frame.timestampsMs.get(i) + difference);
    }
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      frame.exemplars.add(new Frame.IdExemplar(in.getVarint(), readExemplar(in, version)));
    }
    readMetadata(in, frame.metadata);
    if (in.remaining() > 0) {
      throw new DamagedDataException(
          "a frame must end after its metadata, but %d bytes follow".formatted(in.remaining()));
    }
    return frame;
  }

  static void writeExemplar(Exemplar exemplar, BytesOutput out) {
    byte[] packed = LabelSetTable.pack(exemplar.labels());
    out.putLengthAndBytes(packed, 0, packed.length);
    out.putDouble(exemplar.value());
    out.putZigzag(exemplar.timestampMs());
    out.putByte(exemplar.timed() ? 1 : 0);
  }

  /**
   * @param version of the frames whose form it has
   */
  static Exemplar readExemplar(BytesInput in, int version) throws DamagedDataException {
    Labels labels = labels(in.getLengthAndBytes());
    return new Exemplar(labels, in.getDouble(), in.getZigzag(), version < 2 || in.getByte() != 0);
  }

  static void writeMetadata(String family, MetricMetadata about, BytesOutput out) {
    out.putString(family);
    out.putByte(TYPES.indexOf(about.type()));
    out.putString(about.help());
    out.putString(about.unit());
  }

  static MetricMetadata readAbout(BytesInput in) throws DamagedDataException {
    int type = in.getByte();
    if (type >= TYPES.size()) {
      throw new DamagedDataException("a metric's type must be known, got %d".formatted(type));
    }
    return new MetricMetadata(TYPES.get(type), in.getString(), in.getString());
  }

  static TenantId tenant(String id) throws DamagedDataException {
    try {
      return new TenantId(id);
    } catch (IllegalArgumentException e) {
      throw new DamagedDataException(String.valueOf(e.getMessage()), e);
    }
  }

  static Labels labels(byte[] packed) throws DamagedDataException {
    try {
      return LabelSetTable.unpack(packed, 0, packed.length);
    } catch (IllegalArgumentException e) {
      throw new DamagedDataException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void writeDefinitions(Rows rows, SegmentDictionary dictionary, BytesOutput out) {
    IntColumn series = new IntColumn();
    for (int i = 0; i < rows.size(); i++) {
      define(rows.index, rows.series.get(i), dictionary, series);
    }
    for (Rows.SeriesExemplar exemplar : rows.exemplars) {
      define(rows.index, exemplar.series(), dictionary, series);
    }
    writePairs(rows.index, series, dictionary, out);
    out.putInt(series.size());
    for (int i = 0; i < series.size(); i++) {
      writeSeries(rows.index, series.get(i), out);
    }
  }

  private static void define(
      HeadIndex index, int series, SegmentDictionary dictionary, IntColumn defined) {
    // Series and pairs share the segment's dictionary: even ids are series.
    if (dictionary.define((index.firstJournalId() + series) << 1)) {
      defined.add(series);
    }
  }

  private static void writePairs(
      HeadIndex index, IntColumn series, SegmentDictionary dictionary, BytesOutput out) {
    int countAt = out.position();
    out.putInt(0);
    int count = 0;
    ByteArena packed = new ByteArena(256);
    for (int i = 0; i < series.size(); i++) {
      HeadIndex.PairCursor pairs = index.pairs(series.get(i));
      while (pairs.next()) {
        long id = index.firstJournalPair() + pairs.pair();
        if (dictionary.define(id << 1 | 1)) {
          packed.truncate(0);
          index.appendPair(pairs.pair(), packed);
          out.putVarint(id);
          out.putBytes(packed.array(), 0, packed.size());
          count++;
        }
      }
    }
    out.setInt(countAt, count);
  }

  private static void writeSeries(HeadIndex index, int series, BytesOutput out) {
    HeadIndex.PairCursor pairs = index.pairs(series);
    out.putVarint(index.firstJournalId() + series);
    out.putVarint(pairs.size());
    while (pairs.next()) {
      out.putVarint(index.firstJournalPair() + pairs.pair());
    }
  }

  private static void readSeries(BytesInput in, SegmentPairs pairs, Frame frame)
      throws DamagedDataException {
    long id = in.getVarint();
    int from = frame.bytes.size();
    boolean whole = true;
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      whole &= pairs.append(in.getVarint(), frame.bytes);
    }
    // A pair that a damaged frame defined is missing: the series stays undefined.
    if (whole) {
      frame.definedIds.add(id);
      frame.definitions.add(ByteArena.slice(from, frame.bytes.size() - from));
    }
  }

  private static void writeBits(long bits, BytesOutput out) {
    if (bits == 0) {
      out.putByte(0);
      return;
    }
    int trailing = Long.numberOfTrailingZeros(bits) >>> 3;
    long rest = bits >>> (8 * trailing);
    int length = (71 - Long.numberOfLeadingZeros(rest)) >>> 3;
    out.putByte((trailing << 4) | length);
    for (int i = 0; i < length; i++) {
      out.putByte((int) rest);
      rest >>>= 8;
    }
  }

  private static void readValue(BytesInput in, Frame frame) throws DamagedDataException {
    int header = in.getByte();
    if (header == HISTOGRAM) {
      int length = in.getVarint(in.remaining());
      frame.values.add(frame.bytes.append(in.array(), in.arrayOffset(), length));
      frame.kinds.add(Rows.HISTOGRAM);
      in.skip(length);
      return;
    }
    int length = header & 15;
    if (length > Long.BYTES || header > 0x7f) {
      throw new DamagedDataException("a value must not have the header %d".formatted(header));
    }
    long bits = 0;
    for (int i = 0; i < length; i++) {
      bits |= (long) in.getByte() << (8 * i);
    }
    frame.values.add(bits << (8 * (header >>> 4)));
    frame.kinds.add(Rows.FLOAT);
  }

  private static void writeMetadata(Map<String, MetricMetadata> metadata, BytesOutput out) {
    out.putVarint(metadata.size());
    metadata.forEach((family, about) -> writeMetadata(family, about, out));
  }

  private static void readMetadata(BytesInput in, Map<String, MetricMetadata> target)
      throws DamagedDataException {
    for (int left = in.getVarint(in.remaining()); left > 0; left--) {
      target.put(in.getString(), readAbout(in));
    }
  }
}
