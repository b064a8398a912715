package io.ghostworks.bench.kernel;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.records.text.BlockTokens;
import io.ghostworks.records.text.Needle;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.records.text.TextColumnWriter;
import io.ghostworks.records.text.TextTest;
import io.ghostworks.records.text.TokenVisitor;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A block of 16,384 mixed log bodies written, read and searched as a column of texts; nanoseconds a
 * line. Searching begins with the bytes of the column: unpacking is part of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextColumns {

  private static final int ROWS = 16_384;
  private static final int TEXT_BYTES_MAX = 1 << 28;

  private final LogTexts texts = new LogTexts(42, ROWS);
  private final TextColumnWriter writer = new TextColumnWriter();
  private final BytesOutput out = new BytesOutput(1 << 20, TEXT_BYTES_MAX);
  private final BlockTokens tokens = new BlockTokens();
  private final ByteArena arena = new ByteArena(texts.arena().size());
  private final long[] slices = new long[ROWS];
  private final RowSet all = RowSet.all(ROWS);
  private final byte[] column;
  private final byte[] plain;

  public TextColumns() {
    writer.write(texts.arena(), texts.slices(), ROWS, out, TokenVisitor.NONE);
    column = out.toByteArray();
    plain = texts.arena().copy(ByteArena.slice(0, texts.arena().size()));
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int encode() {
    out.clear();
    writer.write(texts.arena(), texts.slices(), ROWS, out, TokenVisitor.NONE);
    return out.position();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int encodeWithTokens() {
    out.clear();
    tokens.clear();
    writer.write(texts.arena(), texts.slices(), ROWS, out, tokens);
    return out.position();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int decode() throws DamagedDataException {
    arena.truncate(0);
    open().texts(all, arena, slices);
    return arena.size();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int pieceOfAnId() throws DamagedDataException {
    return search("5f3c9a1b2d4e");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int commonWord() throws DamagedDataException {
    return search("error");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int phrase() throws DamagedDataException {
    return search("exhausted, timeout refused after");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int jsonField() throws DamagedDataException {
    byte[] value = "500".getBytes(StandardCharsets.UTF_8);
    return open().mayEqualJsonField("http_status", value, all).count();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int everyTextRebuilt() throws DamagedDataException {
    Needle needle = Needle.of("exhausted, timeout refused after".getBytes(StandardCharsets.UTF_8));
    TextTest test = needle::occursIn;
    return open().matches(test, all).count();
  }

  /** The scan kernel over texts that are not packed. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public boolean plainScan() {
    Needle needle = Needle.of("wayTimeoutXyz".getBytes(StandardCharsets.UTF_8));
    return needle.occursIn(plain, 0, plain.length);
  }

  private int search(String needle) throws DamagedDataException {
    Needle bytes = Needle.of(needle.getBytes(StandardCharsets.UTF_8));
    return open().matches(bytes, all).count();
  }

  private TextColumn open() throws DamagedDataException {
    return TextColumn.open(new BytesInput(column), ROWS, TEXT_BYTES_MAX);
  }
}
