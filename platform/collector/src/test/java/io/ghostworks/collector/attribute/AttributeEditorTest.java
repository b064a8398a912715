package io.ghostworks.collector.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ghostworks.collector.attribute.AttributeAction.Source;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.wire.otlp.AnyValueText;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributeEditorTest {

  private static String edited(AttributeAction... actions) {
    AttributeColumns columns = new AttributeColumns(new StringTable(), new ByteArena(64));
    columns.add("user", "jane@example");
    columns.add("n", 5);
    columns.add("text", "42");
    columns.endRow();
    columns.endRow();
    new AttributeEditor(List.of(actions)).apply(columns);
    assertThat(columns.rows()).isEqualTo(2);
    StringBuilder out = new StringBuilder();
    for (int entry = columns.start(0); entry < columns.end(0); entry++) {
      out.append(columns.key(entry))
          .append('=')
          .append(AnyValueText.of(columns.values(), entry))
          .append('/')
          .append(columns.values().type(entry))
          .append(' ');
    }
    return out.toString().strip();
  }

  private static Source literal(String text) {
    return new Source.Literal(new AttributeValue.Text(text));
  }

  @Test
  void insertsWhereTheKeyIsMissing() {
    assertThat(
            edited(
                new AttributeAction.Insert("user", literal("x")),
                new AttributeAction.Insert("new", literal("x"))))
        .isEqualTo("user=jane@example/1 n=5/3 text=42/1 new=x/1");
  }

  @Test
  void updatesWhereTheKeyIsThereAndUpsertsAlways() {
    assertThat(
            edited(
                new AttributeAction.Update("missing", literal("x")),
                new AttributeAction.Update("n", literal("x")),
                new AttributeAction.Upsert("m", new Source.FromAttribute("user")),
                new AttributeAction.Upsert("o", new Source.FromAttribute("missing"))))
        .isEqualTo("user=jane@example/1 n=x/1 text=42/1 m=jane@example/1");
  }

  @Test
  void deletesAndHashesByKeyAndPattern() {
    assertThat(
            edited(
                new AttributeAction.Delete("n", Pattern.compile("^te")),
                new AttributeAction.Hash("user", null)))
        .isEqualTo("user=" + sha256("jane@example") + "/1");
  }

  private static String sha256(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void extractsNamedGroupsOfTexts() {
    AttributeAction extract =
        new AttributeAction.Extract(
            "user", Pattern.compile("(?P<name>\\w+)@(?P<n>\\w+)"), List.of("name", "n"));
    assertThat(edited(extract)).isEqualTo("user=jane@example/1 n=example/1 text=42/1 name=jane/1");
  }

  @Test
  void convertsWhatCanBeConverted() {
    assertThat(
            edited(
                new AttributeAction.Convert("text", AttributeAction.Target.INT),
                new AttributeAction.Convert("n", AttributeAction.Target.DOUBLE),
                new AttributeAction.Convert("user", AttributeAction.Target.INT)))
        .isEqualTo("user=jane@example/1 n=5/4 text=42/3");
  }
}
