package io.ghostworks.dashboards.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.Dashboard;
import io.ghostworks.dashboards.document.DashboardDocument;
import io.ghostworks.dashboards.document.DocumentDiff;
import io.ghostworks.dashboards.document.Slug;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredDashboards;
import io.ghostworks.state.StoredDashboards.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * A tenant's dashboards: found, saved, restored, deleted as Grafana does it ({@code
 * pkg/services/dashboards}). Thread-safe: each change is one transaction.
 */
public final class DashboardLibrary {

  static final int VERSIONS_MAX = 100;
  private static final int DASHBOARDS_MAX = 5_000;
  private static final long BYTES_MAX = 1L << 30;
  private static final int TITLE_CHARS_MAX = 5_000;
  private static final int MESSAGE_CHARS_MAX = 500;

  private final State state;
  private final Function<TenantId, List<Dashboard>> files;
  private final Clock clock;
  private final IntUnaryOperator random;

  /**
   * @param files those of a tenant that come from files
   * @param random a number from 0, below a bound
   */
  public DashboardLibrary(
      State state,
      Function<TenantId, List<Dashboard>> files,
      Clock clock,
      IntUnaryOperator random) {
    this.state = state;
    this.files = files;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is to be saved.
   *
   * @param folderUid "" for the general folder
   * @param overwrite whether it may replace another version, or one of the same title
   */
  public record Save(
      DashboardDocument document,
      String folderUid,
      String message,
      boolean overwrite,
      String author) {}

  /** What was saved. */
  public record Saved(
      long id, String uid, int version, String title, String slug, String folderUid) {}

  /**
   * A dashboard with what is known of it.
   *
   * @param json as it is served; the caller's own
   * @param provisioned whether it comes from a file and may not be changed
   * @param origin its file; "" if it has none
   * @param apiVersion of a resource; "" otherwise
   */
  public record Found(
      long id,
      String uid,
      String title,
      String slug,
      int version,
      Change created,
      Change updated,
      Optional<Folder> folder,
      boolean starred,
      boolean provisioned,
      String origin,
      String apiVersion,
      ObjectNode json) {}

  private <T> T read(TenantId tenant, Reading<T> reading) {
    List<Dashboard> own = files.apply(tenant);
    return state.transaction(
        tables -> reading.read(tables.dashboards(), Shelf.of(tables, tenant, own)));
  }

  private interface Reading<T> {
    T read(StoredDashboards dashboards, Shelf shelf);
  }

  /** A dashboard by its uid. */
  public Found get(TenantId tenant, String uid) {
    return read(tenant, (dashboards, shelf) -> found(dashboards, shelf, shelf.entry(uid)));
  }

  /** Its uid, of a dashboard whose number is known. */
  public Optional<String> uidOf(TenantId tenant, long id) {
    return read(tenant, (dashboards, shelf) -> shelf.findById(id).map(Shelf.Entry::uid));
  }

  /** The numbers of dashboards by uid. */
  public Map<String, Long> ids(TenantId tenant) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Map<String, Long> ids = new TreeMap<>();
          shelf.entries().forEach(entry -> ids.put(entry.uid(), entry.id()));
          return ids;
        });
  }

  private static Found found(StoredDashboards dashboards, Shelf shelf, Shelf.Entry entry) {
    DashboardDocument document =
        entry
            .row()
            .map(row -> document(dashboards, row, row.version()))
            .orElseGet(() -> entry.file().orElseThrow().document());
    int version = entry.row().map(StoredDashboards.Row::version).orElse(fileVersion(entry));
    ObjectNode json =
        entry
            .row()
            .map(row -> document.identified(row.id(), row.uid(), row.version()))
            .orElseGet(() -> entry.file().orElseThrow().json().deepCopy());
    Change ofFile = new Change(entry.file().map(Dashboard::changedMs).orElse(0L), "");
    return new Found(
        entry.id(),
        entry.uid(),
        entry.title(),
        Slug.of(entry.title()),
        version,
        entry.row().map(StoredDashboards.Row::created).orElse(ofFile),
        entry.row().map(StoredDashboards.Row::updated).orElse(ofFile),
        shelf.findFolder(entry.folderUid()),
        shelf.isStarred(entry.uid()),
        entry.isReadOnly(),
        entry.file().map(Dashboard::origin).orElse(""),
        document.apiVersion(),
        json);
  }

  private static int fileVersion(Shelf.Entry entry) {
    return Math.max(1, entry.file().map(file -> file.document().version()).orElse(1));
  }

  private static DashboardDocument document(
      StoredDashboards dashboards, StoredDashboards.Row row, int version) {
    return PackedText.document(
        dashboards.findText(row.id(), version).orElseThrow(DashboardLibrary::noVersion));
  }

  private static RefusedException noVersion() {
    return new RefusedException(404, "not-found", "Dashboard version not found");
  }

  /** Saves a dashboard as a new version. */
  public Saved save(TenantId tenant, Save save) {
    check(save);
    StoredDashboards.Text text = PackedText.pack(save.document());
    List<Dashboard> own = files.apply(tenant);
    return state.transaction(tables -> {
      Shelf shelf = Shelf.of(tables, tenant, own);
      Optional<Shelf.Entry> before = replaced(shelf, save);
      Folders.keep(tables, tenant, shelf, save.folderUid(), now(save.author()));
      return store(tables.dashboards(), tenant, save, text, before, 0);
    });
  }

  private Change now(String author) {
    return new Change(clock.epochMs(), author);
  }

  private static void check(Save save) {
    String title = save.document().title();
    if (title.isEmpty()) {
      throw new RefusedException(400, "empty-name", "Dashboard title cannot be empty");
    }
    if (title.length() > TITLE_CHARS_MAX) {
      throw new RefusedException(
          400, "title-too-long", "Dashboard title cannot contain more than 5 000 characters");
    }
    if (!Uids.isValid(save.document().uid())) {
      throw RefusedException.bad("uid contains illegal characters");
    }
    if (Uids.isTooLong(save.document().uid())) {
      throw RefusedException.bad("uid too long, max 40 characters");
    }
    if (save.message().length() > MESSAGE_CHARS_MAX) {
      throw RefusedException.bad("message too long, max 500 characters");
    }
  }

  /** The dashboard that is saved anew; empty where it is a new one. */
  private static Optional<Shelf.Entry> replaced(Shelf shelf, Save save) {
    DashboardDocument document = save.document();
    Optional<Shelf.Entry> byUid =
        document.uid().isEmpty() ? Optional.empty() : shelf.find(document.uid());
    Optional<Shelf.Entry> byId =
        document.id() > 0 && byUid.isEmpty() ? shelf.findById(document.id()) : Optional.empty();
    if (document.id() > 0 && byUid.isEmpty() && byId.isEmpty()) {
      throw RefusedException.noDashboard();
    }
    if (byUid.isPresent() && document.id() > 0 && byUid.get().id() != document.id()) {
      throw RefusedException.bad("A dashboard with the same uid already exists");
    }
    if (document.uid().equals(Folder.GENERAL_UID)
        || (byUid.isEmpty() && shelf.findFolder(document.uid()).isPresent())) {
      throw RefusedException.bad("A folder with the same uid already exists");
    }
    if (!save.folderUid().isEmpty() && shelf.findFolder(save.folderUid()).isEmpty()) {
      throw RefusedException.bad("Folder not found");
    }
    Optional<Shelf.Entry> before = byUid.or(() -> byId);
    if (before.isPresent()) {
      checkVersion(before.get(), save);
      return before;
    }
    return document.uid().isEmpty() ? sameTitle(shelf, save) : before;
  }

  private static void checkVersion(Shelf.Entry before, Save save) {
    if (before.isReadOnly()) {
      throw RefusedException.bad("Cannot save provisioned dashboard");
    }
    int version = before.row().map(StoredDashboards.Row::version).orElse(fileVersion(before));
    if (save.document().version() != version && !save.overwrite()) {
      throw new RefusedException(
          412, "version-mismatch", "The dashboard has been changed by someone else");
    }
  }

  private static Optional<Shelf.Entry> sameTitle(Shelf shelf, Save save) {
    Optional<Shelf.Entry> same =
        shelf.entries().stream()
            .filter(entry ->
                entry.folderUid().equals(save.folderUid())
                    && entry.title().equalsIgnoreCase(save.document().title()))
            .findFirst();
    same.ifPresent(entry -> {
      if (!save.overwrite()) {
        throw new RefusedException(
            412, "name-exists", "A dashboard with the same name in the folder already exists");
      }
      if (entry.isReadOnly()) {
        throw RefusedException.bad("Cannot save provisioned dashboard");
      }
    });
    return same;
  }

  private Saved store(
      StoredDashboards dashboards,
      TenantId tenant,
      Save save,
      StoredDashboards.Text text,
      Optional<Shelf.Entry> before,
      int restoredFrom) {
    checkRoom(dashboards, tenant, before);
    Change change = now(save.author());
    // A row may be there whose file has changed since: it is taken up again.
    Optional<StoredDashboards.Row> stored =
        before.flatMap(entry -> dashboards.find(tenant, entry.uid()));
    int shown =
        before
            .map(entry -> entry.row().map(StoredDashboards.Row::version).orElse(fileVersion(entry)))
            .orElse(0);
    int parent = Math.max(shown, stored.map(StoredDashboards.Row::version).orElse(0));
    StoredDashboards.Row row =
        new StoredDashboards.Row(
            stored.map(StoredDashboards.Row::id).orElse(0L),
            tenant,
            before.map(Shelf.Entry::uid).orElseGet(() -> newUid(save.document())),
            parent + 1,
            save.document().title(),
            TreeJson.write(TreeJson.tree(save.document().tags())),
            save.folderUid(),
            before.flatMap(Shelf.Entry::file).map(Dashboard::hash).orElse(""),
            stored.map(StoredDashboards.Row::created).orElse(change),
            change);
    StoredDashboards.Version version =
        new StoredDashboards.Version(
            0, row.version(), parent, restoredFrom, change, save.message());
    long id = row.id();
    if (stored.isPresent()) {
      dashboards.update(row, version, text);
    } else {
      id = dashboards.insert(row, version, text);
    }
    dashboards.forgetVersions(id, VERSIONS_MAX);
    return new Saved(
        id, row.uid(), row.version(), row.title(), Slug.of(row.title()), row.folderUid());
  }

  private String newUid(DashboardDocument document) {
    return document.uid().isEmpty() ? Uids.random(random) : document.uid();
  }

  private static void checkRoom(
      StoredDashboards dashboards, TenantId tenant, Optional<Shelf.Entry> before) {
    if (before.isEmpty() && dashboards.count(tenant) >= DASHBOARDS_MAX) {
      throw new RefusedException(
          403,
          "quota-reached",
          "Quota reached: a tenant may store %d dashboards; delete some".formatted(DASHBOARDS_MAX));
    }
    if (dashboards.versionBytes(tenant) >= BYTES_MAX) {
      throw new RefusedException(
          403,
          "quota-reached",
          "Quota reached: the versions of a tenant's dashboards may take %d bytes; delete some"
              .formatted(BYTES_MAX));
    }
  }

  /** Deletes a dashboard with its versions; its title. */
  public Saved delete(TenantId tenant, String uid) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Shelf.Entry entry = shelf.entry(uid);
          if (entry.file().isPresent()) {
            throw RefusedException.bad("provisioned dashboard cannot be deleted");
          }
          dashboards.delete(entry.row().orElseThrow());
          return new Saved(
              entry.id(), uid, 0, entry.title(), Slug.of(entry.title()), entry.folderUid());
        });
  }

  /** A version with its number. */
  public record VersionOf(long dashboardId, String uid, StoredDashboards.Version version) {}

  /** The versions of a dashboard, the newest first. */
  public List<VersionOf> versions(TenantId tenant, String uid, int offset, int limit) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Shelf.Entry entry = shelf.entry(uid);
          List<StoredDashboards.Version> versions =
              entry
                  .row()
                  .map(row -> dashboards.versions(row.id(), offset, limit))
                  .orElseGet(() -> offset > 0 ? List.of() : List.of(ofFile(entry)));
          return versions.stream().map(version -> new VersionOf(entry.id(), uid, version)).toList();
        });
  }

  private static StoredDashboards.Version ofFile(Shelf.Entry entry) {
    Change change = new Change(entry.file().map(Dashboard::changedMs).orElse(0L), "");
    return new StoredDashboards.Version(entry.id(), fileVersion(entry), 0, 0, change, "");
  }

  /** One version. */
  public VersionOf version(TenantId tenant, String uid, int version) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Shelf.Entry entry = shelf.entry(uid);
          return new VersionOf(
              entry.id(),
              uid,
              entry
                  .row()
                  .map(row -> dashboards.findVersion(row.id(), version))
                  .orElseGet(
                      () -> Optional.of(ofFile(entry)).filter(only -> only.version() == version))
                  .orElseThrow(DashboardLibrary::noVersion));
        });
  }

  /** What a version is, as it is served. */
  public ObjectNode json(TenantId tenant, String uid, int version) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Shelf.Entry entry = shelf.entry(uid);
          if (entry.row().isPresent()) {
            StoredDashboards.Row row = entry.row().get();
            return document(dashboards, row, version).identified(row.id(), uid, version);
          }
          if (version != fileVersion(entry)) {
            throw noVersion();
          }
          return entry.file().orElseThrow().json().deepCopy();
        });
  }

  /**
   * A version byte for byte as it came.
   *
   * @param version 0 for the newest
   */
  public byte[] original(TenantId tenant, String uid, int version) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Shelf.Entry entry = shelf.entry(uid);
          if (entry.row().isEmpty()) {
            if (version != 0 && version != fileVersion(entry)) {
              throw noVersion();
            }
            return entry
                .file()
                .orElseThrow()
                .document()
                .original()
                .getBytes(StandardCharsets.UTF_8);
          }
          StoredDashboards.Row row = entry.row().get();
          return PackedText.original(
              dashboards
                  .findText(row.id(), version == 0 ? row.version() : version)
                  .orElseThrow(DashboardLibrary::noVersion));
        });
  }

  /** What differs between two versions. */
  public List<DocumentDiff.Change> diff(TenantId tenant, String uid, int from, int to) {
    return DocumentDiff.of(json(tenant, uid, from), json(tenant, uid, to));
  }

  /** Saves a former version anew. */
  public Saved restore(TenantId tenant, String uid, int version, String author) {
    List<Dashboard> own = files.apply(tenant);
    return state.transaction(tables -> {
      Shelf shelf = Shelf.of(tables, tenant, own);
      Shelf.Entry entry = shelf.entry(uid);
      if (entry.isReadOnly()) {
        throw RefusedException.bad("Cannot save provisioned dashboard");
      }
      StoredDashboards.Row row = entry.row().orElseThrow(DashboardLibrary::noVersion);
      StoredDashboards dashboards = tables.dashboards();
      StoredDashboards.Text text =
          dashboards.findText(row.id(), version).orElseThrow(DashboardLibrary::noVersion);
      String message = "Restored from version " + version;
      Save save = new Save(PackedText.document(text), entry.folderUid(), message, true, author);
      return store(dashboards, tenant, save, text, Optional.of(entry), version);
    });
  }

  /** How many dashboards have each tag. */
  public Map<String, Integer> tags(TenantId tenant) {
    return read(
        tenant,
        (dashboards, shelf) -> {
          Map<String, Integer> tags = new TreeMap<>();
          shelf
              .entries()
              .forEach(entry -> entry.tags().forEach(tag -> tags.merge(tag, 1, Integer::sum)));
          return tags;
        });
  }

  /** The uids of what has a star and is there. */
  public List<String> stars(TenantId tenant) {
    return read(
        tenant,
        (dashboards, shelf) ->
            shelf.entries().stream().map(Shelf.Entry::uid).filter(shelf::isStarred).toList());
  }

  /** Gives a dashboard a star, or takes it away. */
  public void star(TenantId tenant, String uid, boolean starred) {
    var _ =
        read(
            tenant,
            (dashboards, shelf) -> {
              Shelf.Entry entry = shelf.entry(uid);
              if (starred) {
                dashboards.putStar(tenant, entry.uid());
              } else {
                dashboards.deleteStar(tenant, entry.uid());
              }
              return true;
            });
  }

  /** Whether there is a dashboard of that uid, and whether nobody may change it. */
  public Optional<Boolean> isReadOnly(TenantId tenant, String uid) {
    return read(tenant, (dashboards, shelf) -> shelf.find(uid).map(Shelf.Entry::isReadOnly));
  }

  /** What differs between any two documents. */
  public static List<DocumentDiff.Change> diff(JsonNode base, JsonNode other) {
    return DocumentDiff.of(base, other);
  }
}
