package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

  @Test
  void everyValueKnowsItsPlaceAndKeyPath() {
    MapNode root = map("a: 1\nb:\n  - c: x\n    'd e': y\n");
    ListNode list = (ListNode) root.find("b").orElseThrow();
    MapNode item = (MapNode) list.items().getFirst();
    ScalarNode c = (ScalarNode) item.find("c").orElseThrow();
    assertThat(c.position()).isEqualTo(new Position("f.yml", 3, 8));
    assertThat(c.keyPath()).isEqualTo("b[0].c");
    assertThat(item.find("d e").orElseThrow().keyPath()).isEqualTo("b[0]['d e']");
  }

  @Test
  void unquotedScalarsHaveTheKindOfTheirText() {
    MapNode root =
        map(
            "a: 017\nb: 1.5e3\nc: ~\nd: True\ne: yes\nf: '1'\ng: 1_000\nh: .inf\ni: 1.2.3\nj: 0x1F\nk:\n");
    assertThat(kind(root, "a")).isEqualTo(ScalarKind.INTEGER);
    assertThat(kind(root, "b")).isEqualTo(ScalarKind.FLOAT);
    assertThat(kind(root, "c")).isEqualTo(ScalarKind.NULL);
    assertThat(kind(root, "d")).isEqualTo(ScalarKind.BOOLEAN);
    assertThat(kind(root, "e")).isEqualTo(ScalarKind.STRING);
    assertThat(kind(root, "f")).isEqualTo(ScalarKind.STRING);
    assertThat(kind(root, "g")).isEqualTo(ScalarKind.INTEGER);
    assertThat(kind(root, "h")).isEqualTo(ScalarKind.FLOAT);
    assertThat(kind(root, "i")).isEqualTo(ScalarKind.STRING);
    assertThat(kind(root, "j")).isEqualTo(ScalarKind.INTEGER);
    assertThat(kind(root, "k")).isEqualTo(ScalarKind.NULL);
  }

  @Test
  void mergeKeysAddWhatTheMappingDoesNotHave() {
    MapNode root =
        map("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nuse:\n  x: own\n  <<: [*b, *m]\n");
    MapNode use = (MapNode) root.find("use").orElseThrow();
    assertThat(text(use, "x")).isEqualTo("own");
    assertThat(text(use, "y")).isEqualTo("2");
    assertThat(text(use, "z")).isEqualTo("4");
    assertThat(use.find("z").orElseThrow().keyPath()).isEqualTo("use.z");
    assertThat(use.find("z").orElseThrow().position().line()).isEqualTo(2);
  }

  @Test
  void aQuotedMergeSignIsAnOrdinaryKey() {
    assertThat(text(map("'<<': x\n"), "<<")).isEqualTo("x");
  }

  @Test
  void aKeyGivenTwiceIsRefusedWithBothLines() {
    assertThatThrownBy(() -> map("a: 1\nb: 2\na: 3\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "f.yml:3: a: must stand only once in its mapping, got 'a'; remove it or the one in line 1");
  }

  @Test
  void brokenYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> map("a: 1\nb: [1, 2\nc: }\n"))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.errors().getFirst().line()).isEqualTo(3))
        .hasMessageContaining("must be YAML");
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      text.append("a%d: &a%d [".formatted(i, i));
      text.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
    }
    assertThatThrownBy(() -> map(text.toString()))
        .hasMessageContaining("values with aliases expanded");
  }

  @Test
  void anAliasOfWhatContainsItIsRefused() {
    assertThatThrownBy(() -> map("a: &a\n  b: *a\n"))
        .hasMessageContaining("value that contains it");
  }

  @Test
  void anUnknownAliasIsRefused() {
    assertThatThrownBy(() -> map("a: *nope\n"))
        .hasMessageContaining("anchor defined before it, got '*nope'");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> YamlReader.read("f.yml", "[".repeat(100_000)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("levels deep");
  }

  @Test
  void anEmptyTextIsNull() {
    assertThat(YamlReader.read("f.yml", "# nothing\n").isNull()).isTrue();
    assertThat(YamlReader.readAll("f.yml", "")).isEmpty();
  }

  @Test
  void allDocumentsCanBeRead() {
    assertThat(YamlReader.readAll("f.yml", "a: 1\n---\nb: 2\n")).hasSize(2);
  }

  @Test
  void tagsDecideTheKind() {
    MapNode root = map("a: !!str 1\nb: !!int 7\nc: !!binary aGk=\nd: !mine x\n");
    assertThat(kind(root, "a")).isEqualTo(ScalarKind.STRING);
    assertThat(kind(root, "b")).isEqualTo(ScalarKind.INTEGER);
    assertThat(text(root, "c")).isEqualTo("hi");
    assertThat(kind(root, "d")).isEqualTo(ScalarKind.STRING);
    assertThatThrownBy(() -> map("a: !!int x\n")).hasMessageContaining("tag !!int");
  }

  private static MapNode map(String text) {
    return (MapNode) YamlReader.read("f.yml", text);
  }

  private static ScalarKind kind(MapNode map, String key) {
    return ((ScalarNode) map.find(key).orElseThrow()).kind();
  }

  private static String text(MapNode map, String key) {
    return ((ScalarNode) map.find(key).orElseThrow()).text();
  }
}
