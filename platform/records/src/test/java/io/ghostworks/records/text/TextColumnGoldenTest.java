package io.ghostworks.records.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ghostworks.model.column.ByteArena;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A column as version 1 wrote it stays readable. A file for a new version is written by running
 * this test with the environment variable {@code GOLDEN_TEXTS} set to its path.
 */
class TextColumnGoldenTest {

  @Test
  void readsAColumnOfVersionOne() throws Exception {
    List<byte[]> texts = texts();
    writeIfAsked(texts);
    TextColumn column = TextColumnTest.open(stored());
    assertEquals(texts.size(), column.rows());
    long[] slices = new long[texts.size()];
    ByteArena arena = new ByteArena(16);
    column.texts(RowSet.all(texts.size()), arena, slices);
    for (int row = 0; row < texts.size(); row++) {
      assertArrayEquals(texts.get(row), arena.copy(slices[row]), "row " + row);
    }
    Needle needle = Needle.of("req=00000".getBytes(StandardCharsets.UTF_8));
    assertEquals(40, column.matches(needle, RowSet.all(texts.size())).count());
  }

  private static byte[] stored() throws IOException {
    try (InputStream in = TextColumnGoldenTest.class.getResourceAsStream("texts-1.column")) {
      return Objects.requireNonNull(in, "texts-1.column").readAllBytes();
    }
  }

  private static void writeIfAsked(List<byte[]> texts) throws IOException {
    String path = System.getenv("GOLDEN_TEXTS");
    if (path != null) {
      Files.write(Path.of(path), TextColumnTest.encode(texts));
    }
  }

  /** Every kind of values, every class of templates. */
  private static List<byte[]> texts() {
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long id = (i + 1) * 0x9E3779B97F4A7C15L;
      String hex = HexFormat.of().toHexDigits(id);
      add(
          texts,
          "req=%s at %d took %dms by %s"
              .formatted("0".repeat(5) + i % 10, 1_700_000_000 + 7 * i, i * i, hex));
      add(
          texts,
          "{\"n\":%d,\"s\":\"user %d of db%02d says %s\",\"k\":true}"
              .formatted(i - 5, i, i % 3, hex));
      add(texts, "disk %s on %s".formatted(i % 2 == 0 ? "full" : "slow", hex.substring(0, 7)));
    }
    add(texts, "");
    add(texts, "a text of its own");
    texts.add(new byte[] {0, (byte) 0xFF, (byte) 0xC3, 10});
    return texts;
  }

  private static void add(List<byte[]> texts, String text) {
    texts.add(text.getBytes(StandardCharsets.UTF_8));
  }
}
