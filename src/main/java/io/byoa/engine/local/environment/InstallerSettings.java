package io.byoa.engine.local.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an installer needs of this server's own configuration to reach a package index: proxies,
 * certificates, where the index is. Installers run code of the packages, so this list is closed;
 * programs get none of it.
 */
final class InstallerSettings {

  private static final Set<String> NAMES =
      Set.of(
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "PIP_INDEX_URL",
          "PIP_EXTRA_INDEX_URL",
          "PIP_FIND_LINKS",
          "PIP_NO_INDEX",
          "PIP_TRUSTED_HOST",
          "PIP_CERT",
          "PIP_PROXY",
          "PIP_TIMEOUT",
          "PIP_DEFAULT_TIMEOUT",
          "PIP_RETRIES",
          "PIP_ONLY_BINARY",
          "PIP_PREFER_BINARY");

  private InstallerSettings() {}

  /** Those that are set. */
  static SortedMap<String, String> of(Map<String, String> server) {
    SortedMap<String, String> settings = new TreeMap<>(server);
    settings.keySet().retainAll(NAMES);
    return settings;
  }

  /** pip's configuration file of the server's user; homes are hidden from installers. */
  static Optional<Path> pipConfiguration(Map<String, String> server, Path home) throws IOException {
    return Stream.of(
            server.getOrDefault("PIP_CONFIG_FILE", ""),
            home.resolve(".config/pip/pip.conf").toString(),
            home.resolve(".pip/pip.conf").toString())
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(path -> Files.isRegularFile(path) && Files.isReadable(path))
        .findFirst();
  }
}
