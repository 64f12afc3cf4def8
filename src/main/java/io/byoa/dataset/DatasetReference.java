package io.byoa.dataset;

import io.byoa.common.Sha256;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a launch names its data: {@code dataset:name@sha256:…} is exactly that content, {@code
 * dataset:name} is what was pushed last under the name.
 *
 * @param name {@code [a-z0-9](-?[a-z0-9])*}, 1–64 characters
 * @param digest of the content; null means the latest
 */
public record DatasetReference(String name, @Nullable Sha256 digest) {

  /** What every reference starts with. */
  public static final String SCHEME = "dataset:";

  /** The rule for names, as a sentence's end. */
  static final String NAME_RULE =
      "1 to 64 lower-case letters and digits, in groups joined by single dashes, such as"
          + " iris-2026";

  private static final int LONGEST_NAME = 64;
  private static final Pattern NAME = Pattern.compile("[a-z0-9](-?[a-z0-9])*+");
  private static final Pattern SHAPE =
      Pattern.compile("dataset:([a-z0-9-]{1,64})(?:@sha256:([0-9a-f]{64}))?");

  /** Refuses a name that breaks the rule. */
  public DatasetReference {
    if (!isName(name)) {
      throw new IllegalArgumentException("Not a dataset's name: " + name);
    }
  }

  /** The reference that this text is, if it is one. */
  public static Optional<DatasetReference> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches() || !isName(shape.group(1))) {
      return Optional.empty();
    }
    String digest = shape.group(2);
    return Optional.of(
        new DatasetReference(shape.group(1), digest == null ? null : new Sha256(digest)));
  }

  static boolean isName(String text) {
    return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
  }

  @Override
  public String toString() {
    return SCHEME + name + (digest == null ? "" : "@sha256:" + digest);
  }
}
