package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HiddenValuesTest {

  private static final String TEXT =
      """
      # who is told
      receivers:
        - name: team # ours
          slack:
            - url: https://hooks/1 # the channel's
              channel: '#a'
            - url: "https://hooks/2"
              channel: '#b'
        - name: other
          slack: [{url: &u 'https://hooks/3', channel: c}]
          mail:
            password: |
              p1
            url: *u
      """;

  private final HiddenValues values =
      new HiddenValues((key, place, text) ->
          key.equals("password") || (key.equals("url") && place.equals("slack"))
              ? "<secret>"
              : text);

  private String restored(String edited) {
    return values.restore("f", edited, TEXT, "<secret>");
  }

  @Test
  void hidesValuesAndLeavesAllElseAsItIsWritten() {
    assertThat(values.hide("f", TEXT))
        .contains("- url: \"<secret>\" # the channel's")
        .contains("slack: [{url: &u \"<secret>\", channel: c}]")
        .startsWith("# who is told")
        .doesNotContain("hooks")
        .doesNotContain("p1");
  }

  @Test
  void putsBackWhatItHid() {
    ConfigNode before = YamlReader.read("f", TEXT);
    ConfigNode after = YamlReader.read("f", restored(values.hide("f", TEXT)));
    assertThat(texts(after)).isEqualTo(texts(before));
  }

  private static String texts(ConfigNode node) {
    return switch (node) {
      case ConfigNode.MapNode map -> {
        StringBuilder out = new StringBuilder("{");
        map.entries().forEach(e -> out.append(e.key().text()).append(texts(e.value())));
        yield out.append('}').toString();
      }
      case ConfigNode.ListNode list -> {
        StringBuilder out = new StringBuilder("[");
        list.items().forEach(item -> out.append(texts(item)));
        yield out.append(']').toString();
      }
      case ConfigNode.ScalarNode scalar -> "'" + scalar.text().strip() + "'";
    };
  }

  @Test
  void findsItemsAgainByNameContentOrPlace() {
    String hidden = values.hide("f", TEXT);
    String moved =
        """
        receivers:
        - name: other
          slack: [{url: <secret>, channel: c}]
        - name: team
          slack: [{url: <secret>, channel: '#b'}]
        """;
    assertThat(restored(moved)).contains("hooks/3").contains("hooks/2").doesNotContain("hooks/1");
    assertThat(restored(hidden.replace("'#a'", "'#z'"))).contains("hooks/1");
  }

  @Test
  void guessesNothing() {
    assertThatThrownBy(() -> restored("receivers: [{name: new, slack: [{url: <secret>}]}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "f:1: receivers[0].slack[0].url: the secret that stood here is not known; write it"
                + " anew");
    assertThatThrownBy(
            () -> restored("receivers: [{name: team, slack: [{url: <secret>, channel: x}]}]"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void takesWhatIsWrittenAnew() {
    assertThat(restored("receivers: [{name: team, slack: [{url: https://new}]}]"))
        .isEqualTo("receivers: [{name: team, slack: [{url: https://new}]}]");
    assertThat(restored("")).isEmpty();
  }
}
