package io.ghostworks.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Position;
import io.ghostworks.dashboards.document.Bundle;
import io.ghostworks.dashboards.document.DashboardDocument;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.TreeJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a file of dashboards, in any form that {@link Bundle} knows. A dashboard without title has
 * its file's name for one, one without uid gets it from both, panels without ids or places get
 * them; everything else stays as it is.
 */
final class DashboardReader {

  private static final int FILE_BYTES_MAX = 2 * TreeJson.BYTES_MAX;
  private static final int UID_CHARS_MAX = 40;
  private static final int DERIVED_UID_BYTES = 7;

  private DashboardReader() {}

  /** The dashboards of a file; mistakes go to the findings. */
  static List<Dashboard> read(DashboardSources.Source source, Findings findings) {
    Path path = source.file();
    try {
      long size = Files.size(path);
      if (size > FILE_BYTES_MAX) {
        throw new DocumentException(
            "may have %d bytes, and has %d".formatted(FILE_BYTES_MAX, size));
      }
      String text = TreeJson.text(Files.readAllBytes(path), FILE_BYTES_MAX);
      return read(source, text, Files.getLastModifiedTime(path).toMillis(), findings);
    } catch (DocumentException e) {
      findings.error(mistake(path.toString(), e.line(), "", String.valueOf(e.getMessage()), ""));
    } catch (IOException e) {
      findings.error(
          ConfigError.at(
              Position.wholeFile(path.toString()),
              "",
              "must be readable: " + e.getMessage(),
              "",
              "check its access rights"));
    }
    return List.of();
  }

  /** The dashboards of a text that stands for a file. */
  static List<Dashboard> read(
      DashboardSources.Source source, String text, long changedMs, Findings findings) {
    String origin = source.file().toString();
    List<Dashboard> dashboards = new ArrayList<>();
    try {
      for (Bundle.Part part : Bundle.read(origin, text)) {
        if (part.labelled() || source.named()) {
          dashboards.add(dashboard(source, part, changedMs, findings));
        }
      }
    } catch (DocumentException e) {
      findings.error(mistake(origin, e.line(), "", String.valueOf(e.getMessage()), ""));
    }
    return dashboards;
  }

  private static Dashboard dashboard(
      DashboardSources.Source source, Bundle.Part part, long changedMs, Findings findings) {
    DashboardDocument written = part.document();
    String origin = source.file().toString();
    DashboardDocument document = written.title().isEmpty() ? written.titled(part.name()) : written;
    String uid = written.uid();
    if (uid.isEmpty()) {
      uid = derivedUid(part.name() + ".json\n" + document.title());
    } else if (uid.length() > UID_CHARS_MAX || !uid.matches("[A-Za-z0-9_-]+")) {
      findings.error(
          mistake(
              origin,
              1,
              "uid",
              "must have at most %d letters, digits, dashes and underscores"
                  .formatted(UID_CHARS_MAX),
              uid));
    }
    ObjectNode complete = document.json().deepCopy();
    if (document.form() == DashboardDocument.Form.CLASSIC) {
      var _ = complete.put("uid", uid);
      PanelLayout.complete(complete);
    }
    String folder = written.around().folderTitle();
    Dashboard.Place place = source.place();
    return new Dashboard(
        uid,
        document.title(),
        source.foldersFromFiles() && !folder.isEmpty() ? place.inFolder(folder) : place,
        origin,
        changedMs,
        hash(written.original()),
        document,
        complete);
  }

  private static ConfigError mistake(
      String origin, int line, String key, String rule, String value) {
    return ConfigError.at(new Position(origin, line, line == 0 ? 0 : 1), key, rule, value, "");
  }

  private static String derivedUid(String text) {
    return hash(text).substring(0, 2 * DERIVED_UID_BYTES);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
