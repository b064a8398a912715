package io.ghostworks.dashboards;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The dashboards of files, and the one about the platform itself. Immutable and thread-safe. */
public final class Dashboards {

  /** None but the one about the platform. */
  public static final Dashboards NONE = read(List.of(), new Findings());

  private static final String BUILT_IN = "ghostworks.json";

  private final List<Path> paths;
  private final Map<String, Dashboard> byUid;
  private final String state;
  private final Duration interval;

  private Dashboards(List<Path> paths, Map<String, Dashboard> byUid, DashboardSources.Found found) {
    this.paths = List.copyOf(paths);
    this.byUid = byUid;
    this.state = found.state();
    this.interval = found.interval();
  }

  /**
   * Reads files, folders and what files of Grafana's provisioning name, and adds the dashboard
   * about the platform itself. Of dashboards with the same uid the first counts, and a mistake
   * names both.
   */
  public static Dashboards read(List<Path> paths, Findings findings) {
    Map<String, Dashboard> byUid = new LinkedHashMap<>();
    Dashboard builtIn = builtIn();
    byUid.put(builtIn.uid(), builtIn);
    DashboardSources.Found found = DashboardSources.find(paths, findings);
    for (DashboardSources.Source source : found.sources()) {
      for (Dashboard dashboard : DashboardReader.read(source, findings)) {
        Dashboard before = byUid.putIfAbsent(dashboard.uid(), dashboard);
        if (before != null) {
          findings.error(
              ConfigError.at(
                  Position.wholeFile(dashboard.origin()),
                  "uid",
                  "must be unique, and %s has it already".formatted(before.origin()),
                  dashboard.uid(),
                  "give one of them another uid"));
        }
      }
    }
    return new Dashboards(paths, byUid, found);
  }

  private static Dashboard builtIn() {
    try (InputStream in = Dashboards.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException(BUILT_IN + " is missing from the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return DashboardReader.read(
              new DashboardSources.Source(Path.of(BUILT_IN), Dashboard.Place.GENERAL, false, true),
              text,
              0,
              new Findings())
          .getFirst();
    } catch (IOException e) {
      throw new IllegalStateException(BUILT_IN + " cannot be read", e);
    }
  }

  /**
   * The dashboards as the files are now: this, if none of them has changed. A dashboard whose file
   * has become unreadable stays as it was.
   */
  Dashboards anew(Findings findings) {
    if (DashboardSources.find(paths, new Findings()).state().equals(state)) {
      return this;
    }
    Dashboards now = read(paths, findings);
    Collection<String> wrong = findings.errors().stream().map(ConfigError::file).toList();
    for (Dashboard before : byUid.values()) {
      if (wrong.contains(before.origin())) {
        now.byUid.putIfAbsent(before.uid(), before);
      }
    }
    return now;
  }

  /** How often it is worth to look for changes. */
  Duration interval() {
    return interval;
  }

  /** A dashboard by its uid. */
  public Optional<Dashboard> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** All, the platform's own first. */
  public List<Dashboard> all() {
    return List.copyOf(byUid.values());
  }

  /** The titles of the folders that dashboards are in, by uid. */
  public Map<String, String> folders() {
    Map<String, String> folders = new TreeMap<>();
    for (Dashboard dashboard : byUid.values()) {
      if (!dashboard.folderUid().isEmpty()) {
        folders.put(dashboard.folderUid(), dashboard.place().folderTitle());
      }
    }
    return folders;
  }

  static String folderUid(String title) {
    return "f-" + HexFormat.of().toHexDigits(title.hashCode());
  }
}
