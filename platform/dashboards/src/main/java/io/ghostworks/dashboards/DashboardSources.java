package io.ghostworks.dashboards;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Position;
import io.ghostworks.config.ScalarKind;
import io.ghostworks.config.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the files that paths stand for. A path is a file of dashboards, a folder of them, or a file
 * of Grafana's provisioning ({@code apiVersion: 1}, {@code providers}) that names folders; a folder
 * may contain all three. What a provider claims belongs to it alone, wherever else it is found.
 */
final class DashboardSources {

  private static final Duration INTERVAL_DEFAULT = Duration.ofSeconds(10);
  private static final int FILES_MAX = 10_000;
  private static final int DEPTH_MAX = 20;
  private static final Set<String> PROVIDER_KEYS =
      Set.of(
          "name",
          "orgId",
          "orgName",
          "org_id",
          "folder",
          "folderUid",
          "type",
          "disableDeletion",
          "editable",
          "updateIntervalSeconds",
          "allowUiUpdates",
          "options");

  private final Findings findings;
  private final Map<Path, Source> sources = new LinkedHashMap<>();
  private final Set<Path> providers = new TreeSet<>();
  private final Set<Path> claimed = new TreeSet<>();
  private Duration interval = INTERVAL_DEFAULT;

  private DashboardSources(Findings findings) {
    this.findings = findings;
  }

  /**
   * One file of dashboards.
   *
   * @param foldersFromFiles whether what the file says of its folder counts
   * @param named whether somebody named this very file
   */
  record Source(Path file, Dashboard.Place place, boolean foldersFromFiles, boolean named) {}

  /**
   * What was found.
   *
   * @param state changes when any of the files does
   * @param interval after which it is worth to look again
   */
  record Found(List<Source> sources, String state, Duration interval) {
    Found {
      sources = List.copyOf(sources);
    }
  }

  static Found find(List<Path> paths, Findings findings) {
    DashboardSources finder = new DashboardSources(findings);
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        finder.files(path).stream().filter(DashboardSources::isYaml).forEach(finder::provider);
      } else if (isYaml(path)) {
        finder.provider(path);
      }
    }
    for (Path path : paths) {
      finder.plain(path);
    }
    List<Source> found = List.copyOf(finder.sources.values());
    return new Found(found, finder.state(found), finder.interval);
  }

  private void plain(Path path) {
    if (!Files.isDirectory(path)) {
      if (!providers.contains(path)) {
        add(new Source(path, Dashboard.Place.GENERAL, true, true));
      }
      return;
    }
    for (Path file : files(path)) {
      if (!providers.contains(file) && !claimed.contains(real(file))) {
        add(new Source(file, Dashboard.Place.GENERAL.inFolder(folder(path, file)), true, false));
      }
    }
  }

  private void add(Source source) {
    if (sources.size() < FILES_MAX) {
      sources.putIfAbsent(real(source.file), source);
    }
  }

  /** Files of dashboards and of YAML below a folder, by name. */
  private List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder, DEPTH_MAX)) {
      return files
          .filter(file -> isJson(file) || isYaml(file))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(FILES_MAX)
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      findings.error(
          ConfigError.at(
              Position.wholeFile(folder.toString()),
              "",
              "must be readable: " + e.getMessage(),
              "",
              "check its access rights"));
      return List.of();
    }
  }

  /** Reads a file of provisioning; does nothing with any other. */
  private void provider(Path file) {
    ConfigNode root;
    try {
      root = YamlReader.read(file.toString(), Files.readString(file));
    } catch (ConfigException | IOException e) {
      return; // whoever reads its dashboards says so
    }
    if (!(root instanceof ConfigNode.MapNode map)
        || !(map.find("providers").orElse(null) instanceof ConfigNode.ListNode list)) {
      return;
    }
    providers.add(file);
    for (ConfigNode item : list.items()) {
      if (item instanceof ConfigNode.MapNode provider) {
        provider(file, provider);
      } else {
        findings.error(item, "a provider must be a mapping", "");
      }
    }
  }

  private void provider(Path file, ConfigNode.MapNode provider) {
    for (ConfigNode.Entry entry : provider.entries()) {
      if (!PROVIDER_KEYS.contains(entry.key().text())) {
        findings.warning(entry.key(), "this key is not one of a provider of dashboards");
      }
    }
    String type = scalar(provider, "type");
    if (!type.isEmpty() && !type.equals("file")) {
      findings.error(provider, "a provider's type must be 'file', got '%s'".formatted(type), "");
      return;
    }
    if (!(provider.find("options").orElse(null) instanceof ConfigNode.MapNode options)) {
      findings.error(provider, "a provider must have options.path", "name a folder there");
      return;
    }
    String path = scalar(options, "path");
    path = path.isEmpty() ? scalar(options, "folder") : path; // as it was called at first
    if (path.isEmpty()) {
      findings.error(options, "a provider must have options.path", "name a folder there");
      return;
    }
    if (isTrue(provider, "disableDeletion")) {
      provider
          .find("disableDeletion")
          .ifPresent(key ->
              findings.withoutEffect(
                  key, "a dashboard whose file is deleted is gone, as nothing is copied here"));
    }
    interval(provider);
    Path base = file.toAbsolutePath().getParent();
    Path folder = base == null ? Path.of(path) : base.resolve(path).normalize();
    if (!Files.exists(folder)) {
      findings.warning(provider, "the path %s is not there yet".formatted(folder));
      return;
    }
    Dashboard.Place place =
        new Dashboard.Place(
            scalar(provider, "folder"),
            scalar(provider, "folderUid"),
            isTrue(provider, "allowUiUpdates"));
    boolean fromFiles = isTrue(options, "foldersFromFilesStructure");
    if (!Files.isDirectory(folder)) {
      claim(new Source(folder, place, false, true));
      return;
    }
    for (Path each : files(folder)) {
      if (!providers.contains(each)) {
        claim(
            new Source(
                each,
                fromFiles ? place.inFolder(folder(folder, each)) : place,
                fromFiles || place.folderTitle().isEmpty(),
                false));
      }
    }
  }

  private void claim(Source source) {
    claimed.add(real(source.file));
    add(source);
  }

  private void interval(ConfigNode.MapNode provider) {
    try {
      long seconds = Long.parseLong(scalar(provider, "updateIntervalSeconds"));
      if (seconds > 0) {
        Duration given = Duration.ofSeconds(seconds);
        interval = given.compareTo(interval) < 0 ? given : interval;
      }
    } catch (NumberFormatException e) {
      // absent: the default
    }
  }

  private String state(List<Source> found) {
    StringBuilder state = new StringBuilder();
    Stream.concat(providers.stream(), found.stream().map(Source::file))
        .forEach(file -> {
          state.append(file).append('\0');
          try {
            state.append(Files.getLastModifiedTime(file)).append(' ').append(Files.size(file));
          } catch (IOException e) {
            state.append('-'); // gone meanwhile
          }
          state.append('\n');
        });
    return state.toString();
  }

  private static Path real(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static boolean isJson(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  static boolean isYaml(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static String folder(Path root, Path file) {
    Path parent = root.relativize(file).getParent();
    return parent == null ? "" : parent.toString().replace('\\', '/');
  }

  private static String scalar(ConfigNode.MapNode map, String key) {
    Optional<ConfigNode> value = map.find(key);
    return value.isPresent()
            && value.get() instanceof ConfigNode.ScalarNode scalar
            && !scalar.isNull()
        ? scalar.text()
        : "";
  }

  private static boolean isTrue(ConfigNode.MapNode map, String key) {
    return map.find(key).orElse(null) instanceof ConfigNode.ScalarNode scalar
        && scalar.kind() != ScalarKind.NULL
        && Set.of("true", "yes", "on").contains(scalar.text().toLowerCase(Locale.ROOT));
  }
}
