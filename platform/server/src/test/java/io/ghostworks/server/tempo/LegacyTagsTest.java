package io.ghostworks.server.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.server.http.RequestException;
import io.ghostworks.traceql.parse.TraceqlParser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyTagsTest {

  @Test
  void everyTagIsMetBySomeSpan() {
    assertThat(LegacyTags.query(Map.of("name", "a.b", "http.status_code", "500"), 0, 0))
        .isEqualTo(
            "{ (.\"http.status_code\" = \"500\" || .\"http.status_code\" = 500) } && { name =~"
                + " \"(?s).*a\\\\.b.*\" }");
  }

  @Test
  void theLengthIsOfTheTrace() {
    assertThat(LegacyTags.query(Map.of(), 100, 2_000))
        .isEqualTo("{ traceDuration >= 100ms && traceDuration <= 2000ms }");
    assertThat(LegacyTags.query(Map.of("status.code", "error"), 5, 0))
        .isEqualTo("{ status = error && traceDuration >= 5ms }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\"b\\", "line\nend", "true", "-1.5", "[x](y)", "\u00fc"})
  void everyValueMakesAQuery(String value) {
    for (String tag : new String[] {"name", "x y", "a\"b", "error", "service.name"}) {
      TraceqlParser.parseValid(LegacyTags.query(Map.of(tag, value), 0, 0));
    }
  }

  @Test
  void readsLogfmtAsGoDoes() {
    assertThat(LogfmtTags.read("a=b  c=\"d \\\"e\\\"\" f"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "b", "c", "d \"e\"", "f", ""));
    assertThatThrownBy(() -> LogfmtTags.read("a=\"b"))
        .isInstanceOf(RequestException.class)
        .hasMessage("invalid tags: unterminated quoted value at pos 5");
    assertThatThrownBy(() -> LogfmtTags.read("a=b=c"))
        .hasMessage("invalid tags: unexpected '=' at pos 4");
  }
}
