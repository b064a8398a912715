package io.ghostworks.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What Go 1.26 itself wrote for more than a thousand templates over the data below (option {@code
 * missingkey=zero}): {@code go-templates.jsonl} and {@code go-html-templates.jsonl} have one array
 * a line of template, output and error.
 */
class GoTemplatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, GoFunction> FUNCTIONS =
      NotificationFunctions.with(new io.ghostworks.runtime.time.SimulatedTime(1_700_000_000_000L));

  @Test
  void writesAndRefusesWhatGoDoes() throws IOException {
    List<String> different = new ArrayList<>();
    List<JsonNode> cases = cases("go-templates.jsonl");
    for (JsonNode each : cases) {
      String got = rendered(each.get(0).textValue());
      String error = each.get(2).textValue();
      String wanted = error.isEmpty() ? each.get(1).textValue() : "error: " + error;
      if (!got.equals(wanted)) {
        different.add("%s\n  Go:   %s\n  here: %s".formatted(each.get(0), wanted, got));
      }
    }
    assertThat(different).isEmpty();
    assertThat(cases).hasSizeGreaterThan(1_000);
  }

  /** The same for {@code html/template}: values stay values wherever in a page they stand. */
  @Test
  void escapesInPagesAsGoDoes() throws IOException {
    List<String> different = new ArrayList<>();
    for (JsonNode each : cases("go-html-templates.jsonl")) {
      String got = rendered(each.get(0).textValue(), TemplateSet.Mode.HTML);
      if (!got.equals(each.get(1).textValue())) {
        different.add(
            "%s\n  Go:   %s\n  here: %s".formatted(each.get(0), each.get(1).textValue(), got));
      }
    }
    assertThat(different).isEmpty();
  }

  /** Pieces of templates in any order either are written or refused, within the limits. */
  @Test
  void endsWhateverTheTemplateIs() throws IOException {
    long seed = Long.getLong("seed", 6_112_026L);
    Random random = new Random(seed);
    List<String> texts =
        cases("go-templates.jsonl").stream().map(each -> each.get(0).textValue()).toList();
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = 1 + random.nextInt(6); part > 0; part--) {
        String one = texts.get(random.nextInt(texts.size()));
        int from = random.nextInt(one.length() + 1);
        text.append(one, random.nextBoolean() ? 0 : from, one.length());
      }
      try {
        assertThat(rendered(text.toString())).isNotNull();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed %d: %s".formatted(seed, text), e);
      }
    }
  }

  private static List<JsonNode> cases(String resource) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    try (InputStream in = GoTemplatesTest.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        if (!line.isEmpty()) {
          cases.add(JSON.readTree(line));
        }
      }
    }
    return cases;
  }

  private static String rendered(String text) {
    return rendered(text, TemplateSet.Mode.TEXT);
  }

  private static String rendered(String text, TemplateSet.Mode mode) {
    try {
      return TemplateSet.withFunctions(FUNCTIONS.keySet())
          .parse("t", text)
          .render("t", data(mode), FUNCTIONS, mode, new TemplateLimits(20_000, 1 << 16, 50));
    } catch (TemplateException e) {
      return "error: " + e.getMessage();
    }
  }

  private static AnyMap data(TemplateSet.Mode mode) {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("deep", "down");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("k", "v");
    map.put("n", 1L);
    map.put("inner", new AnyMap(inner));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("Text", "hello");
    data.put("Empty", List.of());
    data.put("List", List.of("x", "y", "z"));
    data.put("Labels", Map.of("b", "2", "a", "1"));
    data.put("Time", GoTime.ofEpochNanos(1_700_000_000_000_000_000L));
    data.put("Object", new Named());
    data.put("Int", 42L);
    data.put("Neg", -7L);
    data.put("Float", 3.14159);
    data.put("Big", 1e21);
    data.put("Yes", true);
    data.put("Nil", null);
    data.put("Map", new AnyMap(map));
    data.put("Uni", "héllo, 世界 \uD83D\uDE00");
    data.put("Html", "<a href='x'>&\"</a>");
    if (mode == TemplateSet.Mode.HTML) {
      data.put("U", "http://example.com/a b?x=1&y=<2>");
      data.put("J", "javascript:alert(1)");
      data.put("M", "mailto:a@b.c");
      data.put("Sp", "a b\"c");
      data.put("Css", "color: red; width: 5px");
    }
    data.put("Dur", new GoDuration(5_400_000_000_000L));
    return new AnyMap(data);
  }

  private static final class Named implements GoObject {
    @Override
    public String typeName() {
      return "main.Named";
    }

    @Override
    public Member member(String name) {
      return switch (name) {
        case "Name" -> Member.of("object");
        case "Greet" -> Member.method(1, a -> "hi " + a.text(0));
        case "Fail" ->
            Member.method(
                0,
                a -> {
                  throw new TemplateException("it failed");
                });
        default -> null;
      };
    }

    @Override
    public String print() {
      return "{object}";
    }
  }
}
