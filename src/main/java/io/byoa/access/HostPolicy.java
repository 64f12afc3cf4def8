package io.byoa.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that this server answers for: those that mean this machine, and those that the operator
 * allows.
 *
 * <p>A page whose name was rebound to this address (DNS rebinding) still says its own name in
 * {@code Host}; that is what gives it away. An address in numbers cannot be rebound, so the one
 * that the connection came in on is answered for too: probes and scrapers know nothing else.
 *
 * @param allowed {@code host}, {@code host:port}, or {@code *.domain} for every name below it;
 *     without a port any will do
 */
record HostPolicy(List<Allowed> allowed) {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  HostPolicy {
    allowed = List.copyOf(allowed);
  }

  /**
   * One entry of the setting.
   *
   * @param below whether every name below the host is meant, and not the host itself
   */
  record Allowed(Authority authority, boolean below) {

    static Allowed parse(String text) {
      String entry = text.strip();
      boolean below = entry.startsWith("*.");
      return Authority.parse(below ? entry.substring(2) : entry)
          .map(authority -> new Allowed(authority, below))
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "byoa.allowed-hosts (BYOA_ALLOWED_HOSTS) has '%s', which is no host. Write names separated by commas, such as 'byoa.example.org', 'byoa.example.org:8080' or '*.example.org'; no scheme, no path."
                      .formatted(entry)));
    }

    boolean matches(Authority host) {
      boolean named =
          below
              ? host.host().endsWith("." + authority.host())
              : host.host().equals(authority.host());
      return named && (authority.port() < 0 || authority.port() == host.port());
    }
  }

  /**
   * The policy that the setting describes.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static HostPolicy parse(List<String> setting) {
    return new HostPolicy(
        setting.stream().filter(text -> !text.isBlank()).map(Allowed::parse).toList());
  }

  /** The host that a request asks for; empty when it names none, two, or something malformed. */
  static Optional<Authority> asked(HttpServerRequest request) {
    List<String> headers = request.headers().getAll("Host");
    if (headers.size() > 1) {
      return Optional.empty();
    }
    HostAndPort pseudo = request.authority(); // HTTP/2 has :authority in place of Host
    Optional<Authority> host =
        headers.isEmpty()
            ? Optional.ofNullable(pseudo).flatMap(it -> Authority.parse(it.toString()))
            : Authority.parse(headers.getFirst());
    boolean contradiction =
        pseudo != null
            && host.isPresent()
            && !pseudo.host().equalsIgnoreCase(nameIn(host.get(), pseudo));
    return contradiction ? Optional.empty() : host;
  }

  private static String nameIn(Authority host, HostAndPort pseudo) {
    return pseudo.host().endsWith(".") ? host.host() + "." : host.host();
  }

  /**
   * Whether a request for this host is answered.
   *
   * @param local the address that the connection came in on, as text; null when unknown
   */
  boolean answersFor(Authority host, @Nullable String local) {
    return LOOPBACK.matcher(host.host()).matches()
        || (local != null && isAddress(local) && host.host().equals(bracketed(local)))
        || allowed.stream().anyMatch(entry -> entry.matches(host));
  }

  private static boolean isAddress(String local) {
    return local.indexOf(':') >= 0 || Pattern.matches("\\d{1,3}(\\.\\d{1,3}){3}", local);
  }

  private static String bracketed(String local) {
    int zone = local.indexOf('%');
    String address = zone < 0 ? local : local.substring(0, zone);
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
  }
}
