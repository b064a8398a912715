package io.ghostworks.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All dashboards and the answers of Grafana's HTTP API about them, as records whose components are
 * named as the JSON fields; a null component is left out there. Immutable and thread-safe.
 */
public final class Dashboards {

  private static final String BUILT_IN = "ghostworks.json";
  private static final int LIMIT_DEFAULT = 1000;
  private static final int LIMIT_MAX = 5000;

  private final Map<String, Dashboard> byUid;
  private final String pathPrefix;

  private Dashboards(Map<String, Dashboard> byUid, String pathPrefix) {
    this.byUid = byUid;
    this.pathPrefix = pathPrefix;
  }

  /**
   * Reads files and folders, and adds the dashboard about the platform itself. Of dashboards with
   * the same uid the first counts, and a mistake names both.
   *
   * @param pathPrefix the path under which people reach the platform, "" or without a slash at its
   *     end
   */
  public static Dashboards read(List<Path> paths, String pathPrefix, Findings findings) {
    Map<String, Dashboard> byUid = new LinkedHashMap<>();
    Dashboard builtIn = builtIn();
    byUid.put(builtIn.uid(), builtIn);
    for (Path path : paths) {
      for (Dashboard dashboard : DashboardReader.read(path, findings)) {
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
    return new Dashboards(byUid, pathPrefix);
  }

  private static Dashboard builtIn() {
    try (InputStream in = Dashboards.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException(BUILT_IN + " is missing from the class path");
      }
      Findings findings = new Findings();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return DashboardReader.read(BUILT_IN, BUILT_IN, "", text, findings).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(BUILT_IN + " cannot be read", e);
    }
  }

  /** A dashboard by its uid. */
  public Optional<Dashboard> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** {@code GET /api/search}: folders first, then dashboards, each by title. */
  public List<Hit> search(Search search) {
    List<Hit> hits = new ArrayList<>();
    if (search.takesFolders()) {
      folders().stream()
          .filter(folder -> search.takesTitle(folder.title()))
          .forEach(folder -> hits.add(hit(folder)));
    }
    if (search.takesDashboards()) {
      int id = 0;
      List<Hit> found = new ArrayList<>();
      for (Dashboard dashboard : byUid.values()) {
        id++;
        if (search.takes(dashboard)) {
          found.add(hit(dashboard, id));
        }
      }
      found.sort(
          Comparator.comparing((Hit hit) -> hit.title.toLowerCase(Locale.ROOT))
              .thenComparing(Hit::uid));
      hits.addAll(found);
    }
    int limit = search.limit <= 0 ? LIMIT_DEFAULT : Math.min(search.limit, LIMIT_MAX);
    int from = (int) Math.min(hits.size(), (long) limit * Math.max(0, search.page - 1));
    return List.copyOf(hits.subList(from, Math.min(hits.size(), from + limit)));
  }

  /** {@code GET /api/folders}: the folders that have dashboards, by title. */
  public List<Folder> folders() {
    Set<String> titles = new TreeSet<>();
    byUid.values().forEach(dashboard -> titles.add(dashboard.folder()));
    titles.remove("");
    List<Folder> folders = new ArrayList<>();
    for (String title : titles) {
      folders.add(new Folder(folders.size() + 1, folderUid(title), title));
    }
    return folders;
  }

  /** {@code GET /api/dashboards/uid/:uid}; the JSON is the caller's own copy. */
  public Optional<Answer> dashboard(String uid) {
    return find(uid)
        .map(dashboard -> {
          String folder = dashboard.folder();
          Meta meta =
              new Meta(
                  "db",
                  false,
                  false,
                  false,
                  false,
                  dashboard.slug(),
                  url(dashboard),
                  dashboard.json().path("version").asInt(1),
                  folderUid(folder),
                  folder.isEmpty() ? "General" : folder,
                  folder.isEmpty() ? "" : folderUrl(folder),
                  true,
                  dashboard.origin());
          return new Answer(meta, dashboard.json().deepCopy());
        });
  }

  private Hit hit(Dashboard dashboard, int id) {
    String folder = dashboard.folder();
    boolean general = folder.isEmpty();
    return new Hit(
        id,
        dashboard.uid(),
        dashboard.title(),
        "db/" + dashboard.slug(),
        url(dashboard),
        "dash-db",
        dashboard.tags(),
        false,
        general ? null : folderUid(folder),
        general ? null : folder,
        general ? null : folderUrl(folder));
  }

  private Hit hit(Folder folder) {
    return new Hit(
        folder.id,
        folder.uid,
        folder.title,
        "db/" + folder.uid,
        folderUrl(folder.title),
        "dash-folder",
        List.of(),
        false,
        null,
        null,
        null);
  }

  private String url(Dashboard dashboard) {
    return pathPrefix + "/d/" + dashboard.uid() + "/" + dashboard.slug();
  }

  private String folderUrl(String title) {
    return pathPrefix + "/dashboards/f/" + folderUid(title);
  }

  private static String folderUid(String title) {
    return title.isEmpty() ? "" : "f-" + HexFormat.of().toHexDigits(title.hashCode());
  }

  /**
   * What is searched for.
   *
   * @param query part of the title, in any case
   * @param tags all of which a dashboard must have
   * @param type {@code dash-db}, {@code dash-folder} or "" for both
   * @param dashboardUids empty for all
   * @param folderUids empty for all
   * @param limit of one page; 0 for Grafana's default
   * @param page from 1
   */
  public record Search(
      String query,
      List<String> tags,
      String type,
      Set<String> dashboardUids,
      Set<String> folderUids,
      int limit,
      int page) {

    /** Everything. */
    public static final Search ALL = new Search("", List.of(), "", Set.of(), Set.of(), 0, 1);

    public Search {
      tags = List.copyOf(tags);
      dashboardUids = Set.copyOf(dashboardUids);
      folderUids = Set.copyOf(folderUids);
    }

    boolean takesFolders() {
      return !type.equals("dash-db")
          && tags.isEmpty()
          && dashboardUids.isEmpty()
          && folderUids.isEmpty();
    }

    boolean takesDashboards() {
      return !type.equals("dash-folder");
    }

    boolean takesTitle(String title) {
      return title.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT));
    }

    boolean takes(Dashboard dashboard) {
      return takesTitle(dashboard.title())
          && dashboard.tags().containsAll(tags)
          && (dashboardUids.isEmpty() || dashboardUids.contains(dashboard.uid()))
          && (folderUids.isEmpty() || folderUids.contains(folderUid(dashboard.folder())));
    }
  }

  /** One result of a search. */
  public record Hit(
      int id,
      String uid,
      String title,
      String uri,
      String url,
      String type,
      List<String> tags,
      boolean isStarred,
      @Nullable String folderUid,
      @Nullable String folderTitle,
      @Nullable String folderUrl) {}

  /** A folder. */
  public record Folder(int id, String uid, String title) {}

  /** A dashboard with what is known about it. */
  public record Answer(Meta meta, ObjectNode dashboard) {}

  /**
   * About a dashboard.
   *
   * @param provisioned whether it comes from a file, as all do
   * @param provisionedExternalId the file
   */
  public record Meta(
      String type,
      boolean canSave,
      boolean canEdit,
      boolean canAdmin,
      boolean canStar,
      String slug,
      String url,
      int version,
      String folderUid,
      String folderTitle,
      String folderUrl,
      boolean provisioned,
      String provisionedExternalId) {}
}
