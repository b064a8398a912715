package io.ghostworks.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.AccessPolicy.Decision;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path data;
  private AccessPolicy policy;

  @BeforeEach
  void open() throws Exception {
    policy =
        new AccessPolicy(
            Tokens.open(data, new SecureRandom()),
            TenantId.DEFAULT,
            List.of("https://grafana.example"),
            false);
  }

  @Test
  void makesThreeTokensThatOnlyTheOwnerReads() throws Exception {
    for (Role role : Role.values()) {
      Path file = data.resolve("tokens").resolve(role.word());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void keepsTheTokensOfAnEarlierStart() throws Exception {
    String before = token(Role.ADMIN);
    Tokens.open(data, new SecureRandom());
    assertThat(token(Role.ADMIN)).isEqualTo(before);
  }

  @Test
  void letsLoopbackInAsAdminOfAnyTenant() {
    assertThat(decide(LOOPBACK, "localhost:3000", null, "team-a", null, Permission.ADMIN))
        .isEqualTo(new Decision.Allowed(Role.ADMIN, new TenantId("team-a")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "127.0.0.1:9090", "127.9.8.7", "[::1]:3000", "app.localhost:3000"})
  void knowsLoopbackHosts(String host) {
    assertThat(decide(LOOPBACK, host, null, null, null, Permission.READ))
        .isInstanceOf(Decision.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "", "10.0.0.1:3000", "127.0.0.999"})
  void refusesOtherHostsWithoutToken(String host) {
    assertThat(decide(LOOPBACK, host, null, null, null, Permission.READ))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void refusesForwardedRequestsWithoutToken() {
    Decision decision =
        policy.decide(
            new AccessPolicy.Request(LOOPBACK, "localhost", true, null, null, null),
            Permission.READ);
    assertThat(decision)
        .isInstanceOfSatisfying(Decision.Refused.class, r -> assertThat(r.status()).isEqualTo(401));
  }

  @Test
  void refusesRemoteRequestsWithoutToken() throws Exception {
    InetAddress remote = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});
    assertThat(decide(remote, "localhost", null, null, null, Permission.READ))
        .isInstanceOf(Decision.Refused.class);
  }

  @Test
  void givesEachTokenItsRoleAndItsTenantOnly() throws Exception {
    InetAddress remote = InetAddress.getByAddress(new byte[] {10, 0, 0, 7});
    assertThat(decide(remote, "gw", "Bearer " + token(Role.INGEST), null, null, Permission.INGEST))
        .isEqualTo(new Decision.Allowed(Role.INGEST, TenantId.DEFAULT));
    assertThat(decide(remote, "gw", "Bearer " + token(Role.INGEST), null, null, Permission.READ))
        .isInstanceOf(Decision.Refused.class);
    assertThat(decide(remote, "gw", "Bearer " + token(Role.READ), null, null, Permission.INGEST))
        .isInstanceOf(Decision.Refused.class);
    assertThat(decide(remote, "gw", "Bearer " + token(Role.READ), "other", null, Permission.READ))
        .isInstanceOfSatisfying(Decision.Refused.class, r -> assertThat(r.status()).isEqualTo(403));
    assertThat(decide(remote, "gw", "Bearer " + token(Role.ADMIN), "other", null, Permission.ADMIN))
        .isEqualTo(new Decision.Allowed(Role.ADMIN, new TenantId("other")));
  }

  @Test
  void refusesAWrongTokenEvenFromLoopback() {
    assertThat(decide(LOOPBACK, "localhost", "Bearer nonsense", null, null, Permission.READ))
        .isInstanceOfSatisfying(Decision.Refused.class, r -> assertThat(r.status()).isEqualTo(401));
  }

  @Test
  void refusesATenantThatIsNone() {
    assertThat(decide(LOOPBACK, "localhost", null, "../a", null, Permission.READ))
        .isInstanceOfSatisfying(Decision.Refused.class, r -> assertThat(r.status()).isEqualTo(400));
  }

  @Test
  void refusesPagesOfOtherOrigins() {
    assertThat(
            decide(LOOPBACK, "localhost:3000", null, null, "https://evil.example", Permission.READ))
        .isInstanceOf(Decision.Refused.class);
    assertThat(
            decide(
                LOOPBACK, "localhost:3000", null, null, "http://localhost:5173", Permission.READ))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(
            decide(
                LOOPBACK, "localhost:3000", null, null, "https://grafana.example", Permission.READ))
        .isInstanceOf(Decision.Allowed.class);
    assertThat(decide(LOOPBACK, "localhost:3000", null, null, "null", Permission.READ))
        .isInstanceOf(Decision.Refused.class);
  }

  private Decision decide(
      InetAddress remote,
      String host,
      @Nullable String authorization,
      @Nullable String tenant,
      @Nullable String origin,
      Permission permission) {
    return policy.decide(
        new AccessPolicy.Request(remote, host, false, authorization, tenant, origin), permission);
  }

  private String token(Role role) throws Exception {
    return Files.readString(data.resolve("tokens").resolve(role.word())).strip();
  }
}
