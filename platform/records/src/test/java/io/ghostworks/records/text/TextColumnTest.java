package io.ghostworks.records.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextColumnTest {

  @Test
  void givesBackWhatWasWritten() throws Exception {
    for (int round = 0; round < 25; round++) {
      long seed = Long.getLong("seed", System.nanoTime());
      Random random = new Random(seed);
      List<byte[]> texts = RandomTexts.block(random, 1 + random.nextInt(300));
      TextColumn column = open(encode(texts));
      long[] slices = new long[texts.size()];
      ByteArena arena = new ByteArena(16);
      column.texts(RowSet.all(texts.size()), arena, slices);
      for (int row = 0; row < texts.size(); row++) {
        assertArrayEquals(texts.get(row), arena.copy(slices[row]), "seed " + seed + " row " + row);
      }
    }
  }

  @Test
  void findsWhatIsInTheTexts() throws Exception {
    for (int round = 0; round < 25; round++) {
      long seed = Long.getLong("seed", System.nanoTime());
      Random random = new Random(seed);
      List<byte[]> texts = RandomTexts.block(random, 1 + random.nextInt(300));
      TextColumn column = open(encode(texts));
      for (int i = 0; i < 20; i++) {
        byte[] wanted = RandomTexts.piece(random, texts);
        RowSet among = RowSet.all(texts.size());
        for (int row = 0; row < texts.size(); row++) {
          if (random.nextInt(4) == 0) {
            among.remove(row);
          }
        }
        boolean ignoreCase = random.nextInt(4) == 0;
        Needle needle = ignoreCase ? Needle.ignoringCase(wanted) : Needle.of(wanted);
        RowSet found = column.matches(needle, among);
        for (int row = 0; row < texts.size(); row++) {
          boolean expected =
              among.contains(row)
                  && latin(texts.get(row), ignoreCase).contains(latin(wanted, ignoreCase));
          assertEquals(
              expected,
              found.contains(row),
              "seed %d row %d needle '%s' text '%s'"
                  .formatted(seed, row, latin(wanted, false), latin(texts.get(row), false)));
        }
      }
    }
  }

  private static String latin(byte[] bytes, boolean lower) {
    byte[] copy = bytes.clone();
    for (int i = 0; lower && i < copy.length; i++) {
      copy[i] = Needle.lower(copy[i]);
    }
    return new String(copy, StandardCharsets.ISO_8859_1);
  }

  static byte[] encode(List<byte[]> texts) {
    ByteArena arena = new ByteArena(16);
    long[] slices = new long[texts.size()];
    for (int row = 0; row < slices.length; row++) {
      slices[row] = arena.append(texts.get(row), 0, texts.get(row).length);
    }
    BytesOutput out = new BytesOutput(16, 1 << 28);
    new TextColumnWriter().write(arena, slices, slices.length, out, TokenVisitor.NONE);
    return out.toByteArray();
  }

  static TextColumn open(byte[] bytes) throws DamagedDataException {
    return TextColumn.open(new BytesInput(bytes), 1 << 16, 1 << 28);
  }

  @Test
  void refusesOrSurvivesAnyDamage() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<byte[]> texts = RandomTexts.block(random, 200);
    byte[] good = encode(texts);
    List<Throwable> others = new ArrayList<>();
    for (int round = 0; round < 250; round++) {
      byte[] bad = good.clone();
      int changes = 1 + random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        int range = random.nextBoolean() ? bad.length : Math.min(40, bad.length);
        bad[random.nextInt(range)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      try {
        TextColumn column = TextColumn.open(new BytesInput(bad), 1 << 16, 1 << 24);
        RowSet all = RowSet.all(column.rows());
        column.matches(Needle.of(RandomTexts.piece(random, texts)), all);
        column.texts(all, new ByteArena(16), new long[column.rows()]);
      } catch (DamagedDataException e) {
        // As it must be.
      } catch (Throwable e) {
        others.add(e);
      }
    }
    assertEquals(List.of(), others.subList(0, Math.min(3, others.size())), () -> "seed " + seed);
  }
}
