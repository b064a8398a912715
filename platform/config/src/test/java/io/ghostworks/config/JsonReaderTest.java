package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import org.junit.jupiter.api.Test;

class JsonReaderTest {

  @Test
  void valuesKnowPlaceAndPath() {
    MapNode root = (MapNode) JsonReader.read("f.json", "{\n \"a\": [1, \"x\", null, true, 1.5]}");
    ConfigNode.ListNode list = (ConfigNode.ListNode) root.find("a").orElseThrow();
    ScalarNode second = (ScalarNode) list.items().get(1);
    assertThat(second)
        .isEqualTo(
            new ScalarNode(new Position("f.json", 2, 11), "a[1]", "x", ScalarKind.STRING, false));
    assertThat(list.items().get(2).isNull()).isTrue();
    assertThat(((ScalarNode) list.items().get(4)).kind()).isEqualTo(ScalarKind.FLOAT);
  }

  @Test
  void brokenDoubledAndTrailingTextIsRefused() {
    assertThatThrownBy(() -> JsonReader.read("f.json", "{\"a\": 1,\n \"a\": 2}"))
        .hasMessage(
            "f.json:2: a: must stand only once in its mapping, got 'a'; remove it or the one in line 1");
    assertThatThrownBy(() -> JsonReader.read("f.json", "{\"a\": "))
        .hasMessageContaining("must be JSON");
    assertThatThrownBy(() -> JsonReader.read("f.json", "{} {}"))
        .hasMessageContaining("end after one");
    assertThatThrownBy(() -> JsonReader.read("f.json", "")).hasMessageContaining("not empty");
    assertThatThrownBy(() -> JsonReader.read("f.json", "[".repeat(100_000)))
        .isInstanceOf(ConfigException.class);
  }
}
