package io.ghostworks.instrumentation.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.instrumentation.Exporters;
import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.TelemetrySettings;
import io.ghostworks.instrumentation.http.ServerRequest;
import io.ghostworks.instrumentation.metrics.JobMetrics.QueueState;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * What docs/instrumentation.md shows can be copied: it compiles, binds, and names what is there.
 */
class DocumentedExamplesTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final String PREFIX = "ghostworks.telemetry";

  /** What the examples take for granted: the application's own. */
  private static final String AROUND =
      """
      import com.zaxxer.hikari.HikariDataSource;
      import io.ghostworks.instrumentation.*;
      import io.ghostworks.instrumentation.context.*;
      import io.ghostworks.instrumentation.logging.AuditLog;
      import io.ghostworks.instrumentation.logging.AuditLog.Outcome;
      import io.ghostworks.instrumentation.metrics.*;
      import io.ghostworks.instrumentation.trace.BusinessSpans;
      import io.opentelemetry.context.*;
      import java.net.URI;
      import java.util.*;
      import javax.sql.DataSource;
      import org.slf4j.Logger;
      abstract class NAME {
        interface Repository { void insert(Object artifact); }
        HikariDataSource pool; String jdbcUrl;
        BusinessSpans spans; BusinessCounter created; AuditLog audit; Logger log;
        Repository repository; Object artifact; List<String> tags; String name, id, tenantId, userId;
        void example() {
      BODY
        }
      }
      """;

  private final String document = read(ROOT.resolve("docs").resolve("instrumentation.md"));
  @TempDir private Path classes;

  @Test
  void theJavaExamplesCompileForJava17() {
    List<String> examples = blocks("java");
    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
    for (int i = 0; i < examples.size(); i++) {
      String source = AROUND.replace("NAME", "Example" + i).replace("BODY", examples.get(i));
      StringWriter messages = new StringWriter();
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  null,
                  null,
                  List.of(
                      "--release",
                      "17",
                      "-proc:none",
                      "-d",
                      classes.toString(),
                      "-cp",
                      classPath()),
                  null,
                  List.of(new Source("Example" + i, source)))
              .call();
      assertThat(compiled).as(messages + "\n" + source).isTrue();
    }
  }

  @Test
  void thePropertiesOfTheExampleAreAllKnown() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(blocks("properties").get(0)));
    TelemetryProperties bound =
        new Binder(new MapConfigurationPropertySource(properties))
            .bind(
                PREFIX,
                Bindable.of(TelemetryProperties.class),
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
            .get();
    assertThat(bound.otlpEndpoint()).isEqualTo(URI.create("http://localhost:4318"));
    assertThat(bound.samplingProbability()).isEqualTo(0.01);
    assertThat(bound.resource()).containsEntry("service.version", "1.4.0");
  }

  @Test
  void theTableOfPropertiesIsWhole() {
    Set<String> known =
        Stream.of(TelemetryProperties.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented = new TreeSet<>();
    rows("property under")
        .forEach(row -> documented.add(row.get(0).replace("`", "").replaceFirst("\\[.*", "")));
    assertThat(documented).isEqualTo(known);
  }

  @Test
  void theTableOfMetricsIsWhole() throws Exception {
    Set<String> documented = new TreeSet<>();
    rows("metric |")
        .forEach(
            row -> named(row.get(0)).filter(name -> !name.endsWith("*")).forEach(documented::add));
    assertThat(documented).isEqualTo(metricsOfABusyApplication());
  }

  @Test
  void theVersionsToSetAreThoseOfTheBuild() {
    String pom = read(ROOT.resolve("pom.xml"));
    for (String property : List.of("opentelemetry.version", "prometheus-client.version")) {
      Matcher version = Pattern.compile("<" + property + ">[^<]+</" + property + ">").matcher(pom);
      assertThat(version.find()).isTrue();
      assertThat(document).contains(version.group());
    }
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    assertThat(document).contains(version.group());
  }

  /** Uses everything once that has metrics, and gives their names without those of the JVM. */
  private static Set<String> metricsOfABusyApplication() throws Exception {
    try (Telemetry telemetry =
        Telemetry.open(
            TelemetrySettings.of("busy"), new Exporters(List.of(), List.of(), List.of()))) {
      ServerRequest request = telemetry.http().start("GET", "http", "/", name -> null);
      request.end("/", 500, null);
      query(telemetry);
      AtomicReference<Map<String, String>> stored = new AtomicReference<>();
      telemetry.jobs().enqueue("job", stored::set);
      telemetry.jobs().run("job", stored.get(), Instant.now(), () -> {});
      telemetry.jobs().metrics().watchQueues(() -> Map.of("job", new QueueState(0, 0)));
      telemetry.jobs().metrics().threadsMax(4);
      telemetry
          .business()
          .gauge(
              "broken",
              "",
              List.of(),
              () -> {
                throw new IllegalStateException("no table");
              });
      telemetry.metricsPage().render(null);
      String page = new String(telemetry.metricsPage().render(null).body(), StandardCharsets.UTF_8);
      return Pattern.compile("(?m)^# TYPE (\\S+) ")
          .matcher(page)
          .results()
          .map(type -> type.group(1))
          .filter(name -> !name.startsWith("jvm_") && !name.startsWith("process_"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void query(Telemetry telemetry) throws SQLException {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:documented");
    try (Connection connection = telemetry.observe(h2, h2.getURL(), 10).getConnection();
        var statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("select * from missing"))
          .isInstanceOf(SQLException.class);
    }
  }

  private List<String> blocks(String language) {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(document)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** The rows of the table whose head begins so, by cells. */
  private List<List<String>> rows(String head) {
    return document
        .lines()
        .dropWhile(line -> !line.startsWith("| " + head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
        .toList();
  }

  private static Stream<String> named(String cell) {
    return Pattern.compile("`([^`]+)`").matcher(cell).results().map((MatchResult r) -> r.group(1));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("the document cannot be read", e);
    }
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
