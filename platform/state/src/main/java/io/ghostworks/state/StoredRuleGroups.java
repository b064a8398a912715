package io.ghostworks.state;

import io.ghostworks.model.TenantId;
import java.util.List;
import java.util.Optional;

/** Groups of rules that clients store, with all their versions. */
public interface StoredRuleGroups {

  /** All groups of all tenants, by tenant, language, namespace and name. */
  List<Group> all();

  /** A tenant's groups in a language, by namespace and name. */
  List<Group> ofTenant(TenantId tenant, String language);

  /**
   * Stores a group in the place of the one of its name, and notes the version.
   *
   * @return its version: 1, or one more than the last version there was
   */
  int set(Group group, Change change);

  /**
   * Deletes a group, and notes that.
   *
   * @return whether it was there
   */
  boolean delete(TenantId tenant, String language, String namespace, String name, Change change);

  /** The versions of a tenant's groups in a language, the newest first. */
  List<Version> versions(TenantId tenant, String language, Filter filter, int most);

  /** One version. */
  Optional<Version> findVersion(
      TenantId tenant, String language, String namespace, String name, int version);

  /**
   * Forgets the oldest versions beyond a number, of a group and of all groups of the tenant. Groups
   * that are stored stay.
   */
  void forgetVersions(Group group, int mostOfGroup, int mostOfTenant);

  /**
   * A stored group.
   *
   * @param body YAML, as the ruler API answers it
   * @param version meaningless where it is being set
   */
  record Group(
      TenantId tenant, String language, String namespace, String name, String body, int version) {}

  /**
   * Who changes something, when (nanoseconds since the epoch), and how.
   *
   * @param kind {@code set}, {@code delete} or {@code restore}
   */
  record Change(String kind, String author, long atNanos) {}

  /**
   * Which groups.
   *
   * @param namespace "" for all
   * @param name "" for all
   */
  record Filter(String namespace, String name) {}

  /**
   * One version of a group.
   *
   * @param body empty where the group was deleted
   */
  record Version(String namespace, String name, int version, String body, Change change) {}
}
