package io.ghostworks.series.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the manifest keeps about a part.
 *
 * <pre>
 * facts := minTimestampMs:i64 maxTimestampMs:i64 samples:varint series:varint bytes:varint [throughSequence:varint [resolutionMs:varint sources:varint source:varint[sources]]]
 * </pre>
 *
 * What is missing at the end, as in manifests of older releases, is 0.
 *
 * @param minTimestampMs the oldest sample
 * @param maxTimestampMs the newest sample
 * @param sizeBytes of the file
 * @param throughSequence the last frame of the journal whose rows it may hold, or whose deletes it
 *     is without
 * @param resolutionMs the length of the windows of downsampled rows, or 0 for samples as they came
 * @param builtFrom of rows the numbers of the files that they were made of: any other part of finer
 *     samples of their day is news to them
 */
public record PartFacts(
    long minTimestampMs,
    long maxTimestampMs,
    long samples,
    long series,
    long sizeBytes,
    long throughSequence,
    int resolutionMs,
    List<Long> builtFrom) {
  private static final int BYTES_MAX = 96;
  private static final int RESOLUTION_MS_MAX = 86_400_000;

  public PartFacts {
    builtFrom = List.copyOf(builtFrom);
  }

  /** With the last frame that it knows of. */
  public PartFacts withThroughSequence(long newThroughSequence) {
    return new PartFacts(
        minTimestampMs,
        maxTimestampMs,
        samples,
        series,
        sizeBytes,
        newThroughSequence,
        resolutionMs,
        builtFrom);
  }

  /** With the numbers of the files that rows were made of. */
  public PartFacts withBuiltFrom(List<Long> newBuiltFrom) {
    return new PartFacts(
        minTimestampMs,
        maxTimestampMs,
        samples,
        series,
        sizeBytes,
        throughSequence,
        resolutionMs,
        newBuiltFrom);
  }

  public byte[] encode() {
    int bytesMax = BYTES_MAX + 10 * builtFrom.size();
    BytesOutput out = new BytesOutput(bytesMax, bytesMax);
    out.putLong(minTimestampMs);
    out.putLong(maxTimestampMs);
    out.putVarint(samples);
    out.putVarint(series);
    out.putVarint(sizeBytes);
    out.putVarint(throughSequence);
    out.putVarint(resolutionMs);
    out.putVarint(builtFrom.size());
    builtFrom.forEach(out::putVarint);
    return out.toByteArray();
  }

  public static PartFacts decode(byte[] bytes) throws DamagedDataException {
    BytesInput in = new BytesInput(bytes);
    return new PartFacts(
        in.getLong(),
        in.getLong(),
        in.getVarint(),
        in.getVarint(),
        in.getVarint(),
        in.remaining() > 0 ? in.getVarint() : 0,
        in.remaining() > 0 ? in.getVarint(RESOLUTION_MS_MAX) : 0,
        sources(in));
  }

  private static List<Long> sources(BytesInput in) throws DamagedDataException {
    List<Long> sources = new ArrayList<>();
    for (int left = in.remaining() > 0 ? in.getVarint(in.remaining()) : 0; left > 0; left--) {
      sources.add(in.getVarint());
    }
    return sources;
  }
}
