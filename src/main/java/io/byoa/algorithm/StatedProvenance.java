package io.byoa.algorithm;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads where code comes from, as a push says it: people click on it later, so that it has to be
 * what it is called.
 */
final class StatedProvenance {

  private static final int LONGEST = 2_048;
  private static final int LONGEST_REVISION = 256;

  private static final Set<String> WEB = Set.of("http", "https");
  private static final Set<String> REPOSITORY = Set.of("http", "https", "ssh", "git", "git+ssh");

  /** How Git writes a place behind SSH: {@code git@host:group/project.git}. */
  private static final Pattern SCP =
      Pattern.compile("[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,253}:[A-Za-z0-9._~/-]+");

  private final List<Violation> violations = new ArrayList<>();

  private StatedProvenance() {}

  /**
   * What these query parameters say.
   *
   * @throws io.byoa.common.FailureException 400 {@code parameters-invalid} with all that is wrong
   */
  static PublishedVersion.Provenance read(
      @Nullable String repository, @Nullable String revision, @Nullable String pipeline) {
    StatedProvenance reading = new StatedProvenance();
    if (repository != null && !SCP.matcher(repository).matches()) {
      reading.checkUrl(
          "sourceRepository",
          repository,
          REPOSITORY,
          "https://git.example.org/project, ssh://… or git@git.example.org:project.git");
    }
    if (pipeline != null) {
      reading.checkUrl("pipelineUrl", pipeline, WEB, "https://ci.example.org/runs/1");
    }
    if (revision != null
        && (revision.length() > LONGEST_REVISION
            || revision.chars().anyMatch(Character::isISOControl))) {
      reading.refuse(
          "sourceRevision",
          "A revision has at most %d characters, and no control characters."
              .formatted(LONGEST_REVISION));
    }
    reading.raise();
    return new PublishedVersion.Provenance(repository, revision, pipeline);
  }

  private void checkUrl(String parameter, String text, Set<String> schemes, String such) {
    if (text.length() > LONGEST) {
      refuse(parameter, "An address has at most %d characters.".formatted(LONGEST));
      return;
    }
    URI uri = uri(text);
    String scheme = uri == null ? null : uri.getScheme();
    if (uri == null
        || scheme == null
        || uri.getHost() == null
        || !schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
      refuse(parameter, "'%s' is not an address such as %s.".formatted(text, such));
    } else if (uri.getUserInfo() != null && uri.getUserInfo().contains(":")) {
      // Not repeated: it is a secret.
      refuse(parameter, "It holds a password, which everybody could read; leave it out.");
    }
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      return null;
    }
  }

  private void refuse(String parameter, String detail) {
    violations.add(new Violation("?" + parameter, detail));
  }

  private void raise() {
    if (!violations.isEmpty()) {
      throw new Failure.Malformed(
              "parameters-invalid",
              violations.size() == 1
                  ? violations.getFirst().detail()
                  : violations.size() + " query parameters are wrong; 'errors' lists them.",
              violations)
          .raise();
    }
  }
}
