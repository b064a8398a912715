package io.ghostworks.series;

import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.PartReader;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The file of what is known beside samples: a {@link PartWriter} file of kind 0x5302, version 2,
 * with the sections "exemplars" (see {@link ExemplarStore#write}; version 1 has them as frames of
 * version 1) and "metadata" (see {@link MetadataStore#write}). Written whole, by a flush after
 * which it differs.
 */
final class Catalog {
  /** Tells the file from others. */
  static final int KIND = 0x5302;

  private static final int VERSION = 2;
  private static final int SECTION_BYTES_MAX = 1 << 30;
  private static final String EXEMPLARS = "exemplars";
  private static final String METADATA = "metadata";

  private Catalog() {}

  static void write(FileSystem files, Path path, ExemplarStore exemplars, MetadataStore metadata)
      throws IOException {
    try (PartWriter file = PartWriter.create(files, path, KIND, VERSION)) {
      BytesOutput out = new BytesOutput(4096, SECTION_BYTES_MAX);
      exemplars.write(out);
      file.section(EXEMPLARS, out);
      out.clear();
      metadata.write(out);
      file.section(METADATA, out);
      file.finish();
    }
  }

  static void read(FileSystem files, Path path, ExemplarStore exemplars, MetadataStore metadata)
      throws IOException {
    try (PartReader file = PartReader.open(files, path, KIND)) {
      int version = file.kindVersion();
      if (version < 1 || version > VERSION) {
        throw new DamagedDataException(
            "this release reads catalogs of versions up to %d, got %d (%s)"
                .formatted(VERSION, version, path));
      }
      exemplars.read(file.read(EXEMPLARS, SECTION_BYTES_MAX), version);
      metadata.read(file.read(METADATA, SECTION_BYTES_MAX));
    }
  }
}
