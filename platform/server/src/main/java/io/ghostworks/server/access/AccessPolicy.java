package io.ghostworks.server.access;

import io.ghostworks.model.TenantId;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests.
 *
 * <ul>
 *   <li>A request with {@code Authorization: Bearer TOKEN} has the role of its token; only an admin
 *       may name another tenant than the operator's, or several as {@code a|b} where a route reads
 *       of several.
 *   <li>A request without one is an admin's if it comes from loopback, for a loopback host, without
 *       a sign of a proxy in front; and otherwise it is refused. Where the platform listens beyond
 *       loopback, or has an external URL, there is no such exception.
 *   <li>A request that a browser sends for a page of another origin is refused unless that origin
 *       is loopback or listed.
 * </ul>
 */
public final class AccessPolicy {

  private static final int TENANTS_MAX = 100;

  private final Tokens tokens;
  private final TenantId operator;
  private final List<String> origins;
  private final boolean tokensRequired;

  /**
   * @param tokensRequired whether loopback needs a token too: where something beyond this machine
   *     may come through it
   */
  public AccessPolicy(
      Tokens tokens, TenantId operator, List<String> origins, boolean tokensRequired) {
    this.tokens = tokens;
    this.operator = operator;
    this.origins = List.copyOf(origins);
    this.tokensRequired = tokensRequired;
  }

  /**
   * What a decision is made from.
   *
   * @param remote the other end of the connection
   * @param host the {@code Host} header or {@code :authority}, "" if missing
   * @param forwarded whether any header says that a proxy passed the request on
   */
  public record Request(
      InetAddress remote,
      String host,
      boolean forwarded,
      @Nullable String authorization,
      @Nullable String tenant,
      @Nullable String origin) {}

  /** A request is let in with a role and a tenant, or refused. */
  public sealed interface Decision {
    /**
     * @param tenants whom a request concerns, ascending; at least one
     */
    record Allowed(Role role, List<TenantId> tenants) implements Decision {
      public Allowed {
        tenants = List.copyOf(tenants);
      }

      public Allowed(Role role, TenantId tenant) {
        this(role, List.of(tenant));
      }

      /** The first of the tenants. */
      public TenantId tenant() {
        return tenants.getFirst();
      }
    }

    /**
     * @param status 400, 401 or 403
     */
    record Refused(int status, String reason) implements Decision {}
  }

  /** Decides whether a request may use a route that needs a permission. */
  public Decision decide(Request request, Permission permission) {
    if (permission == Permission.PUBLIC) {
      return new Decision.Allowed(Role.READ, operator);
    }
    if (request.origin() != null && !isOwnOrigin(request)) {
      return new Decision.Refused(
          403,
          "the origin '%s' is not allowed: add it to listen.origins"
              .formatted(clip(request.origin())));
    }
    Role role;
    String authorization = request.authorization();
    if (authorization != null) {
      if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
        return new Decision.Refused(401, "the Authorization header must be 'Bearer TOKEN'");
      }
      role = tokens.role(authorization.substring(7).strip()).orElse(null);
      if (role == null) {
        return new Decision.Refused(
            401,
            "the token is not one of this data directory (tokens/admin, tokens/ingest,"
                + " tokens/read)");
      }
    } else if (!tokensRequired && isLocal(request)) {
      role = Role.ADMIN;
    } else {
      return new Decision.Refused(
          401,
          "a token is needed: send 'Authorization: Bearer TOKEN' with one of the data directory's"
              + " tokens");
    }
    if (!role.allows(permission)) {
      return new Decision.Refused(403, "the %s token does not allow this".formatted(role.word()));
    }
    String named = request.tenant();
    return permission == Permission.READ_TENANTS && named != null && named.indexOf('|') >= 0
        ? withTenants(role, named)
        : withTenant(role, named);
  }

  /** Whether an origin may read answers and send requests from a browser. */
  public boolean allowsOrigin(String origin) {
    if (origins.contains(origin)) {
      return true;
    }
    try {
      String host = URI.create(origin).getHost();
      return host != null && isLoopbackName(host);
    } catch (IllegalArgumentException e) {
      return false; // not a URI, so no origin that anybody allowed
    }
  }

  private Decision withTenant(Role role, @Nullable String named) {
    if (named == null || named.isEmpty() || named.equals(operator.value())) {
      return new Decision.Allowed(role, operator);
    }
    if (!TenantId.isValid(named)) {
      return new Decision.Refused(
          400, "X-Scope-OrgID must match [A-Za-z0-9_-]{1,64}, got '%s'".formatted(clip(named)));
    }
    if (role != Role.ADMIN) {
      return new Decision.Refused(
          403,
          "the %s token belongs to the tenant '%s' and cannot name another"
              .formatted(role.word(), operator));
    }
    return new Decision.Allowed(role, new TenantId(named));
  }

  /** {@code a|b}: all of them, each once. */
  private Decision withTenants(Role role, String named) {
    Set<TenantId> tenants = new TreeSet<>();
    for (String name : named.split("\\|", -1)) {
      switch (withTenant(role, name)) {
        case Decision.Refused refused -> {
          return refused;
        }
        case Decision.Allowed allowed -> tenants.addAll(allowed.tenants());
      }
      if (tenants.size() > TENANTS_MAX) {
        return new Decision.Refused(
            400, "X-Scope-OrgID must name at most %d tenants".formatted(TENANTS_MAX));
      }
    }
    return new Decision.Allowed(role, List.copyOf(tenants));
  }

  private boolean isOwnOrigin(Request request) {
    String origin = request.origin();
    if (origin == null || allowsOrigin(origin)) {
      return true;
    }
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(request.host());
    } catch (IllegalArgumentException e) {
      return false; // not a URI
    }
  }

  private static boolean isLocal(Request request) {
    return request.remote().isLoopbackAddress()
        && !request.forwarded()
        && isLoopbackName(hostOf(request.host()));
  }

  private static String hostOf(String authority) {
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end < 0 ? authority : authority.substring(0, end + 1);
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  private static boolean isLoopbackName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || isLoopbackIpv4(name);
  }

  private static boolean isLoopbackIpv4(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals("127")) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')
          || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static String clip(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
