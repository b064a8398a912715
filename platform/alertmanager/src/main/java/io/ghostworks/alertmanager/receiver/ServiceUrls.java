package io.ghostworks.alertmanager.receiver;

/** Addresses below that of a service, joined as Go's {@code URL.JoinPath} does. */
final class ServiceUrls {

  private ServiceUrls() {}

  /**
   * @param path relative, without dots
   */
  static String joined(String base, String path) {
    int query = base.indexOf('?');
    String rest = query < 0 ? "" : base.substring(query);
    String front = query < 0 ? base : base.substring(0, query);
    return front.replaceAll("/+$", "") + "/" + path + rest;
  }
}
