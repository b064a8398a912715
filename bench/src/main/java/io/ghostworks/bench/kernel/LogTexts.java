package io.ghostworks.bench.kernel;

import io.ghostworks.model.column.ByteArena;
import java.util.Random;

/**
 * A block of log bodies like those of several services: plain lines with ids, times and paths, JSON
 * objects and messages of applications. Half of the ids come from 256 recent ones.
 */
final class LogTexts {

  private static final int RECENT = 256;

  private final Random random;
  private final long[] recent = new long[RECENT];
  private final ByteArena arena = new ByteArena(1 << 20);
  private final long[] slices;
  private long timeMs = 1_700_000_000_000L;

  LogTexts(long seed, int rows) {
    random = new Random(seed);
    for (int i = 0; i < RECENT; i++) {
      recent[i] = random.nextLong();
    }
    slices = new long[rows];
    for (int row = 0; row < rows; row++) {
      timeMs += random.nextInt(20);
      slices[row] = arena.append(text());
    }
  }

  ByteArena arena() {
    return arena;
  }

  long[] slices() {
    return slices;
  }

  private String text() {
    return switch (random.nextInt(20)) {
      case 0, 1 ->
          "081109 %06d %d INFO dfs.DataNode$PacketResponder: PacketResponder %d for block blk_%d terminating"
              .formatted(random.nextInt(240_000), random.nextInt(300), random.nextInt(3), id());
      case 2, 3 ->
          "081109 %06d %d INFO dfs.FSNamesystem: BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.251.%d.%d:50010 is added to blk_%d size %d"
              .formatted(
                  random.nextInt(240_000),
                  random.nextInt(300),
                  random.nextInt(256),
                  random.nextInt(256),
                  id(),
                  random.nextInt(67_108_864));
      case 4 ->
          "Jun 14 15:%02d:%02d combo sshd(pam_unix)[%d]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=%d.%d.%d.%d"
              .formatted(
                  random.nextInt(60),
                  random.nextInt(60),
                  random.nextInt(32_000),
                  random.nextInt(256),
                  random.nextInt(256),
                  random.nextInt(256),
                  random.nextInt(256));
      case 5, 6 ->
          "%d.%d.%d.%d - - [14/Nov/2023:22:%02d:%02d +0000] \"GET /api/v1/orders/%d/items?page=%d HTTP/1.1\" %d %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\""
              .formatted(
                  10,
                  random.nextInt(4),
                  random.nextInt(256),
                  random.nextInt(256),
                  random.nextInt(60),
                  random.nextInt(60),
                  random.nextInt(1_000_000),
                  random.nextInt(20),
                  status(),
                  random.nextInt(50_000));
      case 7, 8 ->
          "nova.osapi_compute.wsgi.server [req-%s %s - - -] \"GET /v2/servers/detail\" status: %d len: %d time: 0.%07d"
              .formatted(
                  uuid(id()), uuid(7), status(), random.nextInt(3_000), random.nextInt(9_999_999));
      case 9 ->
          "level=warn ts=%d caller=dedupe.go:%d component=remote msg=\"retrying after error\" attempt=%d trace_id=%016x%016x"
              .formatted(timeMs, 100 + random.nextInt(4), random.nextInt(9), id(), id());
      case 10, 11, 12, 13, 14 ->
          "{\"ts\":%d,\"level\":\"%s\",\"service\":\"checkout\",\"msg\":\"order %d placed by user u-%06d in %dms\",\"trace_id\":\"%016x%016x\",\"http\":{\"method\":\"POST\",\"path\":\"/api/v1/orders/%d\",\"status\":%d},\"duration\":%.3f}"
              .formatted(
                  timeMs,
                  level(),
                  random.nextInt(10_000_000),
                  random.nextInt(200_000),
                  random.nextInt(900),
                  id(),
                  id(),
                  random.nextInt(10_000_000),
                  status(),
                  random.nextInt(1_000_000) / 1000.0);
      default ->
          switch (random.nextInt(4)) {
            case 0 -> "cache miss for key session:%016x, loading from database".formatted(id());
            case 1 ->
                "request handled in %d ms, %d bytes sent"
                    .formatted(random.nextInt(500), random.nextInt(90_000));
            case 2 ->
                "user u-%06d logged in from device %s".formatted(random.nextInt(200_000), word());
            default ->
                "connection to db-%d.internal %s, %s %s after %d attempts"
                    .formatted(random.nextInt(12), word(), word(), word(), random.nextInt(9));
          };
    };
  }

  private long id() {
    if (random.nextBoolean()) {
      return recent[random.nextInt(RECENT)];
    }
    long id = random.nextLong();
    recent[random.nextInt(RECENT)] = id;
    return id;
  }

  private static String uuid(long id) {
    return new java.util.UUID(id, id * 0x9E3779B97F4A7C15L).toString();
  }

  private int status() {
    return random.nextInt(20) == 0 ? 500 : 200;
  }

  private String level() {
    return random.nextInt(20) == 0 ? "error" : "info";
  }

  private String word() {
    String[] words = {"timeout", "refused", "exhausted", "slow", "closing", "retrying", "reset"};
    return words[random.nextInt(words.length)];
  }
}
