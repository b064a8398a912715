package io.ghostworks.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.JsonReader;
import io.ghostworks.config.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads Grafana's dashboard files: the dashboard itself, or the API's wrapper {@code {"dashboard":
 * …}}. A dashboard without uid gets one from its file's name and title, panels without ids or
 * places get them; everything else stays as it is. A folder is read with its subfolders, which
 * become the dashboards' folders.
 */
public final class DashboardReader {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final int UID_CHARS_MAX = 40;
  private static final int FILES_MAX = 10_000;
  private static final int DERIVED_UID_BYTES = 7;

  private DashboardReader() {}

  /** The dashboards of a file, or of all {@code .json} files below a folder, in their order. */
  public static List<Dashboard> read(Path path, Findings findings) {
    if (!Files.isDirectory(path)) {
      return readFile(path, "", findings).stream().toList();
    }
    List<Dashboard> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> sorted =
          files
              .filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
              .sorted()
              .limit(FILES_MAX)
              .toList();
      for (Path file : sorted) {
        readFile(file, folder(path, file), findings).ifPresent(all::add);
      }
    } catch (IOException e) {
      findings.error(
          ConfigError.at(
              Position.wholeFile(path.toString()),
              "",
              "must be readable: " + e.getMessage(),
              "",
              "check its access rights"));
    }
    return all;
  }

  private static String folder(Path root, Path file) {
    Path parent = root.relativize(file).getParent();
    return parent == null ? "" : parent.toString().replace('\\', '/');
  }

  private static Optional<Dashboard> readFile(Path file, String folder, Findings findings) {
    try {
      String text = ConfigFile.text(file);
      Path name = file.getFileName();
      return read(file.toString(), name == null ? "" : name.toString(), folder, text, findings);
    } catch (ConfigException e) {
      findings.errors(e);
      return Optional.empty();
    }
  }

  /**
   * The dashboard of a text.
   *
   * @param origin how errors name the file
   * @param name the file's own name, from which a missing uid comes
   */
  static Optional<Dashboard> read(
      String origin, String name, String folder, String text, Findings findings) {
    ConfigNode tree;
    JsonNode parsed;
    try {
      tree = JsonReader.read(origin, text);
      parsed = JSON.readTree(text);
    } catch (ConfigException e) {
      findings.errors(e);
      return Optional.empty();
    } catch (JsonProcessingException e) {
      findings.error(
          ConfigError.at(
              new Position(origin, e.getLocation() == null ? 0 : e.getLocation().getLineNr(), 0),
              "",
              "must be JSON: " + e.getOriginalMessage(),
              "",
              ""));
      return Optional.empty();
    }
    JsonNode inner = isWrapped(parsed) ? parsed.get("dashboard") : parsed;
    if (!(inner instanceof ObjectNode json)) {
      findings.error(tree, "must be a dashboard: a JSON object with a title", "");
      return Optional.empty();
    }
    String title = json.path("title").asText("").strip();
    if (title.isEmpty()) {
      findings.error(tree, "a dashboard's title must not be empty", "add \"title\"");
      return Optional.empty();
    }
    String uid = uid(json, name, title, tree, findings);
    ObjectNode complete = json.deepCopy();
    complete.put("uid", uid);
    PanelLayout.complete(complete);
    return Optional.of(new Dashboard(uid, title, folder, origin, text, complete));
  }

  private static boolean isWrapped(JsonNode json) {
    return json.path("dashboard").isObject() && !json.has("panels") && !json.has("rows");
  }

  private static String uid(
      ObjectNode json, String name, String title, ConfigNode tree, Findings findings) {
    String uid = json.path("uid").asText("");
    if (uid.isEmpty() || json.path("uid").isNull()) {
      return derivedUid(name + "\n" + title);
    }
    if (uid.length() > UID_CHARS_MAX || !uid.matches("[A-Za-z0-9_-]+")) {
      findings.error(
          ConfigError.at(
              tree.position(),
              "uid",
              "must have at most %d letters, digits, dashes and underscores"
                  .formatted(UID_CHARS_MAX),
              uid,
              ""));
    }
    return uid;
  }

  private static String derivedUid(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DERIVED_UID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
