package io.ghostworks.bench.logs;

import java.util.SplittableRandom;

/**
 * Lines as services and systems write them: of four streams, two are plain text, one is JSON and
 * one logfmt. Ids are of high cardinality, half of the other variables come from small pools. A
 * line depends on the seed, its stream and its number only.
 *
 * <p>The needles that queries look for stand in plain text: a whole id in few lines, and the word
 * {@code error} in many.
 */
final class LogLines {
  /** An id that stands whole in some ten lines of a load. */
  static final String NEEDLE = "7f3a9c2e81d04b56a1c8e9f02b3d4c5e";

  /** A part of it that is no word. */
  static final String FRAGMENT = "c2e81d04b56a1c8e9f02";

  private static final int RECENT_LINES = 16_384;
  private static final int RECENT_IDS = 256;

  /** How often the field {@code user_id} of JSON lines has each value. */
  static final int USERS = 10_000;

  private static final String[] LEVELS = {"debug", "info", "warn", "error"};
  private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};
  private static final String[] PATHS = {
    "/api/v1/orders", "/api/v1/users", "/login", "/static/app.js", "/api/v1/search", "/healthz"
  };
  private static final int[] STATUS = {200, 200, 200, 200, 201, 204, 301, 404, 500, 503};
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder line = new StringBuilder(512);
  private final long seed;
  private final long needleEvery;
  private SplittableRandom random;
  private String level = "info";
  private long recent;

  /**
   * @param needleEvery so many lines a request has a needle
   */
  LogLines(long seed, long needleEvery) {
    this.seed = seed;
    this.needleEvery = needleEvery;
    this.random = new SplittableRandom(seed);
  }

  /** The line of a number, which counts over all streams. */
  String line(int stream, long number, long timeNanos) {
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ number * 0xC2B2AE3D27D4EB4FL);
    recent = (seed + number / RECENT_LINES) * 0xC2B2AE3D27D4EB4FL;
    int share = random.nextInt(100);
    level = LEVELS[share < 10 ? 0 : share < 85 ? 1 : share < 95 ? 2 : 3];
    line.setLength(0);
    switch (stream % 4) {
      case 0 -> text(number, random.nextInt(9));
      case 1 -> json(timeNanos);
      case 2 -> logfmt(timeNanos);
      default -> text(number, 9 + random.nextInt(7));
    }
    return line.toString();
  }

  /** The level of the line that was made last. */
  String level() {
    return level;
  }

  private void text(long number, int form) {
    if (form < 9 && number % needleEvery < LogRequests.LINES && number % 100 == 0) {
      line.append("payment ").append(NEEDLE).append(" was settled after review");
      return;
    }
    switch (form) {
      case 0 ->
          add(
              "Accepted publickey for deploy from ",
              ip(),
              " port ",
              port(),
              " ssh2: ED25519 SHA256:",
              hex(43));
      case 1 -> add("Received block blk_", number(19), " of size ", number(8), " from /", ip());
      case 2 ->
          add(
              ip(),
              " - - \"",
              method(),
              " ",
              path(),
              "/",
              number(6),
              " HTTP/1.1\" ",
              status(),
              " ",
              number(5),
              " \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\" ",
              number(3),
              "ms");
      case 3 ->
          add(
              "connection to ",
              host(),
              ":5432 ",
              level.equals("error") ? "failed with error: timeout" : "established",
              " in ",
              number(3),
              " ms (pool ",
              number(1),
              ", session ",
              hex(16),
              ")");
      case 4 ->
          add(
              "retries exhausted after ",
              number(1),
              " attempts for u-",
              number(6),
              ", giving up on job ",
              uuid());
      case 5 ->
          add(
              "GC pause (G1 Evacuation Pause) (young) ",
              number(3),
              "M->",
              number(2),
              "M(",
              number(4),
              "M) ",
              number(2),
              ".",
              number(3),
              "ms");
      case 6 ->
          add(
              "[",
              uuid(),
              "] cache miss for key session:",
              hex(24),
              " in region eu-west-",
              number(1),
              ", fetched from origin in ",
              number(3),
              " ms");
      case 7 ->
          add("Instance ", uuid(), " of host ", host(), " changed state from BUILDING to ACTIVE");
      case 8 ->
          add(
              "pam_unix(sshd:session): session opened for user user",
              number(3),
              " by (uid=0), pid ",
              port());
      case 9 ->
          add(
              "Task attempt_",
              number(13),
              "_0",
              number(3),
              "_m_00",
              number(4),
              "_0 is done. And is in the process of committing");
      case 10 ->
          add(
              "Scheduling request for container_e",
              number(2),
              "_",
              number(13),
              "_",
              number(4),
              " with priority ",
              number(1),
              " on ",
              host());
      case 11 -> add("Invalid user ", word(), " from ", ip(), " port ", port());
      case 12 ->
          add(
              "checkpoint complete: wrote ",
              number(5),
              " buffers (",
              number(1),
              ".",
              number(1),
              "%); write=",
              number(2),
              ".",
              number(3),
              " s, sync=0.",
              number(3),
              " s, total=",
              number(2),
              ".",
              number(3),
              " s");
      case 13 -> add("kernel: [", number(6), ".", number(6), "] eth0: renamed from veth", hex(7));
      case 14 ->
          add(
              "order ",
              uuid(),
              " of customer c-",
              number(7),
              " was ",
              level.equals("error") ? "not shipped: error of carrier " : "handed to carrier ",
              word(),
              " with ",
              number(1),
              " parcels, trace ",
              hex(32));
      default -> add("Verification succeeded for blk_", number(19));
    }
  }

  private void json(long timeNanos) {
    add(
        "{\"ts\":\"",
        time(timeNanos),
        "\",\"severity\":\"",
        level,
        "\",\"msg\":\"request ",
        level.equals("error") ? "failed with error" : "completed",
        "\",\"method\":\"",
        method(),
        "\",\"path\":\"",
        path(),
        "/",
        number(5),
        "\",\"status\":",
        status(),
        ",\"duration_ms\":",
        number(3),
        ".",
        number(2),
        ",\"bytes\":",
        number(5),
        ",\"user_id\":\"u-");
    line.append(random.nextInt(USERS));
    add(
        "\",\"tenant\":\"tenant-",
        number(2),
        "\",\"trace_id\":\"",
        hex(32),
        "\",\"span_id\":\"",
        hex(16),
        "\",\"thread\":\"http-",
        number(1),
        "\"}");
  }

  private void logfmt(long timeNanos) {
    add(
        "ts=",
        time(timeNanos),
        " severity=",
        level,
        " caller=",
        word(),
        ".go:",
        number(3),
        " component=",
        word(),
        " msg=\"",
        level.equals("error") ? "upload ended with error" : "compacted blocks",
        "\" block=",
        hex(26),
        " duration=",
        number(2),
        ".",
        number(3),
        "s samples=",
        number(7),
        " org_id=",
        number(2),
        " trace_id=",
        hex(32));
  }

  private void add(String... pieces) {
    for (String piece : pieces) {
      line.append(piece);
    }
  }

  private static String time(long nanos) {
    return java.time.Instant.ofEpochSecond(
            nanos / 1_000_000_000, nanos % 1_000_000_000 / 1_000_000 * 1_000_000)
        .toString();
  }

  private String hex(int digits) {
    SplittableRandom of =
        random.nextBoolean()
            ? random
            : new SplittableRandom(recent * 31 + random.nextInt(RECENT_IDS));
    char[] text = new char[digits];
    long bits = 0;
    for (int i = 0; i < digits; i++) {
      bits = i % 16 == 0 ? of.nextLong() : bits >>> 4;
      text[i] = HEX.charAt((int) bits & 15);
    }
    return new String(text);
  }

  private String uuid() {
    String all = hex(32);
    return all.substring(0, 8)
        + "-"
        + all.substring(8, 12)
        + "-"
        + all.substring(12, 16)
        + "-"
        + all.substring(16, 20)
        + "-"
        + all.substring(20);
  }

  private String number(int digits) {
    char[] text = new char[digits];
    long left = random.nextLong() >>> 1;
    for (int i = 0; i < digits; i++) {
      text[i] = (char) ('0' + left % 10);
      left /= 10;
    }
    if (digits > 1 && text[0] == '0') {
      text[0] = '1';
    }
    return new String(text);
  }

  private String ip() {
    return "10." + random.nextInt(4) + "." + random.nextInt(64) + "." + random.nextInt(250);
  }

  private String port() {
    return Integer.toString(1024 + random.nextInt(64_000));
  }

  private String host() {
    return "node-" + random.nextInt(40) + ".internal";
  }

  private String word() {
    return "w" + random.nextInt(256);
  }

  private String method() {
    return METHODS[random.nextInt(METHODS.length)];
  }

  private String path() {
    return PATHS[random.nextInt(PATHS.length)];
  }

  private String status() {
    return Integer.toString(STATUS[random.nextInt(STATUS.length)]);
  }
}
