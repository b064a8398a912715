package io.ghostworks.bench.metrics;

import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.part.PartReader;
import io.ghostworks.storage.part.PartSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a server's files take.
 *
 * @param sampleBytes values, times and what leads to them
 * @param indexBytes what leads from labels to series
 * @param files of samples
 */
record DiskUse(long sampleBytes, long indexBytes, int files) {
  private static final int SERIES_PART = 0x5301;

  long bytes() {
    return sampleBytes + indexBytes;
  }

  /** The bytes of the log that a restart reads. */
  static long journalBytes(Server server) throws IOException {
    Path data = server.data();
    return switch (server.kind()) {
      case GHOSTWORKS -> bytes(data.resolve("journal/series"), file -> true);
      case PROMETHEUS -> bytes(data.resolve("wal"), file -> true);
      case VICTORIA_METRICS -> 0; // it has none
    };
  }

  /** What stands in files after {@link Compaction}. */
  static DiskUse of(Server server, Path samples) throws IOException {
    return switch (server.kind()) {
      case GHOSTWORKS -> ofGhostworks(samples);
      case PROMETHEUS ->
          new DiskUse(
              bytes(samples, file -> file.toString().contains("/chunks/")),
              bytes(samples, file -> !file.toString().contains("/chunks/")),
              count(samples, file -> file.endsWith("index")));
      case VICTORIA_METRICS ->
          new DiskUse(
              bytes(samples.resolve("data"), file -> !file.toString().contains("indexdb")),
              bytes(samples, file -> file.toString().contains("indexdb")),
              count(
                  samples.resolve("data"),
                  file -> file.endsWith("values.bin") && !file.toString().contains("indexdb")));
    };
  }

  private static DiskUse ofGhostworks(Path folder) throws IOException {
    long samples = 0;
    long index = 0;
    int parts = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.filter(file -> file.toString().endsWith(".series")).toList()) {
        try (PartReader part = PartReader.open(new DiskFileSystem(), path, SERIES_PART)) {
          index += part.sizeBytes();
          for (PartSection section : part.sections()) {
            if (section.name().equals("chunks") || section.name().equals("times")) {
              samples += section.lengthBytes();
              index -= section.lengthBytes();
            }
          }
        }
        parts++;
      }
    }
    return new DiskUse(samples, index, parts);
  }

  private static long bytes(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).filter(which).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  private static int count(Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return (int) files.filter(which).count();
    }
  }
}
