package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineFieldsTest {

  private static final Labels STREAM = Labels.of("app", "web");

  @Test
  void readsNestedJsonWithItsPaths() {
    LineFields fields =
        LineFields.of(
            "{\"a\":{\"b-c\":1.50,\"list\":[1,{\"x\":2}]},\"app\":\"own\",\"none\":null,\"ok\":true}",
            STREAM);
    assertThat(fields.parser()).isEqualTo("json");
    assertThat(fields.values())
        .isEqualTo(Map.of("a_b_c", "1.50", "app_extracted", "own", "ok", "true"));
    assertThat(fields.paths()).containsEntry("a_b_c", List.of("a", "b-c"));
  }

  @Test
  void readsLogfmtWithQuotes() {
    LineFields fields = LineFields.of("level=info msg=\"a \\\"b\\\" c\" empty= word 1x=2", STREAM);
    assertThat(fields.parser()).isEqualTo("logfmt");
    assertThat(fields.values()).isEqualTo(Map.of("level", "info", "msg", "a \"b\" c", "_1x", "2"));
  }

  @Test
  void takesBrokenJsonAsLogfmt() {
    assertThat(LineFields.of("{\"a\": ", STREAM).values()).isEmpty();
    assertThat(LineFields.of("{ a=1", STREAM).values()).isEqualTo(Map.of("a", "1"));
  }
}
