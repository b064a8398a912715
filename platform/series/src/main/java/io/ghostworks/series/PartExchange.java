package io.ghostworks.series;

import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.storage.manifest.ManifestFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes which parts are live: in the manifest first, then in what queries see. A change that
 * fails leaves both as they were. Used by one thread at a time.
 */
final class PartExchange {
  private final Parts parts;
  private final LiveLayers live;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private long writtenChanges;

  PartExchange(Parts parts, LiveLayers live, ExemplarStore exemplars, MetadataStore metadata) {
    this.parts = parts;
    this.live = live;
    this.exemplars = exemplars;
    this.metadata = metadata;
    this.writtenChanges = changes();
  }

  /** Whether exemplars or metadata changed since they were written last. */
  boolean isCatalogStale() {
    return changes() != writtenChanges;
  }

  /** Puts a new part, or none, into the place of others; closes it where that fails. */
  void replace(List<LivePart> removed, @Nullable LivePart added) throws IOException {
    List<LivePart> all = new ArrayList<>(live.current().parts());
    all.removeAll(removed);
    if (added != null) {
      all.add(added);
    }
    try {
      parts.replace(parts.journalSequence(), all, live.current().tombstones(), null);
    } catch (IOException | RuntimeException e) {
      if (added != null) {
        added.part.close();
      }
      throw e;
    }
    live.replace(layers -> layers.withParts(all));
  }

  /**
   * Writes exemplars and metadata into a new file where they changed since the last time; the next
   * manifest names it.
   */
  CatalogChange writeCatalog() throws IOException {
    long changes = changes();
    return new CatalogChange(
        changes, changes == writtenChanges ? null : parts.writeCatalog(exemplars, metadata));
  }

  /** Adds parts. */
  void add(List<LivePart> added, CatalogChange catalog) throws IOException {
    List<LivePart> all = and(added);
    replaceManifest(parts.journalSequence(), all, catalog);
    live.replace(layers -> layers.withParts(all));
  }

  /** Puts the parts that were written of an ended head into its place. */
  void replaceHead(HeadLayer ended, List<LivePart> written, CatalogChange catalog)
      throws IOException {
    List<LivePart> all = and(written);
    replaceManifest(Math.max(parts.journalSequence(), ended.throughSequence()), all, catalog);
    live.replace(layers -> {
      List<HeadLayer> stillFrozen = new ArrayList<>(layers.frozen());
      stillFrozen.remove(ended);
      return new Layers(all, stillFrozen, layers.active(), layers.tombstones());
    });
  }

  /** Forgets deletes that hide nothing any more. */
  void forget(List<Tombstone> done) throws IOException {
    Layers now = live.current();
    parts.replace(parts.journalSequence(), now.parts(), now.tombstones().without(done), null);
    live.replace(layers -> layers.withTombstones(layers.tombstones().without(done)));
  }

  private List<LivePart> and(List<LivePart> added) {
    List<LivePart> all = new ArrayList<>(live.current().parts());
    all.addAll(added);
    return all;
  }

  private void replaceManifest(long journalSequence, List<LivePart> all, CatalogChange catalog)
      throws IOException {
    parts.replace(journalSequence, all, live.current().tombstones(), catalog.file());
    writtenChanges = catalog.changes();
  }

  private long changes() {
    return exemplars.changes() + metadata.changes();
  }

  /**
   * What is written beside samples.
   *
   * @param changes how many there were by then
   * @param file null where the one before is still right
   */
  record CatalogChange(long changes, @Nullable ManifestFile file) {}
}
