package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dashboards that people store, with their versions and the stars they have. */
public interface StoredDashboards {

  /** All of a tenant, by id. */
  List<Row> ofTenant(TenantId tenant);

  Optional<Row> find(TenantId tenant, String uid);

  Optional<Row> findById(TenantId tenant, long id);

  /** How many a tenant has. */
  int count(TenantId tenant);

  /** The bytes that the kept versions of a tenant take. */
  long versionBytes(TenantId tenant);

  /**
   * Stores a new dashboard with its first version.
   *
   * @return its id
   */
  long insert(Row row, Version version, Text text);

  /** Stores another state of a dashboard, whose version has the row's number. */
  void update(Row row, Version version, Text text);

  /** Puts a dashboard into another folder; that is no version. */
  void move(long id, String folderUid);

  /** Deletes a dashboard with its versions and its star. */
  void delete(Row row);

  /** The versions that are kept, the newest first. */
  List<Version> versions(long id, int offset, int limit);

  Optional<Version> findVersion(long id, int version);

  Optional<Text> findText(long id, int version);

  /** Forgets all but the newest versions of a dashboard that has just been stored. */
  void forgetVersions(long id, int versionsMax);

  /** The uids of what has a star. */
  Set<String> stars(TenantId tenant);

  void putStar(TenantId tenant, String uid);

  void deleteStar(TenantId tenant, String uid);

  /**
   * A dashboard as it is at the moment.
   *
   * @param id meaningless where it is being inserted
   * @param tags a JSON array
   * @param folderUid "" for the general folder
   * @param fileHash of the provisioned file that it stands before; "" if there is none
   */
  record Row(
      long id,
      TenantId tenant,
      String uid,
      int version,
      String title,
      String tags,
      String folderUid,
      String fileHash,
      Change created,
      Change updated) {}

  /**
   * Who did something, and when.
   *
   * @param atMs milliseconds since the epoch
   */
  record Change(long atMs, String author) {}

  /**
   * One version.
   *
   * @param id unique among all versions; meaningless where it is being stored
   * @param parentVersion that it was made of; 0 if there was none
   * @param restoredFrom the version that it repeats; 0 if it repeats none
   */
  record Version(
      long id, int version, int parentVersion, int restoredFrom, Change change, String message) {}

  /**
   * What a version consists of, packed as the writer likes; owned by the reader.
   *
   * @param original what came
   * @param document what is served; null where it is what came
   */
  record Text(byte[] original, byte @Nullable [] document) {}
}
