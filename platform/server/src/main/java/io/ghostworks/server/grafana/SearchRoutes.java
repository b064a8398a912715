package io.ghostworks.server.grafana;

import io.ghostworks.dashboards.store.DashboardSearch;
import io.ghostworks.dashboards.store.Folder;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /api/search} ({@code pkg/api/search.go} of Grafana). */
final class SearchRoutes {

  private static final int LIMIT_MAX = 5_000;

  private final DashboardSearch search;
  private final Addresses addresses;

  SearchRoutes(DashboardSearch search, Addresses addresses) {
    this.search = search;
    this.addresses = addresses;
  }

  void addTo(Routes.Api api) {
    api.get("/api/search", Permission.READ, Route.Work.QUERY, Requests.endpoint(this::find))
        .get(
            "/api/search/sorting",
            Permission.READ,
            Route.Work.QUERY,
            Requests.endpoint(exchange -> sorting()));
  }

  private record View(
      long id,
      String uid,
      int orgId,
      String title,
      String uri,
      String url,
      String slug,
      String type,
      List<String> tags,
      boolean isStarred,
      @Nullable Long folderId,
      @Nullable String folderUid,
      @Nullable String folderTitle,
      @Nullable String folderUrl,
      int sortMeta,
      boolean isDeleted) {}

  private Answer find(Exchange exchange) {
    if (exchange.parameter("deleted").filter("true"::equals).isPresent()) {
      return Views.answer(List.of()); // what is deleted is not kept
    }
    return Views.answer(
        search.find(exchange.tenant(), query(exchange)).stream().map(this::view).toList());
  }

  private static DashboardSearch.Query query(Exchange exchange) {
    String sort = exchange.parameter("sort").orElse("alpha-asc");
    Set<String> uids = new HashSet<>(Requests.values(exchange, "dashboardUIDs"));
    uids.addAll(Requests.values(exchange, "dashboardUID"));
    Set<String> folders = new HashSet<>(Requests.values(exchange, "folderUIDs"));
    if (exchange.parameters("folderIds").contains("0")) {
      folders.add(Folder.GENERAL_UID);
    }
    return new DashboardSearch.Query(
        exchange.parameter("query").orElse(""),
        exchange.parameters("tag").stream().filter(tag -> !tag.isEmpty()).toList(),
        exchange.parameter("type").orElse(""),
        uids.stream().filter(uid -> !uid.isEmpty()).collect(Collectors.toSet()),
        Requests.values(exchange, "dashboardIds").stream()
            .filter(id -> !id.isEmpty())
            .map(SearchRoutes::number)
            .collect(Collectors.toSet()),
        folders,
        exchange.parameter("starred").filter("true"::equals).isPresent(),
        sort.equals("alpha-desc") || sort.equals("name_sort_desc"),
        (int) Requests.number(exchange, "limit", 0, LIMIT_MAX),
        (int) Requests.number(exchange, "page", 1, Integer.MAX_VALUE));
  }

  private static Long number(String id) {
    try {
      return Long.valueOf(id);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "dashboardIds must be numbers", e);
    }
  }

  private View view(DashboardSearch.Hit hit) {
    Folder folder = hit.folder().orElse(null);
    return new View(
        hit.id(),
        hit.uid(),
        1,
        hit.title(),
        "db/" + hit.slug(),
        hit.isFolder()
            ? addresses.folder(hit.uid(), hit.title())
            : addresses.dashboard(hit.uid(), hit.slug()),
        "",
        hit.isFolder() ? "dash-folder" : "dash-db",
        hit.tags(),
        hit.starred(),
        folder == null ? null : folder.id(),
        folder == null ? null : folder.uid(),
        folder == null ? null : folder.title(),
        folder == null ? null : addresses.folder(folder.uid(), folder.title()),
        0,
        false);
  }

  private record SortOption(String name, String displayName, String description, String meta) {}

  private record SortOptions(List<SortOption> sortOptions) {}

  private static Answer sorting() {
    return Views.answer(
        new SortOptions(
            List.of(
                new SortOption(
                    "alpha-asc", "Alphabetically (A–Z)", "Sort results in ascending order", ""),
                new SortOption(
                    "alpha-desc",
                    "Alphabetically (Z–A)",
                    "Sort results in descending order",
                    ""))));
  }
}
