package io.ghostworks.bench.kernel;

import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.template.AnyMap;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.NotificationFunctions;
import io.ghostworks.template.PrometheusTemplate;
import io.ghostworks.template.TemplateLimits;
import io.ghostworks.template.TemplateSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Templates rendered: one annotation of a rule, and a page about 20 alerts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TemplateRender {
  private static final int ALERTS = 20;
  private static final String ANNOTATION =
      "{{ $labels.instance }} of {{ $labels.job }} has {{ printf \"%.2f\" $value }} errors a second"
          + "{{ if gt $value 10.0 }} (many){{ end }}";
  private static final String PAGE =
      "<ul>{{ range .Alerts }}<li><a href=\"{{ .Url }}\">{{ .Name }}</a>: {{ .Text }}</li>{{ end"
          + " }}</ul>";

  private final PrometheusTemplate annotation = PrometheusTemplate.parse("bench", ANNOTATION);
  private final Labels labels = Labels.of("instance", "host-1:9100", "job", "node", "zone", "eu");
  private final PrometheusTemplate.Context context =
      new PrometheusTemplate.Context(
          "http://localhost:3000", "", Labels.EMPTY, 1_800_000_000_000L, (query, at) -> List.of());
  private final Map<String, GoFunction> functions =
      NotificationFunctions.with(new SimulatedTime(1_800_000_000_000L));
  private final TemplateSet page =
      TemplateSet.withFunctions(functions.keySet()).parse("page", PAGE);
  private final AnyMap data = data();

  private static AnyMap data() {
    List<Object> alerts = new ArrayList<>();
    for (int i = 0; i < ALERTS; i++) {
      Map<String, Object> alert = new HashMap<>();
      alert.put("Url", "http://localhost:3000/graph?g0.expr=up&i=" + i);
      alert.put("Name", "HighErrorRate");
      alert.put("Text", "more than <5 %> of the requests to host-" + i + " fail");
      alerts.add(new AnyMap(new HashMap<>(alert)));
    }
    Map<String, Object> top = new HashMap<>();
    top.put("Alerts", alerts);
    return new AnyMap(new HashMap<>(top));
  }

  /** Nanoseconds an annotation. */
  @Benchmark
  public String annotation() {
    return annotation.expand(labels, 12.5, context);
  }

  /** Nanoseconds a page. */
  @Benchmark
  public String page() {
    return page.render("page", data, functions, TemplateSet.Mode.HTML, TemplateLimits.DEFAULT);
  }
}
