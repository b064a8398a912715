package io.ghostworks.alertmanager.receiver;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where AWS's services of a region answer. Source: the partitions of AWS's endpoint rules, and the
 * rules of SNS.
 */
final class AwsPartition {

  private static final String SUFFIX = "amazonaws.com";
  private static final List<Map.Entry<String, String>> SUFFIXES =
      List.of(
          Map.entry("cn-", "amazonaws.com.cn"),
          Map.entry("eusc-", "amazonaws.eu"),
          Map.entry("us-iso-", "c2s.ic.gov"),
          Map.entry("us-isob-", "sc2s.sgov.gov"),
          Map.entry("eu-isoe-", "cloud.adc-e.uk"),
          Map.entry("us-isof-", "csp.hci.ic.gov"));

  private AwsPartition() {}

  /**
   * @param service such as {@code sns}
   * @throws IllegalArgumentException if the region cannot be a part of a host's name
   */
  static URI endpoint(String service, String region) {
    for (int i = 0; i < region.length(); i++) {
      char c = region.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        throw new IllegalArgumentException(
            "a region of AWS must consist of a-z, 0-9 and '-', got '%s'".formatted(region));
      }
    }
    String suffix =
        SUFFIXES.stream()
            .filter(each -> region.startsWith(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(SUFFIX);
    return URI.create("https://%s.%s.%s/".formatted(service, region, suffix));
  }
}
