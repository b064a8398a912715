package io.ghostworks.records.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextsCodecTest {

  /** One for each form of a column. */
  private static final List<Function<Random, String>> KINDS =
      List.of(
          random -> "the same",
          random -> "of a few " + random.nextInt(9),
          random -> "x".repeat(random.nextInt(12)) + random.nextLong(),
          random -> "%016x".formatted(random.nextLong()),
          random -> Long.toString(random.nextInt(1_000_000_000)),
          random -> "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(9), 7),
          random -> new UUID(random.nextLong(), random.nextLong()).toString());

  @Test
  void readsAllOrSomeTextsAndFindsEqualOnes() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Function<Random, String> kind = KINDS.get(seed % KINDS.size());
      int count = 1 + random.nextInt(2_000);
      String[] texts = new String[count];
      Arrays.setAll(texts, i -> kind.apply(random));
      byte[] bytes = put(texts);

      Vector all = TextsCodec.get(new BytesInput(bytes), count);
      int[] wanted = IntStream.range(0, count).filter(i -> random.nextInt(20) == 0).toArray();
      Vector some = TextsCodec.get(new BytesInput(bytes), count, wanted);
      String searched = texts[random.nextInt(count)];

      assertThat(IntStream.range(0, count).mapToObj(i -> text(all, i)))
          .as("seed %d", seed)
          .containsExactly(texts);
      assertThat(Arrays.stream(wanted).mapToObj(i -> text(some, i)))
          .as("seed %d", seed)
          .containsExactlyElementsOf(Arrays.stream(wanted).mapToObj(i -> texts[i]).toList());
      assertThat(TextsCodec.equal(new BytesInput(bytes), count, utf8(searched)))
          .as("seed %d", seed)
          .containsExactly(
              IntStream.range(0, count).filter(i -> texts[i].equals(searched)).toArray());
      assertThat(TextsCodec.equal(new BytesInput(bytes), count, utf8("none of them"))).isEmpty();
    }
  }

  private static byte[] put(String[] texts) {
    ByteArena arena = new ByteArena(16);
    long[] slices = Arrays.stream(texts).mapToLong(arena::append).toArray();
    BytesOutput out = new BytesOutput(64, 1 << 20);
    TextsCodec.put(out, arena, slices, slices.length);
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Vector texts, int entry) {
    long slice = texts.get(entry);
    return new String(
        texts.arena().array(),
        ByteArena.offset(slice),
        ByteArena.length(slice),
        StandardCharsets.UTF_8);
  }
}
