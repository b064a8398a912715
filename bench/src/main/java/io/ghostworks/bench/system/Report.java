package io.ghostworks.bench.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The figures of a run, as tables with a column a server, and as JSON. */
public final class Report {
  private final List<Figure> figures = new ArrayList<>();

  /**
   * One figure.
   *
   * @param load under which it was measured
   * @param server that it is about
   * @param name what it is, with its unit
   */
  private record Figure(String load, String server, String name, double value) {}

  public void add(String load, String server, String name, double value) {
    figures.add(new Figure(load, server, name, value));
    System.err.printf(Locale.ROOT, "  %s: %s: %s: %s%n", load, server, name, shown(value));
  }

  /** Prints the table of a load. */
  public void print(String load) {
    Set<String> servers = new LinkedHashSet<>();
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.load.equals(load)) {
        servers.add(figure.server);
        rows.computeIfAbsent(figure.name, name -> new LinkedHashMap<>())
            .put(figure.server, figure.value);
      }
    }
    StringBuilder out = new StringBuilder("\n| " + load);
    servers.forEach(server -> out.append(" | ").append(server));
    out.append(" |\n| ---").append(" | ---".repeat(servers.size())).append(" |\n");
    rows.forEach((name, values) -> {
      out.append("| ").append(name);
      for (String server : servers) {
        Double value = values.get(server);
        out.append(" | ").append(value == null ? "" : shown(value));
      }
      out.append(" |\n");
    });
    System.out.println(out);
  }

  /** Writes everything as JSON. */
  public void write(Path file, Map<String, Object> about) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(about);
    all.put("figures", figures);
    Files.writeString(
        file,
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
            + "\n");
  }

  private static String shown(double value) {
    double size = Math.abs(value);
    String form =
        size == Math.rint(size) ? "%,.0f" : size < 10 ? "%.3f" : size < 1000 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, form, value);
  }
}
