package io.ghostworks.dashboards.store;

import io.ghostworks.dashboards.Dashboard;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredDashboards;
import io.ghostworks.state.StoredFolders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All dashboards and folders that a tenant has at one moment: those of files, and those that are
 * stored. A stored one stands before the file of the same uid as long as the file is the one that
 * it was made of and may be edited.
 */
final class Shelf {

  private static final int FILE_ID_BIT = 1 << 30;
  private static final StoredDashboards.Change NOBODY = new StoredDashboards.Change(0, "");

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Folder> folders = new LinkedHashMap<>();
  private final Set<String> stars;

  private Shelf(Set<String> stars) {
    this.stars = stars;
  }

  /**
   * A dashboard.
   *
   * @param file where it comes from; empty where it is stored only
   * @param row where it is stored; empty where its file counts
   */
  record Entry(
      long id,
      String uid,
      String title,
      List<String> tags,
      String folderUid,
      Optional<Dashboard> file,
      Optional<StoredDashboards.Row> row) {

    /** Whether nobody may change it here. */
    boolean isReadOnly() {
      return file.isPresent() && !file.get().place().editable();
    }
  }

  /**
   * @param files which dashboards of files the tenant has
   */
  static Shelf of(State.Tables tables, TenantId tenant, List<Dashboard> files) {
    Shelf shelf = new Shelf(tables.dashboards().stars(tenant));
    for (StoredFolders.Row row : tables.folders().ofTenant(tenant)) {
      shelf.folders.put(row.uid(), folder(row));
    }
    for (Dashboard file : files) {
      shelf.entries.put(file.uid(), entry(file));
      if (!file.folderUid().isEmpty()) {
        shelf.folders.merge(
            file.folderUid(),
            fileFolder(file.folderUid(), file.place().folderTitle()),
            (stored, made) ->
                new Folder(
                    stored.id(),
                    stored.uid(),
                    stored.title(),
                    stored.parentUid(),
                    stored.description(),
                    stored.version(),
                    stored.created(),
                    stored.updated(),
                    true));
      }
    }
    for (StoredDashboards.Row row : tables.dashboards().ofTenant(tenant)) {
      Entry before = shelf.entries.get(row.uid());
      if (before == null || standsBefore(row, before)) {
        shelf.entries.put(
            row.uid(), shelf.entry(row, before == null ? Optional.empty() : before.file()));
      }
    }
    return shelf;
  }

  private static boolean standsBefore(StoredDashboards.Row row, Entry before) {
    return before
        .file()
        .map(file -> file.place().editable() && file.hash().equals(row.fileHash()))
        .orElse(true);
  }

  private static Entry entry(Dashboard file) {
    return new Entry(
        fileId(file.uid()),
        file.uid(),
        file.title(),
        file.tags(),
        file.folderUid(),
        Optional.of(file),
        Optional.empty());
  }

  private Entry entry(StoredDashboards.Row row, Optional<Dashboard> file) {
    String folder = folders.containsKey(row.folderUid()) ? row.folderUid() : "";
    return new Entry(
        row.id(), row.uid(), row.title(), tags(row.tags()), folder, file, Optional.of(row));
  }

  private static Folder folder(StoredFolders.Row row) {
    return new Folder(
        row.id(),
        row.uid(),
        row.title(),
        row.parentUid(),
        row.description(),
        row.version(),
        row.created(),
        row.updated(),
        false);
  }

  private static Folder fileFolder(String uid, String title) {
    return new Folder(fileId(uid), uid, title, "", "", 1, NOBODY, NOBODY, true);
  }

  /** Out of the way of the ids of what is stored, and the same after a restart. */
  private static long fileId(String uid) {
    return FILE_ID_BIT | (uid.hashCode() & (FILE_ID_BIT - 1));
  }

  static List<String> tags(String json) {
    List<String> tags = new ArrayList<>();
    try {
      TreeJson.read(json).forEach(tag -> tags.add(tag.asText()));
    } catch (DocumentException e) {
      throw new IllegalStateException("stored tags cannot be read", e);
    }
    return tags;
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  List<Folder> folders() {
    return List.copyOf(folders.values());
  }

  Optional<Entry> find(String uid) {
    return Optional.ofNullable(entries.get(uid));
  }

  Entry entry(String uid) {
    return find(uid).orElseThrow(RefusedException::noDashboard);
  }

  Optional<Entry> findById(long id) {
    return entries.values().stream().filter(entry -> entry.id() == id).findFirst();
  }

  Optional<Folder> findFolder(String uid) {
    return Optional.ofNullable(folders.get(uid));
  }

  Folder folder(String uid) {
    return findFolder(uid).orElseThrow(RefusedException::noFolder);
  }

  boolean isStarred(String uid) {
    return stars.contains(uid);
  }

  /** The folders around a folder, the outermost first. */
  List<Folder> parents(Folder folder) {
    List<Folder> parents = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String uid = folder.parentUid();
    while (!uid.isEmpty() && seen.add(uid) && folders.containsKey(uid)) {
      Folder parent = folder(uid);
      parents.addFirst(parent);
      uid = parent.parentUid();
    }
    return parents;
  }

  /** The uids of a folder and of all below it. */
  Set<String> below(String uid) {
    Set<String> below = new HashSet<>(Set.of(uid));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Folder folder : folders.values()) {
        if (below.contains(folder.parentUid()) && below.add(folder.uid())) {
          grows = true;
        }
      }
    }
    return below;
  }
}
