package io.ghostworks.wire.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelPackerTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void packsAsLabelsArePacked() {
    SplittableRandom random = new SplittableRandom(5);
    LabelPacker packer = new LabelPacker();
    for (int round = 0; round < 500; round++) {
      packer.clear();
      Labels.Builder expected = Labels.builder();
      for (int i = random.nextInt(80); i > 0; i--) {
        String name = "n" + random.nextInt(200) + (random.nextBoolean() ? "é" : "");
        String value = random.nextInt(5) == 0 ? "" : "v".repeat(random.nextInt(1, 300));
        packer.set(bytes(name), bytes(value));
        expected.set(name, value);
      }
      LabelSetTable table = new LabelSetTable();
      packer.addTo(table);
      assertThat(table.labels(0)).isEqualTo(expected.build());
      assertThat(packer.findDuplicate()).isNegative();
    }
  }

  @Test
  void findsANameThatIsThereTwice() {
    LabelPacker packer = new LabelPacker();
    for (String name : new String[] {"b", "a", "c", "b"}) {
      packer.add(bytes(name), bytes("x"));
    }
    packer.sort();
    assertThat(packer.name(packer.findDuplicate())).isEqualTo("b");
  }
}
