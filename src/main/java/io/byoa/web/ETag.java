package io.byoa.web;

import io.byoa.common.Sha256;
import java.util.regex.Pattern;

/**
 * A strong entity tag: two answers with the same tag are the same, byte for byte.
 *
 * @param value without the quotes
 */
public record ETag(String value) {

  private static final Pattern SHAPE = Pattern.compile("[\\x21\\x23-\\x7e]{1,200}");

  public ETag {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("Not an entity tag: " + value);
    }
  }

  /** The tag of something that counts its changes. */
  public static ETag ofVersion(long version) {
    return new ETag("v" + version);
  }

  /** The tag of immutable content. */
  public static ETag of(Sha256 digest) {
    return new ETag(digest.hex());
  }

  /** The tag of whatever these parts describe completely; their order counts. */
  public static ETag of(Object first, Object... more) {
    StringBuilder all = new StringBuilder(String.valueOf(first));
    for (Object part : more) {
      all.append('\0').append(part);
    }
    return new ETag(Sha256.of(all.toString()).hex().substring(0, 32));
  }

  /** As it stands in a header: in quotes. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }
}
