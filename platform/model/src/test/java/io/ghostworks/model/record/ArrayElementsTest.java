package io.ghostworks.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.column.ByteArena;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayElementsTest {

  private static List<String> elements(String wire) {
    byte[] bytes = HexFormat.of().parseHex(wire);
    ByteArena arena = new ByteArena(16);
    arena.append("before");
    ArrayElements elements = new ArrayElements(arena, arena.append(bytes, 0, bytes.length));
    List<String> texts = new ArrayList<>();
    while (elements.next()) {
      texts.add(elements.type() + ":" + ValueText.of(elements.type(), elements.payload(), arena));
    }
    return texts;
  }

  @Test
  void givesEachElementWithItsType() {
    assertThat(elements("0a030a0161" + "0a021001" + "0a02182a" + "0a09210000000000000440"))
        .containsExactly("1:a", "2:true", "3:42", "4:2.5");
  }

  @Test
  void givesNestedArraysBytesAndEmptyElements() {
    assertThat(elements("0a072a050a030a0162" + "0a033a0101" + "0a00" + "0a020a00"))
        .containsExactly("6:[\"b\"]", "5:AQ==", "0:null", "1:");
  }

  @Test
  void anEmptyArrayHasNone() {
    assertThat(elements("")).isEmpty();
  }
}
