package io.ghostworks.dashboards.store;

import io.ghostworks.dashboards.Dashboard;
import io.ghostworks.dashboards.document.Slug;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds dashboards and folders of a tenant as Grafana's search does. Thread-safe. */
public final class DashboardSearch {

  private static final int LIMIT_DEFAULT = 1000;
  private static final int LIMIT_MAX = 5000;

  private final State state;
  private final Function<TenantId, List<Dashboard>> files;

  /**
   * @param files the dashboards of a tenant that come from files
   */
  public DashboardSearch(State state, Function<TenantId, List<Dashboard>> files) {
    this.state = state;
    this.files = files;
  }

  /**
   * What is searched for.
   *
   * @param text part of the title, in any case
   * @param tags all of which a dashboard must have
   * @param type {@code dash-db}, {@code dash-folder} or "" for both
   * @param dashboardUids empty for all
   * @param dashboardIds empty for all
   * @param folderUids empty for all; {@code general} or "" is the root
   * @param starred whether only what has a star is wanted
   * @param descending whether the titles run from the end of the alphabet
   * @param limit of one page; 0 for Grafana's default
   * @param page from 1
   */
  public record Query(
      String text,
      List<String> tags,
      String type,
      Set<String> dashboardUids,
      Set<Long> dashboardIds,
      Set<String> folderUids,
      boolean starred,
      boolean descending,
      int limit,
      int page) {

    /** Everything. */
    public static final Query ALL =
        new Query("", List.of(), "", Set.of(), Set.of(), Set.of(), false, false, 0, 1);

    public Query {
      tags = List.copyOf(tags);
      dashboardUids = Set.copyOf(dashboardUids);
      dashboardIds = Set.copyOf(dashboardIds);
      folderUids = Set.copyOf(folderUids);
    }

    private boolean takesFolders() {
      return !type.equals("dash-db")
          && tags.isEmpty()
          && dashboardUids.isEmpty()
          && dashboardIds.isEmpty()
          && !starred;
    }

    private boolean takes(Folder folder) {
      return takesTitle(folder.title()) && takesPlace(folder.parentUid());
    }

    private boolean takes(Shelf.Entry entry, boolean hasStar) {
      return !type.equals("dash-folder")
          && takesTitle(entry.title())
          && entry.tags().containsAll(tags)
          && (dashboardUids.isEmpty() || dashboardUids.contains(entry.uid()))
          && (dashboardIds.isEmpty() || dashboardIds.contains(entry.id()))
          && takesPlace(entry.folderUid())
          && (!starred || hasStar);
    }

    private boolean takesTitle(String title) {
      return title.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    private boolean takesPlace(String folderUid) {
      return folderUids.isEmpty()
          || folderUids.contains(folderUid.isEmpty() ? Folder.GENERAL_UID : folderUid)
          || (folderUid.isEmpty() && folderUids.contains(""));
    }
  }

  /**
   * A result.
   *
   * @param folder in which it is; empty at the root
   */
  public record Hit(
      long id,
      String uid,
      String title,
      String slug,
      boolean isFolder,
      List<String> tags,
      boolean starred,
      Optional<Folder> folder) {}

  /** Folders first, then dashboards, each by title. */
  public List<Hit> find(TenantId tenant, Query query) {
    List<Dashboard> own = files.apply(tenant);
    Shelf shelf = state.transaction(tables -> Shelf.of(tables, tenant, own));
    Comparator<Hit> byTitle =
        Comparator.comparing((Hit hit) -> hit.title.toLowerCase(Locale.ROOT))
            .thenComparing(Hit::uid);
    Comparator<Hit> order = query.descending ? byTitle.reversed() : byTitle;
    List<Hit> hits = new ArrayList<>();
    if (query.takesFolders()) {
      shelf.folders().stream()
          .filter(query::takes)
          .map(folder -> hit(shelf, folder))
          .sorted(order)
          .forEach(hits::add);
    }
    shelf.entries().stream()
        .filter(entry -> query.takes(entry, shelf.isStarred(entry.uid())))
        .map(entry -> hit(shelf, entry))
        .sorted(order)
        .forEach(hits::add);
    int limit = query.limit <= 0 ? LIMIT_DEFAULT : Math.min(query.limit, LIMIT_MAX);
    int from = (int) Math.min(hits.size(), (long) limit * Math.max(0, query.page - 1));
    return List.copyOf(hits.subList(from, Math.min(hits.size(), from + limit)));
  }

  private static Hit hit(Shelf shelf, Folder folder) {
    return new Hit(
        folder.id(),
        folder.uid(),
        folder.title(),
        Slug.of(folder.title()),
        true,
        List.of(),
        false,
        shelf.findFolder(folder.parentUid()));
  }

  private static Hit hit(Shelf shelf, Shelf.Entry entry) {
    return new Hit(
        entry.id(),
        entry.uid(),
        entry.title(),
        Slug.of(entry.title()),
        false,
        entry.tags(),
        shelf.isStarred(entry.uid()),
        shelf.findFolder(entry.folderUid()));
  }
}
