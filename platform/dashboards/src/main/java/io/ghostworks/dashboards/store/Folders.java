package io.ghostworks.dashboards.store;

import io.ghostworks.dashboards.Dashboard;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredDashboards.Change;
import io.ghostworks.state.StoredFolders;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/**
 * A tenant's folders, made, renamed, moved and deleted as Grafana does it ({@code
 * pkg/services/folder}). Thread-safe: each change is one transaction.
 */
public final class Folders {

  private static final int FOLDERS_MAX = 1_000;
  private static final int TITLE_CHARS_MAX = 189;
  private static final int DESCRIPTION_CHARS_MAX = 2_000;

  /** Below the root, as Grafana allows. */
  private static final int DEPTH_MAX = 4;

  private final State state;
  private final Function<TenantId, List<Dashboard>> files;
  private final Clock clock;
  private final IntUnaryOperator random;

  /**
   * @param files the dashboards of a tenant that come from files
   * @param random a number from 0, below a bound
   */
  public Folders(
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
   * A folder in its place.
   *
   * @param parents the outermost first
   */
  public record Placed(Folder folder, List<Folder> parents) {
    public Placed {
      parents = List.copyOf(parents);
    }
  }

  /** How many of each are in a folder and below it. */
  public record Counts(int folders, int dashboards) {}

  private interface Work<T> {
    T run(State.Tables tables, Shelf shelf);
  }

  private <T> T transaction(TenantId tenant, Work<T> work) {
    List<Dashboard> own = files.apply(tenant);
    return state.transaction(tables -> work.run(tables, Shelf.of(tables, tenant, own)));
  }

  /** The folders directly in a folder, by title. */
  public List<Folder> children(TenantId tenant, String parentUid) {
    return transaction(
        tenant,
        (tables, shelf) -> {
          if (!parentUid.isEmpty()) {
            var _ = shelf.folder(parentUid);
          }
          return shelf.folders().stream()
              .filter(folder -> folder.parentUid().equals(parentUid))
              .sorted(
                  Comparator.comparing((Folder folder) -> folder.title().toLowerCase(Locale.ROOT))
                      .thenComparing(Folder::uid))
              .toList();
        });
  }

  public Placed get(TenantId tenant, String uid) {
    return transaction(tenant, (tables, shelf) -> placed(shelf, shelf.folder(uid)));
  }

  public Placed getById(TenantId tenant, long id) {
    return transaction(
        tenant,
        (tables, shelf) ->
            placed(
                shelf,
                shelf.folders().stream()
                    .filter(folder -> folder.id() == id)
                    .findFirst()
                    .orElseThrow(RefusedException::noFolder)));
  }

  private static Placed placed(Shelf shelf, Folder folder) {
    return new Placed(folder, shelf.parents(folder));
  }

  /**
   * Makes a folder.
   *
   * @param uid "" for a new one
   * @param parentUid "" for the root
   */
  public Placed create(
      TenantId tenant,
      String uid,
      String title,
      String parentUid,
      String description,
      String author) {
    checkTitle(title, description);
    if (!Uids.isValid(uid) || Uids.isTooLong(uid)) {
      throw RefusedException.bad("invalid uid for folder provided");
    }
    return transaction(
        tenant,
        (tables, shelf) -> {
          if (shelf.folders().size() >= FOLDERS_MAX) {
            throw new RefusedException(
                403,
                "quota-reached",
                "Quota reached: a tenant may have %d folders; delete some".formatted(FOLDERS_MAX));
          }
          if (uid.equals(Folder.GENERAL_UID)
              || shelf.findFolder(uid).isPresent()
              || shelf.find(uid).isPresent()) {
            throw new RefusedException(
                409, "", "a folder/dashboard with the same uid already exists");
          }
          checkPlace(shelf, parentUid, title, uid);
          checkDepth(shelf, parentUid, 0);
          Change change = new Change(clock.epochMs(), author);
          String own = uid.isEmpty() ? Uids.random(random) : uid;
          StoredFolders.Row row =
              new StoredFolders.Row(
                  0, tenant, own, parentUid, title.strip(), description, 1, change, change);
          keep(tables, tenant, shelf, parentUid, change);
          var _ = tables.folders().insert(row);
          return after(tables, row);
        });
  }

  private Placed after(State.Tables tables, StoredFolders.Row row) {
    Shelf now = Shelf.of(tables, row.tenant(), files.apply(row.tenant()));
    return placed(now, now.folder(row.uid()));
  }

  private static void checkTitle(String title, String description) {
    if (title.isBlank()) {
      throw new RefusedException(400, "empty-name", "folder title cannot be empty");
    }
    if (title.length() > TITLE_CHARS_MAX) {
      throw RefusedException.bad(
          "folder title too long, max %d characters".formatted(TITLE_CHARS_MAX));
    }
    if (description.length() > DESCRIPTION_CHARS_MAX) {
      throw RefusedException.bad(
          "folder description too long, max %d characters".formatted(DESCRIPTION_CHARS_MAX));
    }
  }

  private static void checkPlace(Shelf shelf, String parentUid, String title, String uid) {
    if (!parentUid.isEmpty() && shelf.findFolder(parentUid).isEmpty()) {
      throw new RefusedException(404, "not-found", "parent folder not found");
    }
    boolean taken =
        shelf.folders().stream()
            .anyMatch(folder ->
                folder.parentUid().equals(parentUid)
                    && !folder.uid().equals(uid)
                    && folder.title().equalsIgnoreCase(title.strip()));
    if (taken) {
      throw new RefusedException(
          409, "name-exists", "a folder with the same name already exists in the current location");
    }
  }

  private static void checkDepth(Shelf shelf, String parentUid, int below) {
    int depth = parentUid.isEmpty() ? 0 : 1 + shelf.parents(shelf.folder(parentUid)).size();
    if (depth + below > DEPTH_MAX) {
      throw RefusedException.bad("Maximum nested folder depth reached");
    }
  }

  /**
   * Renames a folder.
   *
   * @param version that the client knows
   */
  public Placed update(
      TenantId tenant,
      String uid,
      String title,
      String description,
      int version,
      boolean overwrite,
      String author) {
    checkTitle(title, description);
    return transaction(
        tenant,
        (tables, shelf) -> {
          Folder folder = changeable(shelf, uid);
          if (folder.version() != version && !overwrite) {
            throw new RefusedException(
                412, "version-mismatch", "the folder has been changed by someone else");
          }
          checkPlace(shelf, folder.parentUid(), title, uid);
          return stored(tables, tenant, folder, folder.parentUid(), title, description, author);
        });
  }

  private static Folder changeable(Shelf shelf, String uid) {
    Folder folder = shelf.folder(uid);
    if (folder.provisioned()) {
      throw RefusedException.bad(
          "the folder is provisioned: change the files that its dashboards come from");
    }
    return folder;
  }

  private Placed stored(
      State.Tables tables,
      TenantId tenant,
      Folder folder,
      String parentUid,
      String title,
      String description,
      String author) {
    StoredFolders.Row row =
        new StoredFolders.Row(
            folder.id(),
            tenant,
            folder.uid(),
            parentUid,
            title.strip(),
            description,
            folder.version() + 1,
            folder.created(),
            new Change(clock.epochMs(), author));
    tables.folders().update(row);
    return after(tables, row);
  }

  /**
   * Puts a folder into another.
   *
   * @param parentUid "" for the root
   */
  public Placed move(TenantId tenant, String uid, String parentUid, String author) {
    return transaction(
        tenant,
        (tables, shelf) -> {
          Folder folder = changeable(shelf, uid);
          checkPlace(shelf, parentUid, folder.title(), uid);
          if (shelf.below(uid).contains(parentUid)) {
            throw RefusedException.bad("Circular reference detected");
          }
          checkDepth(shelf, parentUid, height(shelf, uid));
          Change change = new Change(clock.epochMs(), author);
          keep(tables, tenant, shelf, parentUid, change);
          return stored(
              tables, tenant, folder, parentUid, folder.title(), folder.description(), author);
        });
  }

  /** How deep the folders below a folder nest. */
  private static int height(Shelf shelf, String uid) {
    int own = shelf.parents(shelf.folder(uid)).size();
    return shelf.below(uid).stream()
            .mapToInt(each -> shelf.parents(shelf.folder(each)).size())
            .max()
            .orElse(own)
        - own;
  }

  public Counts counts(TenantId tenant, String uid) {
    return transaction(
        tenant,
        (tables, shelf) -> {
          Set<String> below = shelf.below(shelf.folder(uid).uid());
          int dashboards =
              (int)
                  shelf.entries().stream()
                      .filter(entry -> below.contains(entry.folderUid()))
                      .count();
          return new Counts(below.size() - 1, dashboards);
        });
  }

  /** Deletes a folder with all dashboards and folders in it. */
  public Folder delete(TenantId tenant, String uid) {
    return transaction(
        tenant,
        (tables, shelf) -> {
          Folder folder = shelf.folder(uid);
          Set<String> below = shelf.below(uid);
          if (below.stream().anyMatch(each -> shelf.folder(each).provisioned())) {
            throw RefusedException.bad("provisioned dashboard cannot be deleted");
          }
          for (Shelf.Entry entry : shelf.entries()) {
            if (below.contains(entry.folderUid())) {
              entry.row().ifPresent(tables.dashboards()::delete);
            }
          }
          below.forEach(each -> tables.folders().delete(shelf.folder(each).id()));
          return folder;
        });
  }

  /**
   * Stores a folder that only dashboards of files have made so far, so that what people put into it
   * keeps it.
   */
  static void keep(State.Tables tables, TenantId tenant, Shelf shelf, String uid, Change change) {
    Optional<Folder> folder = shelf.findFolder(uid).filter(Folder::provisioned);
    boolean stored =
        tables.folders().ofTenant(tenant).stream().anyMatch(row -> row.uid().equals(uid));
    if (folder.isPresent() && !stored) {
      var _ =
          tables
              .folders()
              .insert(
                  new StoredFolders.Row(
                      0, tenant, uid, "", folder.get().title(), "", 1, change, change));
    }
  }
}
